// Joins the session, the realtime connection and the dashboard.

import type { Api, PersonView, SessionView } from '@sayso/client'
import { SaysoProvider } from '@sayso/client/react'
import { lazy, type ReactNode } from 'react'
import { AdminScreen } from '../features/admin/index.ts'
import { leave } from './leave.ts'
import type { Session } from './session.ts'
import { useRealtime } from './use-realtime.ts'

/** Only for whoever looks at the chat as somebody else. */
const ViewedChat = lazy(async () => ({ default: (await import('./viewed-chat.tsx')).ViewedChat }))

export function AdminPage(props: {
  readonly api: Api
  readonly session: Session
  readonly view: SessionView
  readonly me: PersonView
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}): ReactNode {
  const { api, me, view, path, query } = props
  const realtime = useRealtime(me.id)
  if (realtime === undefined) return null
  const [screen = '', ...rest] = path
  return (
    <SaysoProvider realtime={realtime}>
      <AdminScreen
        api={api}
        me={me}
        place={view.title}
        address={{ screen, rest, query }}
        ViewedChat={ViewedChat}
        onSignOut={() => void leave(api, props.session)}
      />
    </SaysoProvider>
  )
}
