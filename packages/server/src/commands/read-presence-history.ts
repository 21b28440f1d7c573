// Who came to a channel and went, of the last two minutes.

import type { ChannelName } from '@sayso/policy'
import type { Context } from '../context.ts'
import type { Hub } from '../hub.ts'
import type { PresenceLogPage, PresenceLogQuery } from '../presence-log.ts'
import type { Asker } from './asker.ts'
import { requireNow } from './may.ts'

/** @throws {Failure} `denied` */
export function readPresenceHistory(
  context: Context,
  hub: Hub,
  asker: Asker,
  channel: ChannelName,
  query: PresenceLogQuery,
): PresenceLogPage {
  requireNow(context, asker, 'history', channel)
  return hub.presenceLog.page(channel, query, context.now())
}
