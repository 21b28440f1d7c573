// Lengths of time as people read them. Pure.

import { spokenLanguage } from './words.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A length in its largest unit: `30 s`, `5 min`, `2 days`. */
export function lengthOf(ms: number): string {
  const [unit, size] =
    ms >= DAY_MS
      ? (['day', DAY_MS] as const)
      : ms >= HOUR_MS
        ? (['hour', HOUR_MS] as const)
        : ms >= MINUTE_MS
          ? (['minute', MINUTE_MS] as const)
          : (['second', 1_000] as const)
  const format = { style: 'unit', unit, unitDisplay: 'long' } as const
  return new Intl.NumberFormat(spokenLanguage(), format).format(Math.round(ms / size))
}
