// Time as people have it: what a clock in a zone says at each quarter of an hour, with its summer times.

import { SLOT_MS, type Slot, type Span } from '@sayso/store'

export const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export const STEPS = ['hour', 'day', 'week', 'month'] as const
export type Step = (typeof STEPS)[number]

/** From an instant on the clocks of a zone are so far ahead of UTC; milliseconds. */
type Piece = { readonly fromMs: number; readonly offsetMs: number }

/** 1970-01-01 was a Thursday: days from it to a Monday. */
const TO_MONDAY = 3

/** @returns undefined if there is no such zone */
export function zoneNamed(name: string): Zone | undefined {
  try {
    return new Zone(name)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

export class Zone {
  readonly name: string
  readonly #format: Intl.DateTimeFormat

  /** @throws {RangeError} there is no such zone */
  constructor(name: string) {
    this.name = name
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    })
  }

  /** How far its clocks are ahead of UTC at an instant; whole quarters of an hour. */
  offsetAt(atMs: number): number {
    const parts = new Map(this.#format.formatToParts(atMs).map(({ type, value }) => [type, value]))
    const of = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name))
    const local = Date.UTC(
      of('year'),
      of('month') - 1,
      of('day'),
      of('hour'),
      of('minute'),
      of('second'),
    )
    // Old local times differ by odd minutes.
    return Math.round((local - Math.floor(atMs / 1_000) * 1_000) / SLOT_MS) * SLOT_MS
  }

  /** What its clocks say from slot to slot: milliseconds that read as UTC. */
  clockOver({ from, to }: Span): (slot: Slot) => number {
    const pieces = this.#pieces(from * SLOT_MS, to * SLOT_MS)
    let at = 0
    return (slot) => {
      const ms = slot * SLOT_MS
      while (at > 0 && (pieces[at]?.fromMs ?? 0) > ms) at -= 1
      while (at + 1 < pieces.length && (pieces[at + 1]?.fromMs ?? 0) <= ms) at += 1
      return ms + (pieces[at]?.offsetMs ?? 0)
    }
  }

  /** The first slot of a day of its calendar. @param dateMs that day at midnight, as if it were UTC */
  startOf(dateMs: number): Slot {
    const guess = Math.floor(dateMs / SLOT_MS)
    const span = { from: guess - 70, to: guess + 70 }
    const clock = this.clockOver(span)
    let slot = span.from
    while (slot < span.to && clock(slot) < dateMs) slot += 1
    return slot
  }

  #pieces(fromMs: number, toMs: number): readonly Piece[] {
    const pieces: Piece[] = [{ fromMs, offsetMs: this.offsetAt(fromMs) }]
    for (let ms = fromMs; ms < toMs; ms += DAY_MS) {
      const next = Math.min(ms + DAY_MS, toMs)
      const offsetMs = this.offsetAt(next)
      if (offsetMs !== pieces.at(-1)?.offsetMs)
        pieces.push({ fromMs: this.#changeIn(ms, next), offsetMs })
    }
    return pieces
  }

  /** The first slot that has the offset of the end. */
  #changeIn(fromMs: number, toMs: number): number {
    const after = this.offsetAt(toMs)
    let [low, high] = [Math.floor(fromMs / SLOT_MS), Math.ceil(toMs / SLOT_MS)]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (this.offsetAt(middle * SLOT_MS) === after) high = middle
      else low = middle
    }
    return high * SLOT_MS
  }
}

/** Where hours, days, weeks or months begin in a span, its ends included. The first and the last may be cut short. */
export function boundsOf(span: Span, step: Step, zone: Zone): readonly Slot[] {
  const clock = zone.clockOver(span)
  const bounds: Slot[] = []
  const keyOf = keyOfStep(step)
  let last: number | undefined
  for (let slot = span.from; slot < span.to; slot += 1) {
    const local = clock(slot)
    // When clocks are put back, an hour of the same name begins once more.
    const isAgain = step === 'hour' && local % HOUR_MS === 0
    const key = keyOf(local)
    if (key !== last || isAgain) bounds.push(slot)
    last = key
  }
  return [...bounds, span.to]
}

function keyOfStep(step: Step): (localMs: number) => number {
  if (step === 'hour') return (ms) => Math.floor(ms / HOUR_MS)
  if (step === 'day') return (ms) => Math.floor(ms / DAY_MS)
  if (step === 'week') return (ms) => Math.floor((Math.floor(ms / DAY_MS) + TO_MONDAY) / 7)
  let [day, month] = [Number.NaN, 0]
  return (ms) => {
    const today = Math.floor(ms / DAY_MS)
    if (today === day) return month
    const date = new Date(ms)
    day = today
    month = date.getUTCFullYear() * 12 + date.getUTCMonth()
    return month
  }
}

/** Monday is 1; the hour of the day. */
export function weekHourOf(localMs: number): { readonly weekday: number; readonly hour: number } {
  const day = Math.floor(localMs / DAY_MS)
  const weekday = ((((day + TO_MONDAY) % 7) + 7) % 7) + 1
  return { weekday, hour: Math.floor((localMs - day * DAY_MS) / HOUR_MS) }
}

/**
 * The span of the same length before a span: so many days by the calendar of the zone, or so many months if it begins and ends
 * with one.
 */
export function spanBefore(span: Span, zone: Zone): Span {
  const clock = zone.clockOver(span)
  const [from, to] = [clock(span.from), clock(span.to - 1) + SLOT_MS]
  const months = wholeMonths(from, to)
  if (months !== undefined) {
    const date = new Date(from)
    const before = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1)
    return { from: zone.startOf(before), to: span.from }
  }
  const isOfDays = from % DAY_MS === 0 && to % DAY_MS === 0
  if (isOfDays) return { from: zone.startOf(from - (to - from)), to: span.from }
  return { from: span.from - (span.to - span.from), to: span.from }
}

function wholeMonths(fromMs: number, toMs: number): number | undefined {
  const [from, to] = [new Date(fromMs), new Date(toMs)]
  const isStart = (date: Date) => date.getUTCDate() === 1 && date.getTime() % DAY_MS === 0
  if (!isStart(from) || !isStart(to)) return undefined
  const index = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth()
  return index(to) - index(from)
}
