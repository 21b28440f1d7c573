// What people are called, for lists that only know their ids. Asked for together, and kept.

import type { Manage } from '@sayso/client/manage'
import { useQuery } from '@tanstack/react-query'

const KEPT_MS = 300_000
/** Ids of one question. */
const MOST = 50

type Asking = { readonly ids: Set<string>; readonly answer: Promise<ReadonlyMap<string, string>> }
const asking = new WeakMap<Manage, Asking>()

/** The name of whoever `user:…` or an id says; until it is known, or if it is nobody, what was given. */
export function useName(calls: Manage, who: string | undefined): string {
  const id = who?.startsWith('user:') === true ? who.slice('user:'.length) : undefined
  const found = useQuery({
    queryKey: ['nameOf', id],
    enabled: id !== undefined,
    staleTime: KEPT_MS,
    queryFn: async () => (await together(calls, id ?? '')).get(id ?? '') ?? null,
  })
  return found.data ?? id ?? who ?? ''
}

/** Everybody who is asked for in the same turn is asked for in one call. */
function together(calls: Manage, id: string): Promise<ReadonlyMap<string, string>> {
  const now = asking.get(calls)
  if (now !== undefined && now.ids.size < MOST) {
    now.ids.add(id)
    return now.answer
  }
  const ids = new Set([id])
  const answer = new Promise<void>((resolve) => setTimeout(resolve)).then(async () => {
    if (asking.get(calls)?.ids === ids) asking.delete(calls)
    const { items } = await calls.call('listNames', { query: { ids: [...ids].join() } })
    return new Map(items.map(({ id, name }) => [id, name]))
  })
  asking.set(calls, { ids, answer })
  return answer
}
