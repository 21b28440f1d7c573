// Lengths of time as people read them, and the ends they lead to. Pure.

import { spokenLanguage } from '../../../ui/words.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What is offered where somebody is held back or given something for a time. */
export const PRESETS_MS = [5 * MINUTE_MS, HOUR_MS, 8 * HOUR_MS, DAY_MS, 7 * DAY_MS, 28 * DAY_MS]

/** What is left as digits: `0:42`, `14:05`, `2:03:10`; never negative. */
export function digitsOf(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor((seconds % 3_600) / 60)
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`
}

/** An instant for people: the clock today, the day as well later. @param month how it is written */
export function endOf(untilMs: number, nowMs: number, month: 'long' | 'short' = 'long'): string {
  const isSoon = untilMs - nowMs < 18 * HOUR_MS
  const format = isSoon
    ? ({ hour: '2-digit', minute: '2-digit' } as const)
    : ({ day: 'numeric', month, hour: '2-digit', minute: '2-digit' } as const)
  return new Intl.DateTimeFormat(spokenLanguage(), format).format(untilMs)
}

/** What of a wait is left, from 1 down to 0. */
export function shareLeft(untilMs: number, fromMs: number, nowMs: number): number {
  if (untilMs <= fromMs) return 0
  return Math.min(1, Math.max(0, (untilMs - nowMs) / (untilMs - fromMs)))
}
