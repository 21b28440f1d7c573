// What is unread, as components see it.

import type { Api, ResourceView } from '@sayso/client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { isReadable } from '../model/channels.ts'
import { type Counts, NO_COUNTS } from '../model/unread.ts'
import type { Personal } from './personal.ts'
import type { RealtimePort } from './port.ts'
import type { UnreadCounts } from './unread-counts.ts'

export type Unread = { readonly counts: Counts; readonly readAll: () => void }

const NEVER = () => () => undefined
const NOTHING = () => undefined

/** Follows what is unread in all channels one may read. */
export function useUnread(
  realtime: RealtimePort,
  api: Api,
  personal: Personal | undefined,
  views: readonly ResourceView[] | undefined,
): Unread {
  const [watch, setWatch] = useState<UnreadCounts>()
  useEffect(() => {
    if (personal === undefined) return
    let opened: UnreadCounts | undefined
    let isOver = false
    // Not needed to read and write the first message.
    import('./unread-counts.ts').then(
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
  const counts = useSyncExternalStore(watch?.subscribe ?? NEVER, () => watch?.counts() ?? NO_COUNTS)
  return { counts, readAll: () => watch?.readAll() ?? NOTHING() }
}
