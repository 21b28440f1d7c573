// A list of the API, page by page as far as one scrolls.

import type { AnswerOf, Manage, Operation, RequestOf } from '@sayso/client/manage'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

/** Operations that answer one page: `items`, and where the next begins. */
export type ListOperation = {
  [O in Operation]: AnswerOf<O> extends { readonly items: readonly unknown[] } ? O : never
}[Operation]

export type ItemOf<O extends ListOperation> =
  AnswerOf<O> extends { readonly items: readonly (infer Item)[] } ? Item : never

export type List<Item> = {
  readonly items: readonly Item[]
  readonly hasMore: boolean
  readonly more: () => void
  /** `old`: what is shown answers an earlier question, the new answer is on its way. */
  readonly state: 'loading' | 'ready' | 'old' | 'failed'
  readonly error: unknown
  readonly again: () => void
}

/** Rows of one page. */
const PAGE = 100

/** @param refreshMs ask again so often while the page is looked at; absent: when one comes back to it */
export function useList<O extends ListOperation>(
  calls: Manage,
  operation: O,
  request: Pick<RequestOf<O> & { query?: object; params?: object }, 'query' | 'params'>,
  options: { readonly refreshMs?: number; readonly isOff?: boolean } = {},
): List<ItemOf<O>> {
  const found = useInfiniteQuery({
    queryKey: [operation, request],
    enabled: options.isOff !== true,
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    ...(options.refreshMs === undefined ? {} : { refetchInterval: options.refreshMs }),
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...request.query, after: pageParam }
      // The members fit: they are those of the operation, with the page added.
      return calls.call(operation, { ...request, query, signal } as never) as Promise<
        AnswerOf<O> & { readonly next?: string }
      >
    },
    getNextPageParam: (last) => last.next,
  })
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = found
  const items = useMemo(
    () =>
      (data?.pages ?? []).flatMap(
        (page) => (page as unknown as { readonly items: readonly ItemOf<O>[] }).items,
      ),
    [data],
  )
  return {
    items,
    hasMore: hasNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
    state: found.isError
      ? 'failed'
      : found.isPending
        ? 'loading'
        : found.isPlaceholderData
          ? 'old'
          : 'ready',
    error: found.error,
    again: () => void refetch(),
  }
}
