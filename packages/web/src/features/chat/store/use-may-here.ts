// What the reader may do to the place as a whole, live: make channels, write to people, ask why.

import { useCan, useUser } from '@sayso/client/react'

/** False until the server has said. */
export function useMayHere(action: 'create-channel' | 'message-people' | 'explain'): boolean {
  const place = useUser().roles.find(({ on }) => on.startsWith('tenant:'))?.on
  const { allowed } = useCan(action, place ?? 'tenant:', NOTHING)
  return place !== undefined && allowed
}

/** A question of its own: the place is no channel with a view. */
const NOTHING = {}
