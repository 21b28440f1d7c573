// Asking the policy on behalf of a command: a denial becomes the failure that carries its decision.

import {
  type About,
  type Action,
  authorize,
  type ChannelName,
  type Decision,
  decide,
  isStranger,
  type MessageChange,
  namespaceOf,
  type ResourceId,
  revokedAtMs,
  subjectOf,
  type World,
} from '@sayso/policy'
import type { Context } from '../context.ts'
import { isAstray } from '../desk/visitors/astray.ts'
import { isMeta } from '../meta-channels.ts'
import type { Asker } from './asker.ts'
import { seesAlike } from './eyes.ts'
import { Failure, type RefusedQuestion } from './failure.ts'
import { asksForMessage } from './message-state.ts'
import { refusalText } from './refusal-text.ts'
import { seen } from './witness.ts'

/** @throws {Failure} `denied`, with the decision and its wording for the person concerned */
export function require(world: World, asker: Asker, action: Action, channel: ChannelName): void {
  if (asker.token !== undefined && revokedAtMs(world, asker.token) === Number.NEGATIVE_INFINITY)
    throw new Failure('token_revoked', 'the token was revoked')
  if (isMeta(channel) && !READING.has(action)) throw readOnly(channel)
  requireOwnEyes(world, asker, action, channel)
  requireNotNarrowed(asker, action, channel)
  const decision = authorize(world, asker.credential, action, channel)
  requireAllowed(world, decision, asker, action, channel)
}

function requireAllowed(
  world: World,
  decision: Decision,
  asker: Asker,
  action: Action,
  channel: ChannelName,
  about?: () => About,
): void {
  if (!decision.allowed) throw denied(world, decision, asker, action, channel, about)
  if (isStranger(world, asker.credential, channel)) throw strange(channel)
  if (isAstray(world, asker.credential, channel))
    throw new Failure('denied', `\`${action}\` on \`${channel}\` is not allowed`)
  seen(() => questionOf(asker, action, channel, about), decision)
}

/** @throws {Failure} `denied`: an administrator took it from this one connection */
function requireNotNarrowed({ narrowed }: Asker, action: Action, channel: ChannelName): void {
  if (narrowed?.get(channel)?.has(action) !== true) return
  throw new Failure('denied', `\`${action}\` was taken from this connection on \`${channel}\``, {
    remedy: 'ask an administrator',
  })
}

/** @throws {Failure} `view_only`: who looks on as somebody else reads */
function requireReading({ viewer }: Asker, action: Action): void {
  if (viewer === undefined || VIEWING.has(action)) return
  throw new Failure('view_only', `a view of somebody does not \`${action}\``, {
    remedy: 'leave the view',
  })
}

/** @throws {Failure} `view_only`: who looks on reads only what they might read themselves */
function requireOwnEyes(world: World, asker: Asker, action: Action, channel: ChannelName): void {
  requireReading(asker, action)
  const { viewer, credential } = asker
  if (viewer === undefined) return
  const person = subjectOf(credential)
  if (person !== undefined && seesAlike(world, viewer, person, channel)) return
  throw new Failure('view_only', `you may not read \`${channel}\` as they do`, {
    remedy: 'leave the view',
  })
}

const VIEWING: ReadonlySet<Action> = new Set([
  'subscribe',
  'history',
  'channel-metadata',
  'annotation-subscribe',
])

/** What the server alone writes to. */
const READING: ReadonlySet<Action> = new Set(['subscribe', 'history', 'channel-metadata'])

function readOnly(channel: ChannelName): Failure {
  return new Failure('denied', `\`${channel}\` is read only`)
}

/** @throws {Failure} `immutable` */
export function requireMutable(world: World, channel: ChannelName): void {
  if (namespaceOf(world.policy, channel).mutable) return
  throw new Failure('immutable', `messages of \`${channel}\` cannot be changed or annotated`)
}

/** Only people with an identity may be there. */
export function strange(channel: ChannelName): Failure {
  return new Failure('client_id_required', `\`${channel}\` is for people with an identity`, {
    remedy: 'use a token with a clientId',
  })
}

/** Asks about the world as it stands, outside of a commit. @throws {Failure} `denied` */
export function requireNow(
  context: Context,
  asker: Asker,
  action: Action,
  channel: ChannelName,
): void {
  context.refusals.noting(() => require(context.standing.world, asker, action, channel))
}

/**
 * Asks about one message. What it holds is read only if the policy wants to see it.
 *
 * @throws {Failure} `denied`
 */
export function requireMessage(
  world: World,
  asker: Asker,
  action: Action,
  channel: ChannelName,
  change: () => MessageChange,
): void {
  if (isMeta(channel) && !READING.has(action)) throw readOnly(channel)
  requireOwnEyes(world, asker, action, channel)
  requireNotNarrowed(asker, action, channel)
  const decision = decideMessage(world, asker, action, channel, change)
  const about = () => ({ message: change(), context: { channel } })
  requireAllowed(world, decision, asker, action, channel, about)
}

/** The decision about one message, on this channel, by this credential. */
export function decideMessage(
  world: World,
  asker: Asker,
  action: Action,
  channel: ChannelName,
  change: () => MessageChange,
): Decision {
  if (!asksForMessage(world.policy, action, channel))
    return authorize(world, asker.credential, action, channel)
  const about = { message: change(), context: { channel } }
  return authorize(world, asker.credential, action, channel, about)
}

function questionOf(
  { credential, door }: Asker,
  action: Action,
  on: string,
  about: (() => About) | undefined,
): RefusedQuestion {
  const more = {
    ...(door === undefined ? {} : { door }),
    ...(about === undefined ? {} : { about }),
  }
  return { credential, action, on, ...more }
}

/** The failure a denial becomes; it remembers the question, so that it can be explained. */
export function denied(
  world: World,
  decision: Decision,
  asker: Asker,
  action: Action,
  on: string,
  about?: () => About,
): Failure {
  const { message, remedy } = refusalText(world, asker.credential, decision, action, on)
  const question = questionOf(asker, action, on, about)
  return new Failure('denied', message, {
    decision,
    question,
    ...(remedy === undefined ? {} : { remedy }),
  })
}

/**
 * Asks for one of the app's own verbs on a resource: a person needs the action, a key the `admin` scope.
 *
 * @throws {Failure} `denied`, `identity_required`
 */
export function requireVerb(
  world: World,
  asker: Asker,
  action: Action,
  resource: ResourceId,
): void {
  const { credential } = asker
  requireReading(asker, action)
  if (asker.isForeman === true) return
  if (credential.kind === 'key') {
    if (world.keys.get(credential.key)?.scopes.includes('admin') === true) return
    throw new Failure('denied', 'this key may not change rights', {
      remedy: 'use a key with the `admin` scope',
    })
  }
  const { subject } = credential
  if (subject === undefined)
    throw new Failure('identity_required', 'to change rights you must be signed in')
  const decision = decide(world, { subject, action, resource })
  if (!decision.allowed) throw denied(world, decision, asker, action, resource)
}
