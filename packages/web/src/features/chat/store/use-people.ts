// The tenant's people as the reader may see them, fetched again whenever something may have changed about them.

import type { Api, PeopleView } from '@sayso/client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

type List = PeopleView['people']

export type People = {
  /** Absent until the first answer. */
  readonly list: List | undefined
  readonly refresh: () => void
  /** The last question had no answer. */
  readonly hasFailed: boolean
  /** Everybody is in the list; else the strongest are. */
  readonly isWhole: boolean
  /** Of everybody, loaded or not. */
  readonly counts: PeopleView['counts']
  /** Grows with every answer. */
  readonly asOf: number
}

/** People held at once. Of a longer list the rest is loaded where it is looked at. */
const MOST = 200

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
  const [rest, setRest] = useState<Pick<People, 'isWhole' | 'counts' | 'asOf'>>(NONE)
  const [hasFailed, setFailed] = useState(false)
  const refresh = useLatest(
    useCallback(async () => {
      const asked = api.people(key, { scope: 'members', limit: MOST })
      const { people, next, counts } = await asked.catch((cause: unknown) => {
        setFailed(true)
        throw cause
      })
      setFailed(false)
      setRest(({ asOf }) => ({ isWhole: next === undefined, counts, asOf: asOf + 1 }))
      remembered.set(key, people)
      setList((known) => kept(known, people))
    }, [api, key, remembered]),
  )
  useEffect(() => {
    if (trigger !== undefined) refresh()
  }, [refresh, trigger])
  return useMemo(() => ({ list, refresh, hasFailed, ...rest }), [list, refresh, hasFailed, rest])
}

const NONE = { isWhole: true, counts: undefined, asOf: 0 } as const

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
