// Functions that stay the same between drawings, so that what they are given to is not drawn again for them.

import { useCallback, useInsertionEffect, useRef } from 'react'

/** Stays the same, and does what `work` of the last drawing does. For events; never called while drawing. */
export function useStable<A extends readonly unknown[], R>(
  work: (...given: A) => R,
): (...given: A) => R {
  const latest = useRef(work)
  useInsertionEffect(() => {
    latest.current = work
  })
  return useCallback((...given: A) => latest.current(...given), [])
}
