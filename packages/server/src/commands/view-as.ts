// Look at the place as somebody else sees it: a token that reads, for a quarter of an hour, and a line in the audit log.

import {
  type Credential,
  canonicalCapability,
  channelOf,
  type SubjectId,
  visibleResources,
  type World,
} from '@sayso/policy'
import type { KeyRing } from '../access/key-ring.ts'
import { signToken } from '../auth/session-token.ts'
import type { Context } from '../context.ts'
import { type Asker, auditBy } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { seesAlike } from './eyes.ts'
import { Failure } from './failure.ts'
import { SESSION_KEY } from './found-app.ts'
import { governed } from './issue-session-token.ts'
import { mayPlace, requirePlace } from './require-place.ts'

/** Milliseconds. Whoever looks on for longer says so again. */
export const VIEW_MS = 900_000
/** As many channels as a token may name. */
const MOST_CHANNELS = 256

export type ViewAs = { readonly person: SubjectId; readonly reason: string }

export type View = {
  readonly token: string
  readonly endsAtMs: number
  /** What is looked at: channels that the person sees and the viewer may read as well. */
  readonly channels: readonly string[]
  /** Channels of the person that the viewer may not read or sees otherwise, or beyond the most; how many. */
  readonly hidden: number
}

/**
 * A person needs `view-as` on the tenant. What is seen is what both may read: nobody reads by it what they could not read
 * before, such as conversations of others, or messages that a rule shows to the person and not to who looks on.
 *
 * @param viewer who looks on, and the session that the token ends with
 * @throws {Failure} `denied`, `person_unknown`, `conflict` for oneself, `store_unavailable`
 */
export async function viewAs(
  context: Context,
  ring: KeyRing,
  asker: Asker,
  viewer: { readonly subject: SubjectId; readonly sessionId: string },
  { person, reason }: ViewAs,
): Promise<View> {
  const { world } = context.standing
  context.refusals.noting(() => requirePlace(world, asker, 'view-as'))
  if (world.facts.person(person) === undefined)
    throw new Failure('person_unknown', `there is no \`${person}\``)
  if (person === viewer.subject)
    throw new Failure('conflict', 'this is what you see anyway', { remedy: 'open the chat' })
  const { channels, hidden } = seenByBoth(world, person, viewer.subject)
  const audit = { command: 'read.view-as', ...auditBy(asker), target: person, reason }
  await commit(context, { entries: [], audit })
  const keyName = ring.nameOf(SESSION_KEY)
  const found = ring.find(keyName)
  if (found === undefined)
    throw new Failure('store_unavailable', 'there is no key to sign sessions with')
  const nowMs = context.now()
  const token = signToken({
    keyName,
    secret: found.secret,
    clientId: person.slice('user:'.length),
    revocationKey: viewer.sessionId,
    viewer: viewer.subject,
    id: context.randomId(9),
    // Everything, so that the screen shows what the person might do: that nothing is done is held elsewhere.
    capability: canonicalCapability(Object.fromEntries(channels.map((each) => [each, ['*']]))),
    ttlMs: VIEW_MS,
    nowMs,
  })
  return { token, endsAtMs: nowMs + VIEW_MS, channels, hidden }
}

/** True if somebody may still look on. */
export function mayView(world: World, viewer: SubjectId): boolean {
  return mayPlace(world, { credential: credentialOf(world, viewer), mayBeAnyone: false }, 'view-as')
}

function seenByBoth(world: World, person: SubjectId, viewer: SubjectId) {
  const theirs = visibleResources(world, credentialOf(world, person))
    .map((resource) => channelOf(world.policy, resource))
    .filter((channel) => channel !== undefined)
  const channels = theirs
    .filter((each) => seesAlike(world, viewer, person, each))
    .slice(0, MOST_CHANNELS)
  return { channels, hidden: theirs.length - channels.length }
}

/** As a session of theirs would ask. */
function credentialOf(world: World, subject: SubjectId): Credential {
  return { kind: 'token', key: SESSION_KEY, capability: governed(world), subject }
}
