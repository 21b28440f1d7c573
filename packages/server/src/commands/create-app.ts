// Make an app of its own: a log, a policy, people facts, keys and an audit log that no other app sees.

import type { AppDetails, Apps, MadeApp } from '../apps.ts'
import type { Context } from '../context.ts'
import { type Asker, auditBy } from './asker.ts'
import { requirePlace } from './require-place.ts'

/**
 * Makes an app with the policy a new app starts with, and its first key, which is shown this once.
 *
 * @param context of the main app
 * @throws {Failure} `denied`, `conflict`, `store_unavailable`
 */
export async function createApp(
  context: Context,
  apps: Apps,
  asker: Asker,
  input: AppDetails,
): Promise<MadeApp> {
  requirePlace(context.standing.world, asker, 'manage-app')
  return apps.create(input, auditBy(asker))
}
