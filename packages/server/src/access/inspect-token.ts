// What a token is worth now: whether it holds and why not, whose it is, and what its bearer may do. It says nothing of a
// token that its signature does not prove, and never anything of a secret.

import {
  type Action,
  allowedActions,
  type Capability,
  CapabilityInvalid,
  type ChannelName,
  delegable,
  intersectCapability,
  type KeyRecord,
  resourceOf,
  type World,
} from '@sayso/policy'
import { type Authenticated, examine, proveFirst, type Unrecognised } from './authenticate.ts'
import type { KeyRing } from './key-ring.ts'
import { knownChannels } from './known-channels.ts'

/** The calendar ends a little later; milliseconds since 1970. */
const LAST_INSTANT_MS = 8e15
/** Channels listed when none are asked about. */
const MOST_LISTED = 200

export type TokenInspection = {
  readonly valid: boolean
  /** Why it does not hold. */
  readonly failure?: Unrecognised
  /** The rest is said of a token whose signature holds, also of one that has ended. */
  readonly bearer?: Bearer
}

export type Bearer = {
  readonly keyName: string
  readonly key: KeyRecord
  /** True if the secret that signed it has been replaced and holds for a while. */
  readonly isByPrevious: boolean
  /** Absent: nobody in particular, or anybody. */
  readonly clientId?: string
  readonly mayBeAnyone: boolean
  readonly issuedAtMs: number
  readonly endsAtMs: number
  /** Its own name, by which it can be taken back; absent: it has none. */
  readonly id?: string
  /** The only places it may be shown from. */
  readonly addresses?: readonly string[]
  /** What it says it holds; absent: what its key does. */
  readonly says?: Capability
  /** What key and token together leave open, by pattern; the policy decides within it. Absent where entries hide others. */
  readonly may?: Capability
  readonly channels: readonly ChannelRights[]
}

export type ChannelRights = {
  readonly channel: ChannelName
  readonly actions: readonly Action[]
  /** The resource whose policy decides there too. */
  readonly resource?: string
}

export type Inspection = {
  readonly token: string
  /** Absent: the known channels on which it may do anything. */
  readonly channels?: readonly ChannelName[]
}

/** @param live names of channels that live now */
export async function inspectToken(
  ring: KeyRing,
  { token, channels }: Inspection,
  live: Iterable<ChannelName>,
  nowMs: number,
): Promise<TokenInspection> {
  await proveFirst(ring, { token })
  const now = examine(ring, { token }, nowMs)
  const before = now.ok ? now : whileGood(ring, token, now.failure)
  const bearer = before?.ok === true ? bearerOf(ring, before.who, channels, live) : undefined
  return {
    valid: now.ok,
    ...(now.ok ? {} : { failure: now.failure }),
    ...(bearer === undefined ? {} : { bearer }),
  }
}

/** Of a token that was good and has ended: what it was just before. */
function whileGood(ring: KeyRing, token: string, { endedAtMs }: Unrecognised) {
  // Beyond what a calendar knows there is nothing to tell.
  const isTellable = endedAtMs !== undefined && Math.abs(endedAtMs) < LAST_INSTANT_MS
  return isTellable ? examine(ring, { token }, endedAtMs - 1) : undefined
}

function bearerOf(
  ring: KeyRing,
  { asker, keyName, tokenEndsAtMs, addresses }: Authenticated,
  channels: readonly ChannelName[] | undefined,
  live: Iterable<ChannelName>,
): Bearer | undefined {
  const world = ring.world()
  const { credential, token, clientId, mayBeAnyone, provenBy } = asker
  const key = world.keys.get(credential.key)
  if (key === undefined || credential.kind === 'key' || token === undefined) return undefined
  const says = credential.capability
  const may = meetingOf(key, says)
  const rights = (channel: ChannelName): ChannelRights => {
    const resource = resourceOf(world.policy, channel)
    const actions = allowedActions(world, credential, channel)
    return { channel, actions, ...(resource === undefined ? {} : { resource }) }
  }
  return {
    keyName,
    key,
    isByPrevious: provenBy !== undefined && provenBy !== key.sealedSecret,
    ...(clientId === undefined ? {} : { clientId }),
    mayBeAnyone,
    issuedAtMs: token.issuedAtMs,
    ...(token.id === undefined ? {} : { id: token.id }),
    ...(addresses === undefined ? {} : { addresses }),
    endsAtMs: tokenEndsAtMs ?? token.issuedAtMs,
    ...(says === undefined ? {} : { says }),
    ...(may === undefined ? {} : { may }),
    channels: channels?.map(rights) ?? someRights(world, live, rights),
  }
}

function someRights(
  world: World,
  live: Iterable<ChannelName>,
  rights: (channel: ChannelName) => ChannelRights,
): readonly ChannelRights[] {
  const some: ChannelRights[] = []
  for (const channel of knownChannels(world, live)) {
    const each = rights(channel)
    if (each.actions.length > 0) some.push(each)
    if (some.length >= MOST_LISTED) break
  }
  return some
}

/** Undefined where no map says it: entries that hide others, or patterns that cross too often. */
function meetingOf(key: KeyRecord, says: Capability | undefined): Capability | undefined {
  if (key.match === 'most_specific') return undefined
  try {
    return intersectCapability(delegable(key), says ?? key.capability)
  } catch (error) {
    if (error instanceof CapabilityInvalid) return undefined
    throw error
  }
}
