// Who is here. In a channel: who has it open. Between people it is a matter of the person: whoever is in any channel that is open
// on this page is here, as far as one may see who is in it; the channel people land in is opened for it, where most are.

import type { ResourceView } from '@sayso/client'
import { useEffect, useState } from 'react'
import type { ChatStore } from './chat-store.ts'
import type { Members } from './presence.ts'
import type { SessionState } from './session-state.ts'

type Present = Pick<SessionState, 'here' | 'members'>

export function usePresent(
  store: ChatStore,
  view: ResourceView,
  state: SessionState,
  homeKey: string | undefined,
): Present {
  const isDirect = view.people !== undefined
  const [elsewhere, setElsewhere] = useState<readonly Members[]>([])
  useEffect(() => {
    if (!isDirect) return
    if (homeKey !== undefined) store.session(homeKey)
    const sessions = store.openSessions()
    const read = () =>
      setElsewhere((now) => {
        const next = sessions.map((session) => session.state().members)
        return next.every((one, index) => one === now[index]) ? now : next
      })
    const stops = sessions.map((session) => session.subscribe(read))
    read()
    return () => {
      for (const stop of stops) stop()
      setElsewhere([])
    }
  }, [store, isDirect, homeKey])
  if (!isDirect) return state
  return together([...elsewhere, state.members], view.people?.map(({ id }) => id) ?? [])
}

/** Of these people, what they say of themselves in any of the places. */
export function together(places: readonly Members[], people: readonly string[]): Present {
  const members = new Map<string, readonly unknown[]>()
  for (const id of people) {
    const said = places.flatMap((place) => place.get(id) ?? [])
    if (said.length > 0) members.set(id, said)
  }
  // Oneself is not always among the partners.
  for (const [id, said] of places.at(-1) ?? []) if (!members.has(id)) members.set(id, said)
  return { here: new Set(members.keys()), members }
}
