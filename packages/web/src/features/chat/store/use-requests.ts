// Who asks to be let in to a channel, fetched again whenever the number the server tells has changed.

import type { AccessRequestsView, Api } from '@sayso/client'
import { useEffect, useState } from 'react'

/** @param count as the view of rights says; 0: nobody asks, or it is not the reader's to answer */
export function useRequests(
  api: Api,
  key: string,
  count: number,
  revision: unknown,
): AccessRequestsView | undefined {
  const [view, setView] = useState<AccessRequestsView | undefined>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one who asks may take the place of another
  useEffect(() => {
    if (count === 0) return setView(undefined)
    let isCurrent = true
    api.requests(key).then(
      (next) => isCurrent && setView(next),
      // Refused: it was the reader's to answer a moment ago, and the count will say so.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [api, key, count, revision])
  return count === 0 ? undefined : view
}
