// What is unread, as components see it.

import type { Api, ResourceView } from '@sayso/client'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { loadBeside } from '../load-beside.ts'
import { isReadable } from '../model/channels.ts'
import { type Counts, isSameCounts, NO_COUNTS, without } from '../model/unread.ts'
import type { Personal } from './personal.ts'
import type { RealtimePort } from './port.ts'
import type { UnreadCounts } from './unread-counts.ts'

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
  const [watch, setWatch] = useState<UnreadCounts>()
  useEffect(() => {
    if (personal === undefined) return
    let opened: UnreadCounts | undefined
    let isOver = false
    // Not needed to read and write the first message.
    loadBeside().then(
      ({ unreadCounts }) => {
        if (isOver) return
        opened = unreadCounts({ realtime, api, personal })
        setWatch(opened)
      },
      () => undefined,
    )
    return () => {
      isOver = true
      opened?.close()
      setWatch(undefined)
    }
  }, [realtime, api, personal])
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
