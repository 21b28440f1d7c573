// Reads what a resuming attachment has missed, from the store, and steps the channel with it.

import type { ChannelName } from '@sayso/policy'
import type { Store } from '@sayso/store'
import type { Hub, HubOptions } from './hub.ts'

const PAGE = 500

/** @param failed told of reads that failed; the attachment gets a gap, never silence */
export function backlogReader(
  store: Store,
  failed: (error: unknown) => void,
): HubOptions['readBacklog'] {
  return (hub, channel, connection, after) => {
    void read(store, hub, channel, connection, after).catch((error: unknown) => {
      failed(error)
      const answer = { kind: 'gap', reason: 'unknown_position' } as const
      hub.step(channel, { name: 'backlog', connection, after, answer, head: hub.head })
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
  const { revision: upTo, head: upToSerial } = hub
  const page = await store.since({ channel, serial: after, limit: PAGE, upTo })
  if (page.kind === 'gap') {
    const answer = { kind: 'gap', reason: 'unknown_position' } as const
    hub.step(channel, { name: 'backlog', connection, after, answer, head: hub.head })
    return
  }
  const last = page.entries.at(-1)?.serial
  const next = page.hasMore && last !== undefined ? last : upToSerial
  const answer = {
    kind: 'messages',
    messages: page.entries,
    hasMore: page.hasMore,
    upTo: upToSerial,
    next,
  } as const
  hub.step(channel, { name: 'backlog', connection, after, answer, head: hub.head })
}
