// The bounds of a history query as bounds on message serials, which sort like time and place.

import type { HistoryQuery } from '../store.ts'
import { padMs } from './position.ts'

/** Message serials between the two, compared as plain text; absent means unbounded. */
export type SerialBounds = {
  readonly atLeast?: string
  readonly above?: string
  readonly atMost?: string
  readonly below?: string
}

// Sorts after every `:index` suffix: the place behind all messages of an entry.
const BEHIND = ':~'

/** What a query's times and positions mean for message serials. */
export function serialBounds(query: HistoryQuery): SerialBounds[] {
  const { startMs, endMs, untilSerial, afterSerial, direction } = query
  const bounds: SerialBounds[] = []
  if (startMs !== undefined) bounds.push({ atLeast: padMs(Math.ceil(startMs)) })
  if (endMs !== undefined) bounds.push(endMs < 0 ? { below: '' } : { atMost: `${padMs(endMs)}~` })
  if (untilSerial !== undefined) {
    bounds.push({ atMost: untilSerial.includes(':') ? untilSerial : untilSerial + BEHIND })
  }
  if (afterSerial !== undefined) {
    bounds.push(direction === 'forwards' ? { above: afterSerial } : { below: afterSerial })
  }
  return bounds
}

export function isWithin(serial: string, bounds: readonly SerialBounds[]): boolean {
  return bounds.every(
    ({ atLeast, above, atMost, below }) =>
      (atLeast === undefined || serial >= atLeast) &&
      (above === undefined || serial > above) &&
      (atMost === undefined || serial <= atMost) &&
      (below === undefined || serial < below),
  )
}
