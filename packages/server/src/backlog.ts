// Reads what a resuming attachment has missed, from the store, and steps the channel with it.

import type { BacklogAnswer } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { SincePage, Store } from '@sayso/store'
import type { Hub, HubOptions } from './hub.ts'
import { storedPart } from './recent.ts'

const PAGE = 500

/** @param failed told of reads that failed; the attachment gets a gap, never silence */
export function backlogReader(
  store: Store,
  failed: (error: unknown) => void,
): HubOptions['readBacklog'] {
  return (hub, channel, connection, after) => {
    void read(store, hub, channel, connection, after).catch((error: unknown) => {
      failed(error)
      const answer = UNKNOWN
      const head = hub.positionOf(channel)
      hub.step(channel, { name: 'backlog', connection, after, answer, head })
    })
  }
}

async function read(
  store: Store,
  hub: Hub,
  channel: ChannelName,
  connection: string,
  after: string,
): Promise<void> {
  // The bound and the position belong together: what is folded later is read by the next round.
  const { revision: upTo } = hub
  const upToSerial = hub.positionOf(channel)
  const page = await store.since({ channel, serial: storedPart(after), limit: PAGE, upTo })
  const answer = page.kind === 'gap' ? UNKNOWN : answerOf(hub, channel, after, page, upToSerial)
  const head = hub.positionOf(channel)
  hub.step(channel, { name: 'backlog', connection, after, answer, head })
}

const UNKNOWN: BacklogAnswer = { kind: 'gap', reason: 'unknown_position' }

function answerOf(
  hub: Hub,
  channel: ChannelName,
  after: string,
  page: Extract<SincePage, { kind: 'events' }>,
  upTo: string,
): BacklogAnswer {
  const { entries, hasMore } = page
  const last = entries.at(-1)?.serial
  const next = hasMore && last !== undefined ? last : upTo
  // A place behind a stored entry is one of a channel that keeps nothing, or did not when it was given out.
  const isBehind = after.includes('~') || upTo.includes('~')
  const recent = isBehind ? hub.recent.since(channel, after, next) : []
  if (recent === undefined) return UNKNOWN
  const messages = [...entries, ...recent].sort((a, b) => (a.serial < b.serial ? -1 : 1))
  return { kind: 'messages', messages, hasMore, upTo, next }
}
