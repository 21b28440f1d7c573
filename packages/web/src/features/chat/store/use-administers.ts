// Whether the reader has anything to administer, or works at the desk, live: then the chat leads there.

import { usePermissions, useUser } from '@sayso/client/react'
import { useSyncExternalStore } from 'react'

/** Any of these opens a screen there. The few that roles of administrators have in practice; the dashboard asks for each. */
const ADMIN = [
  'read-people',
  'read-policy',
  'read-audit',
  'read-analytics',
  'read-connections',
  'read-keys',
] as const

const DESK = ['manage-desk', 'see-visitors', 'read-desk-reports'] as const

/** @param isWanted false: nothing is asked, as each question stands for as long as it is read */
export function useAdministers(isWanted: boolean): boolean {
  return useAnyOf(ADMIN, isWanted)
}

/** @param isWanted as above */
export function useWorksAtDesk(isWanted: boolean): boolean {
  return useAnyOf(DESK, isWanted)
}

function useAnyOf(actions: readonly string[], isWanted: boolean): boolean {
  const live = usePermissions()
  const place = useUser().roles.find(({ on }) => on.startsWith('tenant:'))?.on
  return useSyncExternalStore(live.subscribe, () => {
    if (!isWanted || place === undefined) return false
    // All are read, so that all are kept.
    return actions.filter((action) => live.can(action, place, NOTHING).allowed).length > 0
  })
}

/** A question of its own: the place is no channel with a view. */
const NOTHING = {}
