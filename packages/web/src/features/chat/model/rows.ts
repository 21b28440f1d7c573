// What stands in the list, from top to bottom: day lines, messages in groups, lines of the server, the unread line. Pure.

import type { Unsent } from './outbox.ts'
import { isInChannel } from './refs.ts'
import type { Entry, Timeline } from './timeline.ts'

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'unread'; readonly key: string; readonly atMs: number }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly entry: Entry
      readonly isOwn: boolean
      /** First of its group: shows who and when. */
      readonly isHead: boolean
    }
  | {
      readonly kind: 'line'
      readonly key: string
      readonly entry: Entry
      readonly isFresh: boolean
    }
  | {
      readonly kind: 'unsent'
      readonly key: string
      readonly item: Unsent
      readonly isHead: boolean
    }

export type RowsInput = {
  readonly timeline: Timeline
  readonly unsent: readonly Unsent[]
  readonly me: string
  /** The last serial seen when the channel was left; what is newer and from others is unread. */
  readonly seenSerial?: string | undefined
  /** Older messages are not loaded: where the unread ones begin is known only if one before them is. */
  readonly hasOlder?: boolean
  /** Newer lines than this stand out until the visit ends. */
  readonly freshAfter?: string | undefined
  /** The rows are those of one thread. */
  readonly isThread?: boolean
  /** The reader's day a time belongs to, as text; lines part different days. */
  readonly dayOf: (atMs: number) => string
}

/** Messages of one author within this time of each other stand in one group. */
export const GROUP_MS = 5 * 60_000
/** What has just arrived is among the newest. */
const NEWEST = 400

/** The rows of a channel. Something on its way whose message has already come is shown as the message. */
export function rowsOf(input: RowsInput): readonly Row[] {
  const rows: Row[] = []
  const unreadKey = firstUnread(input)?.key
  let previous: Entry | undefined
  for (const entry of shownOf(input)) {
    const isNewDay =
      previous === undefined || input.dayOf(previous.atMs) !== input.dayOf(entry.atMs)
    if (isNewDay)
      rows.push({ kind: 'day', key: `day ${input.dayOf(entry.atMs)}`, atMs: entry.atMs })
    if (entry.key === unreadKey) rows.push({ kind: 'unread', key: 'unread', atMs: entry.atMs })
    const isApart = isNewDay || entry.key === unreadKey
    rows.push(rowOf(entry, isApart ? undefined : previous, input))
    previous = entry
  }
  return input.unsent.length === 0 ? rows : [...rows, ...unsentRows(input, previous)]
}

/** Answers in a thread stand in the channel only if they say so; in the pane of the thread all do. */
function shownOf({ timeline, isThread }: RowsInput): Timeline {
  return isThread === true ? timeline : timeline.filter(isInChannel)
}

function unsentRows(input: RowsInput, previous: Entry | undefined): readonly Row[] {
  const rows: Row[] = []
  const arrived = new Set(input.timeline.slice(-NEWEST).map((entry) => entry.id))
  let isAfterOwn = previous?.author === input.me && previous.body.kind === 'text'
  for (const item of input.unsent) {
    if (arrived.has(item.id) || !(input.isThread === true || isInChannel(item))) continue
    const isClose = item.atMs - (previous?.atMs ?? 0) < GROUP_MS
    rows.push({ kind: 'unsent', key: item.id, item, isHead: !(isAfterOwn && isClose) })
    isAfterOwn = true
  }
  return rows
}

/** The last message of the reader's own that can be edited, for the arrow key in an empty composer. */
export function lastOwn(timeline: Timeline, me: string): Entry | undefined {
  return timeline.findLast((entry) => entry.author === me && entry.body.kind === 'text')
}

type Said = Extract<Row, { kind: 'message' }>

/** The row each entry had last: one that says the same is the same object, and is not drawn again. */
const made = new WeakMap<Entry, Said>()

function rowOf(entry: Entry, previous: Entry | undefined, input: RowsInput): Row {
  if (entry.body.kind === 'line') {
    const isFresh = input.freshAfter !== undefined && entry.serial > input.freshAfter
    return { kind: 'line', key: entry.key, entry, isFresh }
  }
  const isGrouped =
    previous !== undefined &&
    previous.body.kind !== 'line' &&
    previous.author === entry.author &&
    entry.atMs - previous.atMs < GROUP_MS
  const isOwn = entry.author === input.me
  const isHead = !isGrouped
  const known = made.get(entry)
  if (known?.isOwn === isOwn && known.isHead === isHead) return known
  const row: Said = { kind: 'message', key: entry.key, entry, isOwn, isHead }
  made.set(entry, row)
  return row
}

function firstUnread(input: RowsInput): Entry | undefined {
  const { seenSerial, me } = input
  if (seenSerial === undefined) return undefined
  const first = shownOf(input).find((entry) => entry.serial > seenSerial && entry.author !== me)
  return input.hasOlder === true && first === input.timeline[0] ? undefined : first
}
