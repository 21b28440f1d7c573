// A list that a pane shows: fetched, fetched again when something it depends on has changed, and how that went.

import { useCallback, useEffect, useRef, useState } from 'react'

export type Listed<T> = {
  readonly value: T | undefined
  readonly hasFailed: boolean
  readonly refresh: () => void
}

/** @param trigger fetches again when it changes */
export function useListed<T>(fetch: () => Promise<T>, trigger: unknown): Listed<T> {
  const [value, setValue] = useState<T>()
  const [hasFailed, setFailed] = useState(false)
  const latest = useRef(fetch)
  latest.current = fetch
  const turn = useRef(0)
  const refresh = useCallback(() => {
    turn.current += 1
    const own = turn.current
    latest.current().then(
      (found) => {
        if (turn.current !== own) return
        setValue(() => found)
        setFailed(false)
      },
      () => turn.current === own && setFailed(true),
    )
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trigger is what is waited for
  useEffect(refresh, [refresh, trigger])
  useEffect(
    () => () => {
      turn.current += 1
    },
    [],
  )
  return { value, hasFailed, refresh }
}
