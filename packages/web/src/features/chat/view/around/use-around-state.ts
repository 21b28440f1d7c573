// What is kept around single messages, as components see it: drawn again only where it has changed.

import { useEffect, useSyncExternalStore } from 'react'
import { NO_WISHES, type Wishes } from '../../model/reactions.ts'
import type { Entry } from '../../model/timeline.ts'
import type { ChannelSession } from '../../store/channel-session.ts'

const NEVER = () => () => undefined

export function useWishes(session: ChannelSession | undefined, serial: string): Wishes {
  return useSyncExternalStore(
    session?.subscribe ?? NEVER,
    () => session?.around.wishes(serial) ?? NO_WISHES,
  )
}

/** A message that another one quotes, fetched if it is not loaded. */
export function useQuoted(
  session: ChannelSession | undefined,
  serial: string,
): Entry | 'missing' | undefined {
  const found = useSyncExternalStore(session?.subscribe ?? NEVER, () =>
    session?.around.quoted(serial),
  )
  const isOpen = session?.state().phase === 'open'
  useEffect(() => {
    if (isOpen && found === undefined) session?.around.fetchQuoted(serial)
  }, [session, serial, found, isOpen])
  return found
}
