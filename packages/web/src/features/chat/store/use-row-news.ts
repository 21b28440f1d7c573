// What goes on around single messages: followed once for a whole list. A subscription in every row would be gone through with
// each message that comes, and made anew with each row that is drawn.

import type { Api } from '@sayso/client'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { again } from '../../../ui/late.ts'
import { besideNow, loadBeside } from '../load-beside.ts'
import { NO_WISHES, type Wishes } from '../model/reactions.ts'
import type { ChannelSession } from './channel-session.ts'
import type { PinsHere } from './pins-here.ts'
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
  readonly isPinned: boolean
}

type Needs = { readonly removals: Removals; readonly channelKey: string; readonly api: Api }

const NEVER = () => () => undefined
const NONE = () => undefined
const NO = () => false

export function useRowNews(
  session: ChannelSession | undefined,
  acts: Needs,
): (serial: string) => RowNews {
  const { removals, channelKey } = acts
  const { threads, pins } = useTold(session, acts)
  useSyncExternalStore(session?.subscribe ?? NEVER, session?.around.wished ?? NONE)
  useSyncExternalStore(removals.subscribe, removals.version)
  useSyncExternalStore(threads?.subscribe ?? NEVER, threads?.version ?? NONE)
  const pinned = useSyncExternalStore(pins?.subscribe ?? NEVER, pins?.all ?? NONE)
  return useCallback(
    (serial) => ({
      wishes: session?.around.wishes(serial) ?? NO_WISHES,
      removal: removals.of(channelKey, serial),
      hasThread: threads?.of(serial) !== undefined,
      isPinned: pinned?.has(serial) === true,
    }),
    [session, removals, channelKey, threads, pinned],
  )
}

/** Whether all that can stand around the messages first shown is known: with it, rows get higher. */
export function useIsAroundKnown(
  session: ChannelSession | undefined,
  acts: Pick<Needs, 'channelKey' | 'api'>,
): boolean {
  const { threads, pins } = useTold(session, acts)
  const hasThreads = useSyncExternalStore(threads?.subscribe ?? NEVER, threads?.isTold ?? NO)
  const hasPins = useSyncExternalStore(pins?.subscribe ?? NEVER, pins?.isTold ?? NO)
  return hasThreads && hasPins
}

type Told = { readonly threads?: ThreadCounts; readonly pins?: PinsHere }

const NOT_YET: Told = {}

/** What the server tells of a channel beside its messages, once the part that asks for it was fetched: nobody waits for it. */
function useTold(
  session: ChannelSession | undefined,
  { api, channelKey }: Pick<Needs, 'channelKey' | 'api'>,
): Told {
  const [part, setPart] = useState(besideNow)
  useEffect(() => {
    if (part !== undefined) return
    let isOver = false
    void again(loadBeside).then((loaded) => {
      if (!isOver) setPart(loaded)
    })
    return () => {
      isOver = true
    }
  }, [part])
  return useMemo(() => {
    if (session === undefined || part === undefined) return NOT_YET
    return {
      threads: part.threadCounts(session, api, channelKey),
      pins: part.pinsHere(session, api, channelKey),
    }
  }, [part, session, api, channelKey])
}
