// What is done to people from the list and from their cards: at once, and told if the server refuses.

import type { Api, MoveView } from '@sayso/client'
import { useCallback } from 'react'
import type { PersonRow } from '../model/people.ts'
import { texts } from '../model/texts.ts'
import type { Notices } from '../store/use-notices.ts'
import type { Answer } from './requests-list.tsx'

export type Place = {
  readonly api: Api
  readonly channelKey: string
  readonly resource: string
  readonly notices: Notices
}

export function useMove(place: Place, refresh: () => void) {
  const { api, channelKey, resource, notices } = place
  const { tell } = notices
  return useCallback(
    (person: Pick<PersonRow, 'id'>, move: MoveView) => {
      performed(api, channelKey, resource, person.id, move)
        .catch((cause: unknown) => tell(texts.notDone(cause)))
        // Also after a refusal: then what is offered here was out of date.
        .finally(refresh)
    },
    [api, channelKey, resource, refresh, tell],
  )
}

function performed(api: Api, key: string, on: string, person: string, move: MoveView) {
  if (move.command === 'promote') return api.promote(key, { person })
  if (move.command === 'demote') return api.demote(key, { person })
  const role = { person, role: move.to.role, on }
  return move.command === 'release' ? api.unassignRole(role) : api.assignRole(role)
}

/** Lets somebody in who asked, or does not. */
export function useAnswer({ api, channelKey, notices }: Place) {
  const { tell } = notices
  return useCallback(
    (answer: Answer, person: string, untilMs?: number) => {
      const end = untilMs === undefined ? {} : { expires_at: new Date(untilMs).toISOString() }
      const call =
        answer === 'admit'
          ? api.admit(channelKey, { person, ...end })
          : api.decline(channelKey, { person })
      call.catch((cause: unknown) => tell(texts.notDone(cause)))
    },
    [api, channelKey, tell],
  )
}
