// Who is on a channel now, in numbers.

import type { Metrics } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import type { Asker } from './asker.ts'
import { requireNow } from './may.ts'

const NOBODY: Metrics = {
  connections: 0,
  presenceConnections: 0,
  presenceMembers: 0,
  presenceSubscribers: 0,
  publishers: 0,
  subscribers: 0,
}

/** Needs `channel-metadata`. @throws {Failure} `denied` */
export function readOccupancy(
  context: Context,
  hub: Hub,
  asker: Asker,
  channel: ChannelName,
): Metrics {
  requireNow(context, asker, 'channel-metadata', channel)
  return hub.channel(channel)?.metrics ?? NOBODY
}
