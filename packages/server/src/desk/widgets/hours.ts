// Whether somebody is there by the clocks of the owner, and when again.

import { DAY_MS, zoneNamed } from '../../analytics/zone.ts'
import { type Hours, WEEKDAYS } from './said.ts'

/** How far ahead an opening is looked for; days. */
const LOOKED_AHEAD = 400
const MINUTE_MS = 60_000
/** 1970-01-01 was a Thursday; weeks begin with Monday. */
const FIRST_WEEKDAY = 3

export type Opening =
  | { readonly isOpen: true }
  | { readonly isOpen: false; readonly backAtMs?: number }

/** @param hours absent: always open */
export function openingAt(hours: Hours | undefined, nowMs: number): Opening {
  if (hours === undefined) return { isOpen: true }
  const zone = zoneNamed(hours.zone)
  if (zone === undefined) return { isOpen: true }
  const local = nowMs + zone.offsetAt(nowMs)
  const today = Math.floor(local / DAY_MS)
  const clockMs = local - today * DAY_MS
  if (spansOn(hours, today).some(([from, to]) => clockMs >= from && clockMs < to))
    return { isOpen: true }
  for (let day = today; day < today + LOOKED_AHEAD; day += 1) {
    const next = spansOn(hours, day)
      .map(([from]) => from)
      .filter((from) => day > today || from > clockMs)
      .sort((a, b) => a - b)[0]
    if (next !== undefined) return { isOpen: false, backAtMs: instantOf(zone, day * DAY_MS + next) }
  }
  return { isOpen: false }
}

/** Milliseconds of the clock from midnight. @param day number of days of the calendar since 1970-01-01 */
function spansOn({ week, holidays }: Hours, day: number): readonly (readonly [number, number])[] {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10)
  if (holidays.includes(date)) return []
  const weekday = WEEKDAYS[(((day + FIRST_WEEKDAY) % 7) + 7) % 7] ?? 'mon'
  return (week[weekday] ?? []).map(([from, to]) => [clockOf(from), clockOf(to)] as const)
}

function clockOf(text: string): number {
  const [hour, minute] = text.split(':').map(Number)
  return ((hour ?? 0) * 60 + (minute ?? 0)) * MINUTE_MS
}

/** The instant at which clocks of the zone read so; where they are put back, the first. */
function instantOf(zone: { offsetAt(atMs: number): number }, localMs: number): number {
  const guess = localMs - zone.offsetAt(localMs)
  return localMs - zone.offsetAt(guess)
}
