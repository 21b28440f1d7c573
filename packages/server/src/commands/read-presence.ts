// Who is present on a channel now.

import type { Member } from '@sayso/channel'
import { authorize, type ChannelName } from '@sayso/policy'
import type { Context } from '../context.ts'
import { membersFor } from '../desk/public-names.ts'
import type { Hub } from '../hub.ts'
import type { Asker } from './asker.ts'
import { requireNow } from './may.ts'

/** Needs `subscribe`, or `presence`. @throws {Failure} `denied` */
export function readPresence(
  context: Context,
  hub: Hub,
  asker: Asker,
  channel: ChannelName,
): readonly Member[] {
  const { world } = context.standing
  const { allowed } = authorize(world, asker.credential, 'presence', channel)
  requireNow(context, asker, allowed ? 'presence' : 'subscribe', channel)
  const members = [...(hub.channel(channel)?.members.values() ?? [])]
  return membersFor(world, { asker }, { name: channel }, members)
}
