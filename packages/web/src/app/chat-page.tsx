// Joins the session, the realtime connection and the chat. The connection lives as long as the person is signed in.

import type { Api, PersonView, SessionView } from '@sayso/client'
import { SaysoProvider } from '@sayso/client/react'
import type { ConnectionStateChange, RealtimeClient } from 'ably'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { ChatScreen, NotificationsSection, type Pane } from '../features/chat/index.ts'
import { lazy } from '../ui/late.ts'
import { leave } from './leave.ts'
import { loginHref } from './route.ts'
import { navigate } from './router.ts'
import type { Session } from './session.ts'
import { useRealtime } from './use-realtime.ts'

export function ChatPage(props: {
  readonly api: Api
  readonly session: Session
  readonly view: SessionView
  readonly me: PersonView
  readonly channelKey: string | undefined
  readonly pane: Pane
  readonly at: string | undefined
  readonly thread: string | undefined
  readonly settings: string | undefined
}): ReactNode {
  const { api, me, view } = props
  const realtime = useRealtime(me.id)
  const isSignedOut = useSignedOut(api, realtime, props.session)
  if (realtime === undefined) return null
  return (
    <SaysoProvider realtime={realtime}>
      <ChatScreen
        realtime={realtime}
        api={api}
        me={me}
        place={view.title}
        homeKey={view.home}
        channelKey={props.channelKey}
        pane={props.pane}
        at={props.at}
        thread={props.thread}
        isSignedOut={isSignedOut}
        onSignOut={() => void leave(api, props.session)}
        onSignIn={() => {
          navigate(loginHref(location.pathname + location.search), { replace: true })
          void props.session.refresh()
        }}
      >
        {props.settings === undefined ? null : (
          <Suspense fallback={null}>
            <SettingsScreen
              api={api}
              me={me}
              section={props.settings}
              hrefOf={(section) => withSettings(section)}
              onClose={() => navigate(withSettings(undefined), { replace: true })}
              onAccount={props.session.refresh}
              notifications={NotificationsSection}
              keys={<ChangeKeys />}
            />
          </Suspense>
        )}
      </ChatScreen>
    </SaysoProvider>
  )
}

const SettingsScreen = lazy(async () => ({
  default: (await import('../features/settings/index.ts')).SettingsScreen,
}))

const ChangeKeys = lazy(async () => ({
  default: (await import('../features/chat/keys/change-keys.tsx')).ChangeKeys,
}))

/** The address of now with other settings over it, or none. */
function withSettings(section: string | undefined): string {
  const url = new URL(location.href)
  if (section === undefined) url.searchParams.delete('settings')
  else url.searchParams.set('settings', section)
  return url.pathname + url.search
}

/** A connection that is refused for want of a session: asks the server whether one is still signed in. */
function useSignedOut(
  api: Api,
  realtime: RealtimeClient | undefined,
  { refresh }: Session,
): boolean {
  const [isSignedOut, setSignedOut] = useState(false)
  useEffect(() => {
    if (realtime === undefined) return
    const onState = (change: ConnectionStateChange) => {
      if (change.current === 'connected') setSignedOut(false)
      const status = change.reason?.statusCode
      if (status !== 401 && status !== 403) return
      api.session().then(
        // Whoever is banned from the place is still signed in, and is told on a page of its own.
        (view) =>
          view.shutOut === undefined ? setSignedOut(view.person === undefined) : void refresh(),
        () => undefined,
      )
    }
    realtime.connection.on(onState)
    return () => realtime.connection.off(onState)
  }, [api, realtime, refresh])
  return isSignedOut
}
