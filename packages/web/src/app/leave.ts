// Signing out: here, on the server, and in what is shown.

import type { Api } from '@sayso/client'
import { navigate } from './router.ts'
import { type Session, tellOtherTabs } from './session.ts'

/** Ends the session. If the server is not reached nothing changes: one is not signed out by half. */
export async function leave(api: Api, session: Session): Promise<void> {
  await api.signOut().then(
    () => {
      tellOtherTabs()
      navigate('/')
    },
    () => undefined,
  )
  await session.refresh()
}
