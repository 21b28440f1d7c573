// The conversation as a list: what the server has said, in its order, and behind it what is still on its way. Pure.

import type { Attached } from './shapes.ts'

export type Line = {
  /** The message's own id, the same before and after it is sent. */
  readonly id: string
  /** Its place; absent: it is not there yet. */
  readonly serial?: string
  readonly kind: 'text' | 'file' | 'event'
  readonly author: string
  readonly name: string
  readonly atMs: number
  readonly text: string
  readonly files: readonly Attached[]
  readonly isDeleted?: true
  readonly event?: DeskEvent
  /** Of what is on its way. */
  readonly sending?: 'waiting' | 'failed'
  readonly reason?: string
}

export type DeskEvent = {
  readonly kind: string
  readonly by?: { readonly name?: string }
  readonly to?: { readonly name?: string }
}

/** A message as the realtime channel or its history brings it. */
export type Inbound = {
  readonly id?: string | undefined
  readonly serial?: string | undefined
  readonly name?: string | undefined
  readonly clientId?: string | undefined
  readonly timestamp?: number | undefined
  readonly action?: string | undefined
  readonly data?: unknown
  readonly extras?: unknown
}

const KINDS = new Set(['text', 'file', 'event'])

/** A line of the list, or undefined for what is none: typing, marks, what a newer server says. */
export function lineOf(message: Inbound): Line | undefined {
  const { id, serial, name = '', clientId = '', timestamp = 0, action } = message
  if (serial === undefined || !KINDS.has(name)) return undefined
  const data = fieldsOf(message.data)
  const said = { ...fieldsOf(data.by) }
  const base = {
    id: id ?? serial,
    serial,
    kind: name as Line['kind'],
    author: clientId,
    name: textIn(data.name) ?? textIn(said.name) ?? '',
    atMs: timestamp,
    text: textIn(data.text) ?? '',
    files: filesIn(message.extras),
  }
  if (action === 'message.delete') return { ...base, text: '', files: [], isDeleted: true }
  return name === 'event' ? { ...base, event: data as DeskEvent } : base
}

/** The list with more in it, each once; what has arrived takes the place of what was on its way. */
export function withLines(lines: readonly Line[], more: readonly Line[]): readonly Line[] {
  if (more.length === 0) return lines
  const bySerial = new Map<string, Line>()
  const arrived = new Set<string>()
  for (const line of [...lines, ...more]) {
    if (line.serial === undefined) continue
    const known = bySerial.get(line.serial)
    // A deletion is the last word on a message, in whatever order one hears of it.
    if (known?.isDeleted === true && line.isDeleted !== true) continue
    bySerial.set(line.serial, line)
    arrived.add(line.id)
  }
  const placed = [...bySerial.values()].sort(byPlace)
  const pending = new Map(
    [...lines, ...more]
      .filter(({ serial, id }) => serial === undefined && !arrived.has(id))
      .map((line) => [line.id, line]),
  )
  return [...placed, ...pending.values()]
}

export const without = (lines: readonly Line[], id: string): readonly Line[] =>
  lines.filter((line) => line.id !== id)

/** How many messages of others there are after a place. */
export function unreadAfter(
  lines: readonly Line[],
  mine: ReadonlySet<string>,
  read: string | undefined,
): number {
  return lines.filter(
    ({ serial, author, kind }) =>
      serial !== undefined && kind !== 'event' && !mine.has(author) && serial > (read ?? ''),
  ).length
}

export const lastSerial = (lines: readonly Line[]): string | undefined =>
  lines.findLast(({ serial }) => serial !== undefined)?.serial

function byPlace(one: Line, other: Line): number {
  const [a = '', b = ''] = [one.serial, other.serial]
  return a < b ? -1 : a > b ? 1 : 0
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

const textIn = (value: unknown) => (typeof value === 'string' ? value : undefined)

function filesIn(extras: unknown): readonly Attached[] {
  const { attachments } = fieldsOf(extras)
  if (!Array.isArray(attachments)) return []
  return attachments.filter((each): each is Attached => {
    const { id, name, type, bytes } = fieldsOf(each)
    return (
      typeof id === 'string' &&
      typeof name === 'string' &&
      typeof type === 'string' &&
      typeof bytes === 'number'
    )
  })
}
