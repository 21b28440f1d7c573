// What is unread, as components see it.

import type { Api, ResourceView } from '@sayso/client'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Beside } from '../load-beside.ts'
import { isReadable } from '../model/channels.ts'
import { type Counts, isSameCounts, NO_COUNTS, without } from '../model/unread.ts'
import type { Personal } from './personal.ts'
import type { RealtimePort } from './port.ts'
import { useBeside } from './use-beside.ts'

export type Unread = { readonly counts: Counts; readonly readAll: () => void }

const NEVER = () => () => undefined
const NOTHING = () => undefined

/** Follows what is unread in all channels one may read; the same counts until they are others. */
export function useUnread(
  realtime: RealtimePort,
  api: Api,
  personal: Personal | undefined,
  views: readonly ResourceView[] | undefined,
  /** The channel that is being read: it is not counted. */
  open: string | undefined,
): Unread {
  // Not needed to read and write the first message.
  const watch = useBeside(
    useMemo(
      () => personal && ((part: Beside) => part.unreadCounts({ realtime, api, personal })),
      [realtime, api, personal],
    ),
  )
  useEffect(() => {
    if (views === undefined) return
    watch?.setReadable(new Set(views.filter(isReadable).map(({ channel }) => channel)))
  }, [watch, views])
  const shown = useRef(NO_COUNTS)
  const counts = useSyncExternalStore(watch?.subscribe ?? NEVER, () => {
    const all = watch?.counts() ?? NO_COUNTS
    const next = open === undefined ? all : without(all, [open])
    // While others write here, what is shown beside it stays the same.
    if (!isSameCounts(shown.current, next)) shown.current = next
    return shown.current
  })
  return { counts, readAll: () => watch?.readAll() ?? NOTHING() }
}
