// What goes on beside the conversation for as long as the chat is open: how one is seen, what one is told of, the mark at the
// icon of the page. Loaded after the first screen.

import type { Api, ResourceView } from '@sayso/client'
import { type ReactNode, useEffect } from 'react'
import type { Counts } from '../../model/unread.ts'
import type { ChatStore } from '../../store/chat-store.ts'
import { ownPresenceOf } from '../../store/own-presence.ts'
import type { RealtimePort } from '../../store/port.ts'
import { serverNow } from '../../store/server-clock.ts'
import { setOwnPresence } from './own-said.ts'
import { after } from './timer.ts'
import { useNotifying } from './use-notifying.ts'

export type LiveProps = {
  readonly store: ChatStore
  readonly realtime: RealtimePort
  readonly api: Api
  readonly me: string
  readonly views: readonly ResourceView[] | undefined
  /** What is unread, as far as it counts. */
  readonly counts: Counts
  /** The channel that is open. */
  readonly view: ResourceView | undefined
  /** On a phone something else than its messages is shown. */
  readonly isCovered: boolean
}

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function LiveRoot(props: LiveProps): ReactNode {
  useOwnPresence(props.store)
  useNotifying(props)
  useIcon(props.counts.size > 0)
  return null
}

function useOwnPresence(store: ChatStore): void {
  useEffect(() => {
    const own = ownPresenceOf({
      personal: store.personal,
      say: (data) => store.sayPresence(data),
      now: serverNow,
      timer: after,
      page: document,
    })
    setOwnPresence(own)
    return () => {
      setOwnPresence(undefined)
      own.close()
    }
  }, [store])
}

/** A dot at the icon of the page while something is unread. */
function useIcon(isUnread: boolean): void {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (link === null) return
    link.href = isUnread ? '/favicon-unread.svg' : '/favicon.svg'
    return () => {
      link.href = '/favicon.svg'
    }
  }, [isUnread])
}
