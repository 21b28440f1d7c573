// The chat as somebody else sees it: their connection, by a token that reads, and addresses of its own that no history keeps.

import { api as apiOf } from '@sayso/client'
import { SaysoProvider } from '@sayso/client/react'
import type { RealtimeClient } from 'ably'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { ViewedChatProps } from '../features/admin/index.ts'
import { ChatScreen } from '../features/chat/index.ts'
import { NavigationProvider } from '../ui/navigation.tsx'
import { connectAs } from './connect.ts'
import { routeOf } from './route.ts'

export function ViewedChat(props: ViewedChatProps): ReactNode {
  const { person, token } = props
  const [href, setHref] = useState('/chat')
  const realtime = useView(token)
  const calls = useMemo(() => apiOf({ fetch: viewing(token) }), [token])
  if (realtime === undefined) return null
  const route = routeOf(href)
  const at = route.screen === 'chat' ? route : undefined
  return (
    <NavigationProvider navigate={(next) => routeOf(next).screen === 'chat' && setHref(next)}>
      <SaysoProvider realtime={realtime}>
        <ChatScreen
          isView
          realtime={realtime}
          api={calls}
          me={person}
          place={props.place}
          homeKey={undefined}
          channelKey={at?.channelKey}
          pane={at?.pane ?? 'conversation'}
          at={at?.at}
          thread={at?.thread}
          isSignedOut={false}
          onSignOut={() => undefined}
          onSignIn={() => undefined}
        />
      </SaysoProvider>
    </NavigationProvider>
  )
}

function useView(token: () => string): RealtimeClient | undefined {
  const [realtime, setRealtime] = useState<RealtimeClient>()
  useEffect(() => {
    const opened = connectAs(location, token)
    setRealtime(opened)
    return () => {
      opened.close()
      setRealtime(undefined)
    }
  }, [token])
  return realtime
}

/** Requests of the view say so: the server answers as the person, and only what is read. */
function viewing(token: () => string): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('sayso-view', token())
    return fetch(input, { ...init, headers })
  }
}
