// What goes on beside the conversation for as long as the chat is open: how one is seen, what one is told of, the mark at the
// icon of the page. Loaded after the first screen.

import { type ReactNode, useEffect } from 'react'
import { serverNow } from '../../../../ui/server-clock.ts'
import { ownPresenceOf } from '../../store/own-presence.ts'
import { whereaboutsOf } from '../../store/whereabouts.ts'
import type { LiveProps } from './live-props.ts'
import { setOwnPresence } from './own-said.ts'
import { after } from './timer.ts'
import { useNotifying } from './use-notifying.ts'
import { setWhereabouts } from './whereabouts-now.ts'

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function LiveRoot(props: LiveProps): ReactNode {
  useOwnPresence(props)
  useNotifying(props)
  useIcon(props.counts.size > 0)
  return null
}

function useOwnPresence({ store, realtime }: LiveProps): void {
  useEffect(() => {
    const whereabouts = whereaboutsOf(realtime)
    setWhereabouts(whereabouts)
    const own = ownPresenceOf({
      personal: store.personal,
      say: (data) => {
        store.sayPresence(data)
        whereabouts.say(data)
      },
      now: serverNow,
      timer: after,
      page: document,
    })
    setOwnPresence(own)
    return () => {
      setOwnPresence(undefined)
      own.close()
      setWhereabouts(undefined)
      whereabouts.close()
    }
  }, [store, realtime])
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
