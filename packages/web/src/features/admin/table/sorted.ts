// Order of a list that is short enough to be here as a whole; of a longer one the server says the order.

import type { List } from '../store/use-list.ts'
import type { Sort } from './columns.ts'

export function sortedBy<Row>(
  list: List<Row>,
  sort: Sort | undefined,
  values: Readonly<Record<string, (row: Row) => string | number>>,
): List<Row> {
  const value = sort === undefined ? undefined : values[sort.key]
  if (value === undefined || list.hasMore) return list
  const turn = sort?.down === true ? -1 : 1
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
  return { ...list, items: [...list.items].sort((a, b) => turn * compare(value(a), value(b))) }
}

/** A list that came as one answer. */
export function listOf<Row>(read: {
  readonly data: { readonly items: readonly Row[] } | undefined
  readonly state: 'loading' | 'ready' | 'failed'
  readonly error: unknown
  readonly again: () => void
}): List<Row> {
  const { data, state, error, again } = read
  return { items: data?.items ?? [], hasMore: false, more: () => undefined, state, error, again }
}
