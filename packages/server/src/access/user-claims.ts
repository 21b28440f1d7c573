// Claims of a token that concern channels: what the server says of its bearer, and how fast they may publish.

import { baseOf, type Capability, covers, roomOf } from '@sayso/policy'

/** `ably.channel.*`, `ably.room.*` and `ably.limits.*` claims as they stand in a JWT. */
export type UserClaims = Readonly<Record<string, string | number>>

type Kind = 'channel' | 'room' | 'rate'

const PREFIXES: readonly (readonly [Kind, string])[] = [
  ['channel', 'ably.channel.'],
  ['room', 'ably.room.'],
  ['rate', 'ably.limits.publish.perAttachment.maxRate.'],
]

type Claim = {
  readonly kind: Kind
  readonly pattern: string
  /** The pattern as a capability, so that it is matched by the one rule there is. */
  readonly on: Capability
  readonly value: string | number
}

// Claims live as long as their token; what was read of them goes when they go.
const known = new WeakMap<UserClaims, readonly Claim[]>()

/** What the server says of the bearer on a channel: the claim with the most specific pattern; room claims on rooms first. */
export function userClaimOn(claims: UserClaims, channel: string): string | undefined {
  const room = roomOf(baseOf(channel))
  const byRoom = room === undefined ? undefined : found(claims, 'room', room)
  const value = byRoom ?? found(claims, 'channel', channel)
  return typeof value === 'string' ? value : undefined
}

/** Publishes per second on one attachment; undefined: as many as anybody. */
export function publishRateOn(claims: UserClaims, channel: string): number | undefined {
  const value = found(claims, 'rate', channel)
  return typeof value === 'number' && value >= 0 ? value : undefined
}

function found(claims: UserClaims, kind: Kind, channel: string): string | number | undefined {
  return claimsIn(claims).find(
    (claim) => claim.kind === kind && covers(claim.on, channel, 'publish'),
  )?.value
}

/** Most specific first: without wildcards, then the longer pattern. */
function claimsIn(claims: UserClaims): readonly Claim[] {
  const read = known.get(claims)
  if (read !== undefined) return read
  const fresh = Object.entries(claims).flatMap(([name, value]) => {
    const prefix = PREFIXES.find(
      ([, start]) => name.startsWith(start) && name.length > start.length,
    )
    if (prefix === undefined) return []
    const pattern = name.slice(prefix[1].length)
    return [{ kind: prefix[0], pattern, on: { [pattern]: ['publish'] }, value }]
  })
  fresh.sort((a, b) => wildcards(a) - wildcards(b) || b.pattern.length - a.pattern.length)
  known.set(claims, fresh)
  return fresh
}

function wildcards({ pattern }: Claim): number {
  return pattern.split(':').filter((segment) => segment === '*').length
}
