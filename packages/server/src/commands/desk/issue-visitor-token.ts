// The realtime token of a visitor: the conversations, as far as live policy lets them in, and nothing else.

import { type Capability, canonicalCapability, type World } from '@sayso/policy'
import type { KeyRing } from '../../access/key-ring.ts'
import { signToken } from '../../auth/session-token.ts'
import type { Context } from '../../context.ts'
import { deskChannels } from '../../desk/desk-type.ts'
import type { Device } from '../../desk/visitors/records.ts'
import { subjectOfVisitor } from '../../desk/visitors/visitor.ts'
import type { Asker } from '../asker.ts'
import { Failure } from '../failure.ts'
import { SESSION_KEY } from '../found-app.ts'

/** Milliseconds. The page renews it. */
export const VISITOR_TOKEN_MS = 600_000

/** What a visitor may touch at most. */
export function visitorCapability(world: World): Capability {
  const channels = deskChannels(world)
  return { '[permissions]*': ['*'], ...(channels !== undefined && { [channels]: ['*'] }) }
}

/** @throws {Failure} `store_unavailable` */
export function issueVisitorToken(
  context: Context,
  ring: KeyRing,
  { visitor, digest }: Pick<Device, 'visitor' | 'digest'>,
): { readonly token: string; readonly endsAtMs: number } {
  const keyName = ring.nameOf(SESSION_KEY)
  const found = ring.find(keyName)
  if (found === undefined)
    throw new Failure('store_unavailable', 'there is no key to sign sessions with')
  const nowMs = context.now()
  const token = signToken({
    keyName,
    secret: found.secret,
    clientId: visitor,
    revocationKey: `device:${digest}`,
    id: context.randomId(9),
    capability: canonicalCapability(visitorCapability(context.standing.world)),
    ttlMs: VISITOR_TOKEN_MS,
    nowMs,
  })
  return { token, endsAtMs: nowMs + VISITOR_TOKEN_MS }
}

/** A visitor as commands see them, wherever they come from. */
export function visitorAsker(world: World, visitor: string): Asker {
  return {
    credential: {
      kind: 'token',
      key: SESSION_KEY,
      capability: visitorCapability(world),
      subject: subjectOfVisitor(visitor),
    },
    clientId: visitor,
    mayBeAnyone: false,
  }
}
