// A long list that changes all the time: what is in view is asked for again every second, what is not stays as it was read.
// Pages keep their bounds, so that rows stay in their places while others come and go.

import type { Manage, RequestOf } from '@sayso/client/manage'
import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { ItemOf, List } from './use-list.ts'

type Row = ItemOf<'listConnections'>
type Query = NonNullable<RequestOf<'listConnections'>['query']>
type Page = { readonly items: readonly Row[]; readonly next?: string }
/** Where a page begins, and where the one behind it does. */
type Bounds = { readonly after?: string; readonly until?: string }

const PAGE = 200
const REFRESH_MS = 1_000
const FIRST: readonly Bounds[] = [{}]

export type LiveList = {
  readonly list: List<Row>
  /** To be told which rows are in view. */
  readonly onRange: (first: number, last: number) => void
}

export function useLiveConnections(calls: Manage, query: Query): LiveList {
  const word = JSON.stringify(query)
  const [pages, setPages] = useState({ word, bounds: FIRST })
  if (pages.word !== word) setPages({ word, bounds: FIRST })
  const bounds = pages.word === word ? pages.bounds : FIRST
  const sizes = useSizes()
  const [shown, setShown] = useState({ first: 0, last: 0 })
  const found = useQueries({
    queries: bounds.map((each, at) => ({
      queryKey: ['listConnections', word, each.after ?? '', each.until ?? ''],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        calls.call('listConnections', {
          query: { ...query, ...each, limit: PAGE },
          signal,
        } as never) as Promise<Page>,
      refetchInterval: at >= shown.first && at <= shown.last ? REFRESH_MS : (false as const),
      staleTime: REFRESH_MS,
    })),
  })
  const data = found.map((one) => one.data)
  const items = useMemo(
    () => data.flatMap((page) => page?.items ?? []),
    // biome-ignore lint/correctness/useExhaustiveDependencies: the pages themselves
    data,
  )
  sizes.take(data.map((page) => page?.items.length ?? 0))
  const next = data.at(-1)?.next
  const more = useCallback(() => {
    if (next === undefined) return
    setPages((now) => {
      const last = now.bounds.at(-1)
      if (last === undefined || last.after === next) return now
      const before = [...now.bounds.slice(0, -1), { ...last, until: next }]
      return { ...now, bounds: [...before, { after: next }] }
    })
  }, [next])
  const failed = found.find((one) => one.isError)
  // Within the same pages, scrolling is the table's own affair.
  const onRange = useCallback(
    (first: number, last: number) => {
      const next = sizes.pagesIn({ first, last })
      setShown((now) => (now.first === next.first && now.last === next.last ? now : next))
    },
    [sizes],
  )
  return {
    list: {
      items,
      hasMore: next !== undefined,
      more,
      state: failed !== undefined ? 'failed' : found[0]?.isPending === true ? 'loading' : 'ready',
      error: failed?.error,
      again: () => {
        for (const one of found) void one.refetch()
      },
    },
    onRange,
  }
}

/** How many rows each page has, so that rows in view are led back to their pages. */
function useSizes() {
  const [held] = useState(() => {
    let held: readonly number[] = []
    return {
      take(sizes: readonly number[]): void {
        held = sizes
      },
      pagesIn: (view: { readonly first: number; readonly last: number }) => pagesIn(held, view),
    }
  })
  return held
}

/** The pages some rows are on; of no page there is yet: the last. */
export function pagesIn(
  sizes: readonly number[],
  view: { readonly first: number; readonly last: number },
): { readonly first: number; readonly last: number } {
  let end = 0
  const ends = sizes.map((size) => {
    end += size
    return end
  })
  const pageOf = (row: number) => {
    const at = ends.findIndex((one) => row < one)
    return at < 0 ? Math.max(0, sizes.length - 1) : at
  }
  return { first: pageOf(view.first), last: pageOf(view.last) }
}
