// The realtime token of a signed-in session: a ceiling over governed channels; live policy decides within it.

import { type Capability, canonicalCapability, roomChannel, type World } from '@sayso/policy'
import type { KeyRing } from '../access/key-ring.ts'
import { signToken } from '../auth/session-token.ts'
import type { Context } from '../context.ts'
import { Failure } from './failure.ts'
import { SESSION_KEY } from './found-app.ts'

/** Short, since it is a ceiling that may grow; renewed without a reconnect. It ends with its session. Milliseconds. */
export const SESSION_TOKEN_MS = 600_000

/** Signs a token for a person's session: `endSession` takes it back with the session. */
export function issueSessionToken(
  context: Context,
  ring: KeyRing,
  { id: clientId, sessionId }: { readonly id: string; readonly sessionId: string },
): string {
  const keyName = ring.nameOf(SESSION_KEY)
  const found = ring.find(keyName)
  if (found === undefined)
    throw new Failure('store_unavailable', 'there is no key to sign sessions with')
  return signToken({
    keyName,
    secret: found.secret,
    clientId,
    revocationKey: sessionId,
    id: context.randomId(9),
    capability: canonicalCapability(governed(context.standing.world)),
    ttlMs: SESSION_TOKEN_MS,
    nowMs: context.now(),
  })
}

/** Every channel and room some resource type governs, and nothing else. */
export function governed(world: World): Capability {
  const { document, roomType } = world.policy
  const patterns = Object.values(document.types).flatMap(({ channels }) => channels ?? [])
  const names = patterns.map((pattern) => pattern.replace('{key}', '*'))
  const rooms = roomType === undefined ? [] : [roomChannel('*')]
  return Object.fromEntries([...names, ...rooms].map((name) => [name, ['*']]))
}
