// Reads what a resuming attachment has missed, from the store, and steps the channel with it.

import type { BacklogAnswer, ChannelMessage, Message, Rewind } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { SincePage, Store } from '@sayso/store'
import type { BacklogRead } from './backlog-read.ts'
import type { Hub, HubOptions } from './hub.ts'
import { withMessages } from './receivers.ts'
import { type Recent, storedPart } from './recent.ts'

const PAGE = 500

/** @param failed told of reads that failed; the attachment gets a gap, never silence */
export function backlogReader(
  store: Store,
  failed: (error: unknown) => void,
): HubOptions['readBacklog'] {
  return (hub, channel, asked) => {
    const { connection, after, rewind } = asked
    const reading =
      rewind === undefined
        ? read(store, hub, channel, connection, after)
        : readNewest(store, hub, channel, asked, rewind)
    void reading.catch((error: unknown) => {
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
  const told = await withAbout(store, hub, channel, page, upTo)
  const answer = told.kind === 'gap' ? UNKNOWN : answerOf(hub, channel, after, told, upToSerial)
  const head = hub.positionOf(channel)
  hub.step(channel, { name: 'backlog', connection, after, answer, head })
}

/** With what annotations are about, where it depends on that who may hear of them: as the history would show it now. */
async function withAbout(
  store: Store,
  hub: Hub,
  channel: ChannelName,
  page: SincePage,
  upTo: Hub['revision'],
): Promise<SincePage> {
  if (page.kind === 'gap') return page
  const read = (serial: string) => store.message(channel, serial, upTo)
  return { ...page, entries: await withMessages(hub.world, channel, page.entries, read) }
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

/** Reads the newest messages a rewind may show, and where just before them lies. */
async function readNewest(
  store: Store,
  hub: Hub,
  channel: ChannelName,
  { connection, after }: BacklogRead,
  { limit, sinceMs = 0 }: Rewind,
): Promise<void> {
  const { revision: upTo } = hub
  const head = hub.positionOf(channel)
  const floor = hub.rewindFloor(connection, channel)
  const startMs = Math.max(sinceMs, floor.atMs, 0)
  const query = { channel, direction: 'backwards', upTo } as const
  const page = await store.history({ ...query, limit, startMs })
  const recent = hub.recent.remembered(channel, head)
  const shown = [...page.messages, ...recent.messages.flatMap(({ messages }) => messages)]
    .filter(({ serial, timestampMs }) => serial > floor.serial && timestampMs >= startMs)
    .sort((a, b) => (a.serial < b.serial ? -1 : 1))
    .slice(-limit)
  const [first] = shown
  const from =
    first === undefined
      ? head
      : (positionBefore(recent, first) ??
        before(
          (await store.history({ ...query, limit: 1, afterSerial: first.serial })).messages,
          head,
        ))
  const messages = shown.map(asEvent)
  const answer = {
    kind: 'messages',
    messages,
    hasMore: false,
    upTo: head,
    next: head,
    from,
  } as const
  hub.step(channel, { name: 'backlog', connection, after, answer, head: hub.positionOf(channel) })
}

/** The position just before a message that is only remembered; undefined for one that is stored. */
function positionBefore(
  { from, messages }: ReturnType<Recent['remembered']>,
  message: Message,
): string | undefined {
  const serial = entryOf(message)
  if (!serial.includes('~')) return undefined
  const earlier = messages.map((each) => each.serial).filter((each) => each < serial)
  return [from, storedPart(serial), ...earlier].sort().at(-1)
}

/** The position of the last message before those that are shown. */
function before([last]: readonly Message[], head: string): string {
  return last === undefined ? beginningOf(head) : entryOf(last)
}

/** Each message on its own, in its latest state, at the place where it was first said. */
function asEvent(message: Message): ChannelMessage {
  const { connectionId } = message
  return {
    kind: 'message',
    serial: entryOf(message),
    atMs: message.timestampMs,
    id: message.id.replace(/:\d+$/, ''),
    messages: [message],
    ...(connectionId === undefined ? {} : { connectionId }),
  }
}

/** Message serials begin with the serial of their entry. */
function entryOf({ serial }: Message): string {
  return serial.slice(0, serial.lastIndexOf(':'))
}

/** The position before the first entry of a log, by the position of any other. */
function beginningOf(serial: string): string {
  return storedPart(serial).replace(/^\d{14}-\d{3}/, '00000000000000-000')
}
