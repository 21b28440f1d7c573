// Lengths of time as people read them. Pure.

import { spokenLanguage } from '../../../ui/words.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What is offered where something is given for a time. */
export const LENGTHS_MS = [HOUR_MS, 8 * HOUR_MS, DAY_MS, 7 * DAY_MS, 28 * DAY_MS]

/** A length in its largest unit: `5 minutes`, `2 days`. */
export function lengthOf(ms: number): string {
  const [unit, size] =
    ms >= DAY_MS
      ? (['day', DAY_MS] as const)
      : ms >= HOUR_MS
        ? (['hour', HOUR_MS] as const)
        : (['minute', MINUTE_MS] as const)
  const format = { style: 'unit', unit, unitDisplay: 'long' } as const
  return new Intl.NumberFormat(spokenLanguage(), format).format(Math.round(ms / size))
}

/** What is left as it stands in a list: days and hours, then digits; never negative. */
export function leftOf(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  if (hours >= 48) return lengthOf(leftMs)
  return `${hours}:${two(Math.floor((seconds % 3_600) / 60))}:${two(seconds % 60)}`
}

/** The value of a local date-time field as an instant; undefined if there is none in it. */
export function instantOf(field: string): string | undefined {
  const at = new Date(field)
  return field === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** An instant as the value of a local date-time field. */
export function fieldOf(at: string | number): string {
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}
