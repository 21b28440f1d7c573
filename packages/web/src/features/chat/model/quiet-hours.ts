// Hours of the day in which nothing is told, by the clocks of one place: what stands on the wall there counts, also on the
// days on which it is set forward or back. Pure.

import { isFields } from './timeline.ts'

export type QuietHours = {
  readonly isOn: boolean
  /** Minutes after midnight, 0 to 1 439. The same as `to`: the whole day. */
  readonly from: number
  readonly to: number
  /** Days on which they begin: 0 is Sunday. What begins before midnight goes on after it. */
  readonly days: readonly number[]
  /** Name of a time zone: `Europe/Berlin`. */
  readonly zone: string
}

export const DAY_MINUTES = 1_440
export const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6] as const

/** What is kept, if it makes sense. */
export function quietHoursIn(value: unknown): QuietHours | undefined {
  if (!isFields(value)) return undefined
  const { from, to, days, zone } = value
  if (!isMinute(from) || !isMinute(to) || !Array.isArray(days) || typeof zone !== 'string')
    return undefined
  if (!isZone(zone)) return undefined
  const known = EVERY_DAY.filter((day) => days.includes(day))
  return { isOn: value.isOn === true, from, to, days: known, zone }
}

/** Whether an instant lies in them. */
export function isQuiet(hours: QuietHours | undefined, atMs: number): boolean {
  if (hours?.isOn !== true) return false
  const { from, to, days } = hours
  const { day, minute } = wallClock(hours.zone, atMs)
  const isOf = (one: number) => days.includes((one + 7) % 7)
  if (from < to) return isOf(day) && minute >= from && minute < to
  return (isOf(day) && minute >= from) || (isOf(day - 1) && minute < to)
}

/** `22:30` of minutes after midnight. */
export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** Minutes after midnight of `22:30`; absent: it is no time of day. */
export function minuteOf(clock: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)/.exec(clock)
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2])
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const made = new Map<string, Intl.DateTimeFormat>()

/** Day of the week and minute of the day as the clocks of a zone show them. */
function wallClock(zone: string, atMs: number): { readonly day: number; readonly minute: number } {
  const format =
    made.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  made.set(zone, format)
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
  return {
    day: DAYS.indexOf(parts.get('weekday') ?? ''),
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  }
}

function isMinute(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < DAY_MINUTES
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
