// The messages of one channel in their order, folded from history and live messages without doubles. Pure.

import type { ServerLine } from '@sayso/client'

/** What a message shows. `code` is what people did not write: binary or structured data. */
export type Body =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'line'; readonly line: ServerLine; readonly text: string }
  | { readonly kind: 'deleted' }

/** A message as it came, from history or live. Times in milliseconds. */
export type Incoming = {
  readonly id?: string | undefined
  readonly serial: string
  readonly author?: string | undefined
  readonly atMs: number
  readonly name?: string | undefined
  readonly data?: unknown
  readonly extras?: unknown
  /** What its annotations add up to, by their type; absent: nothing is said of them. */
  readonly summary?: Fields | undefined
  /** `summary`: nothing else is said. */
  readonly action: 'create' | 'update' | 'delete' | 'append' | 'summary'
  /** Orders the versions of one message; the serial itself for the first. */
  readonly version: string
  readonly changedBy?: string | undefined
}

export type Entry = {
  /** Stays the same from the first sight to the last, so that nothing jumps on screen. */
  readonly key: string
  readonly id?: string | undefined
  readonly serial: string
  readonly version: string
  readonly author?: string | undefined
  readonly atMs: number
  readonly body: Body
  readonly isEdited: boolean
  /** What came beside the text: attachments, mentions, what it answers. Read by the model of each. */
  readonly extras?: Fields | undefined
  /** What its annotations add up to, by their type. */
  readonly summary?: Fields | undefined
  /** Who deleted or last edited it. */
  readonly changedBy?: string | undefined
}

/** An object of unknown members. */
export type Fields = Readonly<Record<string, unknown>>

/** Sorted by serial, one entry per serial. */
export type Timeline = readonly Entry[]

/** Folds messages in, in whatever order and however often they come. The same timeline comes back if nothing is new. */
export function fold(timeline: Timeline, incoming: readonly Incoming[]): Timeline {
  let entries: Entry[] | undefined
  for (const message of incoming) {
    const current = entries ?? timeline
    const at = placeOf(current, message.serial)
    const known = current[at]?.serial === message.serial ? current[at] : undefined
    const isOld = known !== undefined && message.version <= known.version
    if (message.action === 'summary' || isOld) {
      if (known === undefined || isSaid(known, message.summary)) continue
      entries ??= [...timeline]
      entries[at] = { ...known, summary: message.summary }
      continue
    }
    entries ??= [...timeline]
    entries.splice(at, known === undefined ? 0 : 1, entryOf(message, known))
  }
  return entries ?? timeline
}

/** Keeps the newest `count`. */
export function newest(timeline: Timeline, count: number): Timeline {
  return timeline.length > count ? timeline.slice(-count) : timeline
}

/** Keeps about `count` around a serial, as many on both sides as there are. */
export function nextTo(timeline: Timeline, serial: string, count: number): Timeline {
  const from = Math.max(0, placeOf(timeline, serial) - Math.floor(count / 2))
  return timeline.slice(Math.min(from, Math.max(0, timeline.length - count)), from + count)
}

/** Finds a message by the id its sender gave it. Looked for from the end, where it nearly always is. */
export function findById(timeline: Timeline, id: string): Entry | undefined {
  return timeline.findLast((entry) => entry.id === id)
}

/** The entry of a serial. */
export function findBySerial(timeline: Timeline, serial: string): Entry | undefined {
  const entry = timeline[placeOf(timeline, serial)]
  return entry?.serial === serial ? entry : undefined
}

function placeOf(timeline: Timeline, serial: string): number {
  let low = 0
  let high = timeline.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((timeline[middle]?.serial ?? '') < serial) low = middle + 1
    else high = middle
  }
  return low
}

function entryOf(message: Incoming, known: Entry | undefined): Entry {
  return {
    key: known?.key ?? message.id ?? message.serial,
    id: known?.id ?? message.id,
    serial: message.serial,
    version: message.version,
    author: known?.author ?? message.author,
    atMs: known?.atMs ?? message.atMs,
    body: message.action === 'append' ? appended(message, known) : bodyOf(message),
    isEdited: message.version > message.serial && message.action !== 'delete',
    extras: extrasOf(message, known),
    summary: message.action === 'delete' ? undefined : (message.summary ?? known?.summary),
    changedBy: message.changedBy,
  }
}

/** True if a sum changes nothing: there is none, it is known, or its message is gone. */
function isSaid(known: Entry, summary: Fields | undefined): boolean {
  if (summary === undefined || known.body.kind === 'deleted') return true
  return JSON.stringify(summary) === JSON.stringify(known.summary ?? {})
}

/** Nothing of a deleted message stays. */
function extrasOf(message: Incoming, known: Entry | undefined): Fields | undefined {
  if (message.action === 'delete') return undefined
  if (message.action === 'append') return known?.extras
  return isFields(message.extras) ? message.extras : undefined
}

function appended(message: Incoming, known: Entry | undefined): Body {
  const body = bodyOf(message)
  if (body.kind !== 'text' || known?.body.kind !== 'text') return body
  return { kind: 'text', text: known.body.text + body.text }
}

function bodyOf(message: Incoming): Body {
  if (message.action === 'delete') return { kind: 'deleted' }
  const line = serverLine(message.extras)
  const text = typeof message.data === 'string' ? message.data : undefined
  if (line !== undefined) return { kind: 'line', line, text: text ?? '' }
  if (text !== undefined) return { kind: 'text', text }
  return { kind: 'code', text: described(message.name, message.data) }
}

function serverLine(extras: unknown): ServerLine | undefined {
  const line = isFields(extras) ? extras.sayso : undefined
  if (!isFields(line) || typeof line.event !== 'string' || !isFields(line.subject)) return undefined
  return Array.isArray(line.roles) ? (line as unknown as ServerLine) : undefined
}

const LONGEST_CODE = 240

function described(name: string | undefined, data: unknown): string {
  const what = name === undefined ? '' : `${name} `
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data))
    return `${what}${data.byteLength} bytes`
  const text = data === undefined || data === null ? '' : JSON.stringify(data)
  const cut = text.length > LONGEST_CODE ? `${text.slice(0, LONGEST_CODE)}…` : text
  return `${what}${cut}`.trim() || 'empty message'
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
