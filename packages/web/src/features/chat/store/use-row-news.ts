// What goes on around single messages: followed once for a whole list. A subscription in every row would be gone through with
// each message that comes, and made anew with each row that is drawn.

import type { Api } from '@sayso/client'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { again } from '../../../ui/late.ts'
import { loadBeside } from '../load-beside.ts'
import { NO_WISHES, type Wishes } from '../model/reactions.ts'
import type { ChannelSession } from './channel-session.ts'
import type { Removal, Removals } from './removals.ts'
import type { ThreadCounts } from './thread-counts.ts'

/** Every member stays the same until it changes. */
export type RowNews = {
  /** Reactions pressed and not told by the server yet. */
  readonly wishes: Wishes
  /** It is being deleted, and may still be kept. */
  readonly removal: Removal | undefined
  /** Somebody has answered in a thread of it. */
  readonly hasThread: boolean
}

const NEVER = () => () => undefined
const NONE = () => undefined

export function useRowNews(
  session: ChannelSession | undefined,
  acts: { readonly removals: Removals; readonly channelKey: string; readonly api: Api },
): (serial: string) => RowNews {
  const { removals, channelKey } = acts
  const threads = useThreads(session, acts.api, channelKey)
  useSyncExternalStore(session?.subscribe ?? NEVER, session?.around.wished ?? NONE)
  useSyncExternalStore(removals.subscribe, removals.version)
  useSyncExternalStore(threads?.subscribe ?? NEVER, threads?.version ?? NONE)
  return useCallback(
    (serial) => ({
      wishes: session?.around.wishes(serial) ?? NO_WISHES,
      removal: removals.of(channelKey, serial),
      hasThread: threads?.of(serial) !== undefined,
    }),
    [session, removals, channelKey, threads],
  )
}

type Threads = Pick<typeof import('./thread-counts.ts'), 'threadCounts'>

/** The part that counts threads, once it was fetched: nobody waits for it. */
let known: Threads | undefined

function useThreads(
  session: ChannelSession | undefined,
  api: Api,
  channelKey: string,
): ThreadCounts | undefined {
  const [part, setPart] = useState(known)
  useEffect(() => {
    if (known !== undefined) return
    let isOver = false
    void again(loadBeside).then((loaded) => {
      known = loaded
      if (!isOver) setPart(loaded)
    })
    return () => {
      isOver = true
    }
  }, [])
  return useMemo(
    () => (session === undefined ? undefined : part?.threadCounts(session, api, channelKey)),
    [part, session, api, channelKey],
  )
}
