// Where one reads in the log. Pure.

import type { Heights } from './heights.ts'
import type { Row } from './rows.ts'

/** Where one reads: at the newest, or a row whose edge is `offset` pixels below the top of the view. */
export type Place =
  | { readonly kind: 'bottom' }
  | {
      readonly kind: 'row'
      readonly key: string
      readonly edge: 'top' | 'bottom'
      readonly offset: number
    }
  /** Where one wants to read; becomes a row once that is drawn. */
  | { readonly kind: 'aim'; readonly key: string; readonly align: Align }

/** `after`: with one row more above it. `near`: only as far as needed. */
export type Align = 'center' | 'after' | 'near'

/** Where one was at an address when one left it. */
export type KeptPlace = {
  /** What the address named. */
  readonly at: string | undefined
  readonly place: Place
  /** Of the message the place is at. */
  readonly serial: string | undefined
}

/** The same place among other rows. If its row is gone, the nearest one that stayed holds it. */
export function movedPlace(
  place: Place,
  before: readonly Row[],
  rows: readonly Row[],
  heights: Heights,
): Place {
  if (place.kind !== 'row') return place
  const keys = new Set(rows.map((row) => row.key))
  if (keys.has(place.key)) return place
  const from = before.findIndex((row) => row.key === place.key)
  const stayed = (row: Row, index: number) => index !== from && keys.has(row.key)
  const after = before.findIndex((row, index) => index > from && stayed(row, index))
  const index = after >= 0 ? after : before.findLastIndex(stayed)
  const row = before[index]
  if (from < 0 || row === undefined) return place
  const edge = place.edge === 'top' ? from : from + 1
  const offset = place.offset + heights.topOf(index) - heights.topOf(edge)
  return { kind: 'row', key: row.key, edge: 'top', offset }
}
