// Remove an app with everything in it. Its connections end, its keys are nobody's, and nothing of it can be read again.

import type { Apps } from '../apps.ts'
import type { Context } from '../context.ts'
import { onHold } from '../retention/holds.ts'
import { type Asker, auditBy } from './asker.ts'
import { appUnknown } from './change-app.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'
import { requireSecond, secondDetails, secondRecords } from './second-person.ts'

/**
 * When this returns, its folder is gone.
 *
 * @param context of the main app
 * @throws {Failure} `denied`, `app_unknown`, `on_hold`: something in it is held; `conflict` for the main app, `store_unavailable`
 */
export async function removeApp(
  context: Context,
  apps: Apps,
  asker: Asker,
  appId: string,
): Promise<void> {
  const { world } = context.standing
  requirePlace(world, asker, 'manage-app')
  requireSecond(world, asker, 'remove-app')
  if (appId === context.appId)
    throw new Failure('conflict', 'the main app cannot be removed', {
      remedy: 'stop the server and remove its data folder',
    })
  const held = (await apps.find(appId))?.context.holds.standing() ?? []
  if (held.length > 0) throw onHold(`app:${appId}`)
  const by = { ...auditBy(asker), ...(asker.second && { details: secondDetails(asker) }) }
  if (!(await apps.remove(appId, by, secondRecords(asker)))) throw appUnknown(appId)
}
