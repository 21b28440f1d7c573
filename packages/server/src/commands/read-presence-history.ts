// Who came to a channel and went: from the store, or of the last two minutes where a channel keeps nothing.

import { namespaceOf } from '@sayso/policy'
import type { PresenceHistoryPage, PresenceHistoryQuery } from '@sayso/store'
import type { Context } from '../context.ts'
import { isNameless, namelessMember } from '../desk/public-names.ts'
import type { Hub } from '../hub.ts'
import type { Asker } from './asker.ts'
import { requireNow } from './may.ts'

/** @throws {Failure} `denied` */
export async function readPresenceHistory(
  context: Context,
  hub: Hub,
  asker: Asker,
  query: PresenceHistoryQuery,
): Promise<PresenceHistoryPage> {
  const { channel } = query
  requireNow(context, asker, 'history', channel)
  if (!namespaceOf(context.standing.world.policy, channel).persisted)
    return hub.presenceLog.page(query, context.now())
  // Whoever was told of something finds it here.
  await hub.presenceLog.kept()
  const page = await context.store.presenceHistory(query)
  // INVARIANT: decided again after the read: a right lost meanwhile hides what was read.
  requireNow(context, asker, 'history', channel)
  return isNameless(context.standing.world, asker, channel) ? nameless(page) : page
}

function nameless({ events, hasMore }: PresenceHistoryPage): PresenceHistoryPage {
  const told = events.map(({ number, event }) => {
    return { number, event: { ...event, member: namelessMember(event.member) } }
  })
  return { events: told, hasMore }
}
