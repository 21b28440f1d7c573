// What goes on beside the conversation for as long as the chat is open: how one is seen. Loaded after the first screen.

import { type ReactNode, useEffect } from 'react'
import type { ChatStore } from '../../store/chat-store.ts'
import { ownPresenceOf } from '../../store/own-presence.ts'
import { serverNow } from '../../store/server-clock.ts'
import { setOwnPresence } from './own-said.ts'

export type LiveProps = {
  readonly store: ChatStore
}

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function LiveRoot(props: LiveProps): ReactNode {
  useOwnPresence(props.store)
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

function after(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
