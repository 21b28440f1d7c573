// When the messages first shown are whole: reactions, quotes, marks of pins and lines of threads stand with them, and nothing moves
// under a hand that was about to press.

import type { Api } from '@sayso/client'
import { useEffect, useLayoutEffect, useState } from 'react'
import type { ChannelSession } from '../store/channel-session.ts'
import { useIsAroundKnown } from '../store/use-row-news.ts'

/** The messages wait no longer for what stands around them. */
const MOST_WAIT_MS = 300

/** @param isPlaced the messages could be shown now */
export function useWhole(
  isPlaced: boolean,
  session: ChannelSession | undefined,
  acts: { readonly channelKey: string; readonly api: Api },
): boolean {
  const isKnown = useIsAroundKnown(session, acts)
  const [isWhole, setWhole] = useState(isKnown)
  useLayoutEffect(() => {
    if (isKnown) setWhole(true)
  }, [isKnown])
  useEffect(() => {
    if (!isPlaced) return
    const timer = setTimeout(() => setWhole(true), MOST_WAIT_MS)
    return () => clearTimeout(timer)
  }, [isPlaced])
  return isWhole
}
