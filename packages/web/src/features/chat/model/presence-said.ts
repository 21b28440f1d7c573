// What people say of themselves beside being here: the data of their presence. Anybody may send anything there; what makes no
// sense is not read. Pure.

import { type Fields, isFields } from './timeline.ts'

export type Availability = 'online' | 'away' | 'dnd'

export type StatusLine = {
  readonly text: string
  readonly emoji?: string
  /** Milliseconds since 1970. */
  readonly untilMs?: number
}

export type PresenceSaid = {
  readonly availability: Availability
  /** When do-not-disturb ends; milliseconds since 1970. */
  readonly untilMs?: number
  readonly status?: StatusLine
}

/** UTF-16 units of the text of a status. */
export const LONGEST_STATUS = 100
const LONGEST_EMOJI = 32

const ONLINE: PresenceSaid = { availability: 'online' }
/**
 * What one person says now: one value for each of their connections, the newest last. Not to be disturbed, and the line about
 * oneself, are of the person: the newest word holds, as a page that was reloaded leaves its old word behind for a while.
 * Away is of a device: here somewhere is here. What says nothing is online.
 */
export function presenceSaid(values: readonly unknown[], nowMs: number): PresenceSaid {
  const all = values.map((value) => saidIn(value, nowMs))
  const newest = all.at(-1) ?? ONLINE
  if (newest.availability === 'dnd') return newest
  const isHere = all.some(({ availability }) => availability === 'online')
  return { ...newest, availability: isHere ? 'online' : newest.availability }
}

function saidIn(value: unknown, nowMs: number): PresenceSaid {
  if (!isFields(value)) return ONLINE
  const untilMs = instantIn(value.untilMs)
  const isOver = untilMs !== undefined && untilMs <= nowMs
  const isDnd = value.state === 'dnd' && !isOver
  const availability = isDnd ? 'dnd' : value.state === 'away' ? 'away' : 'online'
  const status = statusIn(value.status, nowMs)
  return {
    availability,
    ...(isDnd && untilMs !== undefined ? { untilMs } : {}),
    ...(status === undefined ? {} : { status }),
  }
}

/** A status that makes sense and is not over; absent: none. */
export function statusIn(value: unknown, nowMs: number): StatusLine | undefined {
  if (!isFields(value)) return undefined
  const untilMs = instantIn(value.untilMs)
  if (untilMs !== undefined && untilMs <= nowMs) return undefined
  const text = typeof value.text === 'string' ? lineOf(value.text) : ''
  const emoji = isEmoji(value.emoji) ? value.emoji : undefined
  if (text === '' && emoji === undefined) return undefined
  return {
    text,
    ...(emoji === undefined ? {} : { emoji }),
    ...(untilMs === undefined ? {} : { untilMs }),
  }
}

/** One line without what moves text about, and not longer than a line should be. */
export function lineOf(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
  return plain.length <= LONGEST_STATUS ? plain : `${plain.slice(0, LONGEST_STATUS - 1)}…`
}

export function isEmoji(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > LONGEST_EMOJI) return false
  const isMade = /^[\p{Emoji}\p{Emoji_Component}]+$/u.test(value)
  return isMade && /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(value)
}

/** What is told of oneself; the form `presenceSaid` reads. */
export function wirePresence(said: PresenceSaid): Fields {
  const { availability, untilMs, status } = said
  return {
    state: availability,
    ...(untilMs === undefined ? {} : { untilMs }),
    ...(status === undefined ? {} : { status }),
  }
}

/** When something of it ends by itself; absent: nothing does. */
export function nextEndMs(said: PresenceSaid): number | undefined {
  const ends = [said.untilMs, said.status?.untilMs].filter((end) => end !== undefined)
  return ends.length === 0 ? undefined : Math.min(...ends)
}

function instantIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
