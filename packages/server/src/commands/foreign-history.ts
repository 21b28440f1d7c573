// Whether somebody reads the history of a channel they are not in, by what they may as one who runs the place.

import { authorize, type ChannelName, resourceOf, rolesHeld, typeOf } from '@sayso/policy'
import type { Context } from '../context.ts'
import type { Asker } from './asker.ts'
import { noteRead } from './note-read.ts'
import { mayPlace, TENANT_ACTIONS } from './require-place.ts'

/**
 * Leaves a line if the reader may only by a role on the tenant, holds no role on the channel itself, and administers
 * something. A key is the owner's own server, and leaves none.
 *
 * @throws {Failure} `store_unavailable`
 */
export async function noteHistory(
  context: Context,
  asker: Asker,
  channel: ChannelName,
): Promise<void> {
  const { world } = context.standing
  const { credential } = asker
  if (credential.kind === 'key' || credential.subject === undefined) return
  const resource = resourceOf(world.policy, channel)
  if (resource === undefined) return
  const reason = authorize(world, credential, 'history', channel).reasons.at(-1)
  const isByPlace = reason?.kind === 'granted' && typeOf(reason.on) === 'tenant'
  if (!isByPlace || rolesHeld(world, credential.subject, resource).length > 0) return
  if (TENANT_ACTIONS.some((action) => mayPlace(world, asker, action)))
    await noteRead(context, asker, 'read.history', channel)
}
