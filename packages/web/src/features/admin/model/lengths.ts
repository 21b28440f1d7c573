// Lengths of time that are offered, and what is left of one. Pure.

import { lengthOf } from '../../../ui/lengths.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What is offered where something is given for a time. */
export const LENGTHS_MS = [HOUR_MS, 8 * HOUR_MS, DAY_MS, 7 * DAY_MS, 28 * DAY_MS]

/** What is left as it stands in a list: days and hours, then digits; never negative. */
export function leftOf(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  if (hours >= 48) return lengthOf(leftMs)
  return `${hours}:${two(Math.floor((seconds % 3_600) / 60))}:${two(seconds % 60)}`
}
