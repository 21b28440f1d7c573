// One document or answer of the API, and writing to it.

import type { Asked, Manage, Operation, RequestOf } from '@sayso/client/manage'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../../../ui/notices.tsx'

export type Read<O extends Operation> = {
  readonly data: Asked<O>['answer'] | undefined
  readonly etag: string | undefined
  readonly state: 'loading' | 'ready' | 'failed'
  readonly error: unknown
  readonly again: () => void
}

/** @param refreshMs ask again so often while the page is looked at */
export function useRead<O extends Operation>(
  calls: Manage,
  operation: O,
  request: Pick<
    RequestOf<O> & { query?: object; params?: object; body?: object },
    'query' | 'params' | 'body'
  >,
  options: { readonly refreshMs?: number; readonly isOff?: boolean } = {},
): Read<O> {
  const found = useQuery({
    queryKey: [operation, request],
    enabled: options.isOff !== true,
    placeholderData: keepPreviousData,
    ...(options.refreshMs === undefined ? {} : { refetchInterval: options.refreshMs }),
    // The members fit: they are those of the operation.
    queryFn: ({ signal }) =>
      (calls.read as (operation: O, request: unknown) => Promise<Asked<O>>)(operation, {
        ...request,
        signal,
      }),
  })
  return {
    data: found.data?.answer,
    etag: found.data?.etag,
    state: found.isError ? 'failed' : found.isPending ? 'loading' : 'ready',
    error: found.error,
    again: () => void found.refetch(),
  }
}

export type Write<V> = {
  readonly run: (value: V) => Promise<unknown>
  readonly isBusy: boolean
}

/**
 * A change: does it, asks the named operations again, and says what came of it.
 *
 * @param changes operations whose answers are old afterwards
 * @param done what is said; absent: nothing
 */
export function useWrite<V>(
  work: (value: V) => Promise<unknown>,
  changes: readonly Operation[],
  done?: (value: V) => string,
): Write<V> {
  const client = useQueryClient()
  const say = useSay()
  const write = useMutation({
    mutationFn: work,
    onSettled: () =>
      Promise.all(changes.map((operation) => client.invalidateQueries({ queryKey: [operation] }))),
    onSuccess: (_, value) => {
      if (done !== undefined) say({ tone: 'good', title: done(value) })
    },
  })
  return { run: (value) => write.mutateAsync(value), isBusy: write.isPending }
}
