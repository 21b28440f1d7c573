// Change what an app is called, or which project and environment it stands for.

import type { AppDetails, AppRecord, Apps } from '../apps.ts'
import type { Context } from '../context.ts'
import { type Asker, auditBy } from './asker.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

/**
 * What is absent stays as it is.
 *
 * @param context of the main app
 * @throws {Failure} `denied`, `app_unknown`, `conflict`, `store_unavailable`
 */
export async function changeApp(
  context: Context,
  apps: Apps,
  asker: Asker,
  input: { readonly appId: string; readonly details: Partial<AppDetails> },
): Promise<AppRecord> {
  requirePlace(context.standing.world, asker, 'manage-app')
  const app = await apps.change(input.appId, input.details, auditBy(asker))
  if (app === undefined) throw appUnknown(input.appId)
  return app
}

export function appUnknown(appId: string): Failure {
  return new Failure('app_unknown', `there is no app \`${appId}\``, {
    remedy: 'list the apps at `/api/v1/apps`',
  })
}
