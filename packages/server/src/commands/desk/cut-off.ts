// Ends the connections of visitors: their tokens hold no more, and the door decides whether they are given another.

import type { RightsChange, World } from '@sayso/policy'
import { SESSION_KEY } from '../found-app.ts'

/** @param issuedBeforeMs later tokens hold */
export function cutOff(world: World, visitor: string, issuedBeforeMs: number): RightsChange[] {
  if (!world.keys.has(SESSION_KEY)) return []
  const target = { type: 'clientId', value: visitor } as const
  return [{ kind: 'revoke-tokens', revocation: { key: SESSION_KEY, target, issuedBeforeMs } }]
}
