// The tenant's people as the reader may see them, fetched again whenever something may have changed about them.

import type { Api, PeopleView } from '@sayso/client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

type List = PeopleView['people']

export type People = {
  /** Absent until the first answer. */
  readonly list: List | undefined
  readonly refresh: () => void
  /** Loads the next page; absent if there is none. */
  readonly more: (() => void) | undefined
  /** Of everybody, loaded or not. */
  readonly counts: PeopleView['counts']
}

/** People of the first page, and of each further one. */
const PAGE = 200
/** The server gives no more at once. */
const MOST = 1_000

/** Changes within this time are one request: a promotion is told by several roads at once. */
const GATHER_MS = 60

/** `remembered` shows the last answer until the next one comes. `trigger`: a new value means the list may have changed. */
export function usePeople(
  api: Api,
  key: string,
  remembered: Map<string, List>,
  trigger: string | undefined,
): People {
  const [list, setList] = useState(() => remembered.get(key))
  const [wanted, setWanted] = useState(PAGE)
  const [rest, setRest] = useState<Pick<PeopleView, 'next' | 'counts'>>({})
  const refresh = useLatest(
    useCallback(async () => {
      const page = { scope: 'members', limit: Math.min(wanted, MOST) } as const
      const { people, next, counts } = await api.people(key, page)
      setRest({ ...(next === undefined ? {} : { next }), ...(counts && { counts }) })
      remembered.set(key, people)
      setList((known) => kept(known, people))
    }, [api, key, remembered, wanted]),
  )
  useEffect(() => {
    if (trigger !== undefined) refresh()
  }, [refresh, trigger])
  const { next, counts } = rest
  const isMore = next !== undefined && wanted < MOST
  const more = useCallback(() => setWanted((now) => now + PAGE), [])
  return useMemo(
    () => ({ list, refresh, more: isMore ? more : undefined, counts }),
    [list, refresh, isMore, more, counts],
  )
}

/** Runs `work` soon, at most one at a time; asked again meanwhile, once more afterwards. Failures wait for the next time. */
function useLatest(work: () => Promise<void>): () => void {
  const state = useRef({ isRunning: false, isWanted: false, timer: 0 })
  useEffect(() => {
    const { current } = state
    return () => clearTimeout(current.timer)
  }, [])
  return useCallback(() => {
    const { current } = state
    const run = async () => {
      if (current.isRunning) {
        current.isWanted = true
        return
      }
      current.isRunning = true
      await work().catch(() => undefined)
      current.isRunning = false
      if (!current.isWanted) return
      current.isWanted = false
      void run()
    }
    clearTimeout(current.timer)
    current.timer = window.setTimeout(() => void run(), GATHER_MS)
  }, [work])
}

/** The same list, if nothing in it is new: a refresh without news draws nothing. */
function kept(known: List | undefined, next: List): List {
  return known !== undefined && JSON.stringify(known) === JSON.stringify(next) ? known : next
}
