// What is said in a conversation, folded from messages of the wire, and the rows that are drawn of it. Pure.

import { isVisitorOf } from './visitor-of.ts'

/** A message of the realtime client, as far as it is read here. */
export type Wire = {
  readonly id?: string
  readonly name?: string
  readonly data?: unknown
  readonly clientId?: string
  readonly timestamp?: number
  readonly extras?: unknown
  readonly action?: string
  readonly serial?: string
}

export type Attachment = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly width?: number
  readonly height?: number
}

export type EventKind =
  | 'opened'
  | 'claimed'
  | 'assigned'
  | 'joined'
  | 'left'
  | 'transferred'
  | 'released'
  | 'lost'
  | 'snoozed'
  | 'woken'
  | 'closed'
  | 'rated'
  | 'closing'

type Common = {
  /** What it was sent under. */
  readonly id: string | undefined
  readonly serial: string
  readonly atMs: number
}

export type Said = Common & {
  readonly kind: 'text' | 'note' | 'file'
  readonly author: string
  readonly name: string
  readonly text: string
  readonly files: readonly Attachment[]
  /** Deleted; what it said is not there any more. */
  readonly isGone: boolean
}

export type Happened = Common & {
  readonly kind: 'event'
  readonly event: EventKind
  /** Id, where it was somebody. */
  readonly byId: string | undefined
  readonly by: string
  readonly to: string | undefined
  readonly note: string | undefined
  readonly reason: string | undefined
  readonly score: number | undefined
  /** By a rule of whoever it names. */
  readonly isByRule: boolean
  /** When what is announced will be. */
  readonly dueMs: number | undefined
}

export type Entry = Said | Happened

/** By serial, the oldest first. */
export type Log = readonly Entry[]

type Fields = Readonly<Record<string, unknown>>

const SAID: readonly string[] = ['text', 'note', 'file']
const EVENTS: readonly string[] = [
  'opened',
  'claimed',
  'assigned',
  'joined',
  'left',
  'transferred',
  'released',
  'lost',
  'snoozed',
  'woken',
  'closed',
  'rated',
  'closing',
]

/** The log with messages folded in, in whatever order they come. What is no entry is passed over. */
export function fold(log: Log, messages: readonly Wire[]): Log {
  const held = new Map(log.map((entry) => [entry.serial, entry]))
  for (const message of messages) {
    const serial = message.serial ?? ''
    const known = held.get(serial)
    const entry = message.action === 'message.delete' ? deleted(message, known) : entryOf(message)
    // What was deleted stays so, whichever of its versions comes late.
    if (entry === undefined || (known !== undefined && isGone(known))) continue
    held.set(serial, entry)
  }
  if (held.size === 0) return log
  return [...held.values()].sort((one, other) => (one.serial < other.serial ? -1 : 1))
}

function isGone(entry: Entry): boolean {
  return entry.kind !== 'event' && entry.isGone
}

function deleted(message: Wire, known: Entry | undefined): Entry | undefined {
  const base = known ?? entryOf({ ...message, name: message.name ?? 'text' })
  if (base === undefined || base.kind === 'event') return undefined
  return { ...base, text: '', files: [], isGone: true }
}

/** Absent for what is none: typing, marks, anything unknown. */
export function entryOf(message: Wire): Entry | undefined {
  const { serial, name = '', clientId = '', timestamp = 0 } = message
  if (serial === undefined) return undefined
  const data = fieldsOf(message.data)
  const common = { id: message.id, serial, atMs: timestamp }
  if (SAID.includes(name)) {
    return {
      ...common,
      kind: name as Said['kind'],
      author: textOf(data.author) ?? clientId,
      name: textOf(data.name) ?? '',
      text: textOf(data.text) ?? '',
      files: filesOf(message.extras),
      isGone: message.action === 'message.delete',
    }
  }
  if (name !== 'event' || !EVENTS.includes(String(data.kind))) return undefined
  return {
    ...common,
    kind: 'event',
    event: data.kind as EventKind,
    byId: textOf(fieldsOf(data.by).id),
    by: nameOf(data.by),
    to: nameOf(data.to) || undefined,
    note: textOf(data.note),
    reason: textOf(data.reason),
    score: typeof data.score === 'number' ? data.score : undefined,
    isByRule: data.rule === true,
    dueMs: typeof data.atMs === 'number' ? data.atMs : undefined,
  }
}

/** Events name people as texts or with their ids beside. */
function nameOf(value: unknown): string {
  return textOf(value) ?? textOf(fieldsOf(value).name) ?? textOf(fieldsOf(value).title) ?? ''
}

function filesOf(extras: unknown): readonly Attachment[] {
  const { attachments } = fieldsOf(extras)
  if (!Array.isArray(attachments)) return []
  return attachments.flatMap((one: unknown) => {
    const { id, name, type, bytes, width, height } = fieldsOf(one)
    if (typeof id !== 'string' || typeof name !== 'string') return []
    const size = typeof width === 'number' && typeof height === 'number' ? { width, height } : {}
    return [
      {
        id,
        name,
        type: textOf(type) ?? 'application/octet-stream',
        bytes: typeof bytes === 'number' ? bytes : 0,
        ...size,
      },
    ]
  })
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** What one side has received and read: serials. */
export type Marks = { readonly delivered?: string; readonly read?: string }

/** Marks after a word of the server; they move forward only. */
export function marked(
  marks: ReadonlyMap<string, Marks>,
  message: Wire,
): ReadonlyMap<string, Marks> {
  const { of, delivered, read } = fieldsOf(message.data)
  if (message.name !== 'mark' || typeof of !== 'string') return marks
  return withMarks(marks, of, {
    ...textMember('delivered', delivered),
    ...textMember('read', read),
  })
}

export function withMarks(
  marks: ReadonlyMap<string, Marks>,
  of: string,
  said: Marks,
): ReadonlyMap<string, Marks> {
  const known = marks.get(of) ?? {}
  const read = later(known.read, said.read)
  // What is read has arrived.
  const delivered = later(later(known.delivered, said.delivered), read)
  if (read === known.read && delivered === known.delivered) return marks
  return new Map(marks).set(of, {
    ...(delivered === undefined ? {} : { delivered }),
    ...(read === undefined ? {} : { read }),
  })
}

function textMember(name: 'delivered' | 'read', value: unknown): Marks {
  return typeof value === 'string' ? { [name]: value } : {}
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one < other ? other : one
}

/** How far a message of the desk has come at the visitor's. */
export function reachOf(serial: string, of: Marks | undefined): 'sent' | 'delivered' | 'read' {
  if (of?.read !== undefined && serial <= of.read) return 'read'
  return of?.delivered !== undefined && serial <= of.delivered ? 'delivered' : 'sent'
}

/** Messages of one author within this stand together. */
const GROUP_MS = 5 * 60_000

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'event'; readonly key: string; readonly entry: Happened }
  | {
      readonly kind: 'said'
      readonly key: string
      readonly entry: Said
      /** Of the desk: stands at the other side. */
      readonly isDesk: boolean
      /** Goes on from the one above. */
      readonly isNext: boolean
    }

/** @param dayOf names the reader's day of an instant */
export function rowsOf(log: Log, visitor: string, dayOf: (atMs: number) => string): readonly Row[] {
  const rows: Row[] = []
  let day = ''
  let before: Said | undefined
  for (const entry of log) {
    const today = dayOf(entry.atMs)
    if (today !== day) {
      rows.push({ kind: 'day', key: today, atMs: entry.atMs })
      before = undefined
    }
    day = today
    if (entry.kind === 'event') {
      rows.push({ kind: 'event', key: entry.serial, entry })
      before = undefined
      continue
    }
    const isNext =
      before !== undefined &&
      before.author === entry.author &&
      (before.kind === 'note') === (entry.kind === 'note') &&
      entry.atMs - before.atMs < GROUP_MS
    const isDesk = !isVisitorOf(entry.author, visitor)
    rows.push({ kind: 'said', key: entry.serial, entry, isDesk, isNext })
    before = entry
  }
  return rows
}
