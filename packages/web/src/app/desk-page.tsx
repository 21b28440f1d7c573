// Joins the session, the realtime connection and the desk.

import type { Api, PersonView, SessionView } from '@sayso/client'
import { SaysoProvider } from '@sayso/client/react'
import type { ReactNode } from 'react'
import { addressOf, DeskScreen } from '../features/desk/index.ts'
import { leave } from './leave.ts'
import type { Session } from './session.ts'
import { useRealtime } from './use-realtime.ts'

export function DeskPage(props: {
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
  return (
    <SaysoProvider realtime={realtime}>
      <DeskScreen
        api={api}
        realtime={realtime}
        me={me}
        place={view.title}
        address={addressOf(path, query)}
        onSignOut={() => void leave(api, props.session)}
      />
    </SaysoProvider>
  )
}
