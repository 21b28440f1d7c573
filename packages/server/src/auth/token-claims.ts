// What a realtime token says once it has been proved, and the closed set of ways it can fail.

import type { Capability } from '@sayso/policy'

/** A token lives at most this long, whoever signed it; milliseconds. */
export const MAX_TOKEN_MS = 86_400_000

/** How far other people's clocks may be ahead of ours; milliseconds. An end is never stretched by it. */
export const CLOCK_LEEWAY_MS = 30_000

/** Longer texts are refused unread; characters. */
export const MAX_TOKEN_CHARACTERS = 65_536

/** A proved token. Everything in it is a ceiling: live policy still decides. */
export type TokenClaims = {
  /** `app.key`, the key that signed it. */
  readonly keyName: string
  /** Absent: anonymous. `*`: may act as anyone. Never empty. */
  readonly clientId?: string
  /** Absent: what the key itself may do. Not looked into yet, unless `isRead`. */
  readonly capability?: Capability
  /** True: the capability was read from permissions, so that it may hold empty lists. */
  readonly isRead?: boolean
  /** Milliseconds since 1970; of a JWT without `iat`: the start of its longest possible life. */
  readonly issuedMs: number
  readonly expiresMs: number
  /** Token id, if it has one. */
  readonly id?: string
  /** Label for bulk revocation. */
  readonly revocationKey?: string
  /** The only addresses and networks it may be shown from; absent: anywhere. */
  readonly addresses?: readonly string[]
  /** `ably.channel.*`, `ably.room.*` and `ably.limits.*` claims as they stand in a JWT. */
  readonly userClaims: Readonly<Record<string, string | number>>
  /** Who looks on as the person; reads only. */
  readonly viewer?: string
  /** True: signed with the secret its key had before. */
  readonly isByPrevious?: boolean
  /** True: another issuer signed it, who knows nothing of our keys. */
  readonly isForeign?: boolean
}

/**
 * Why a token was refused. 40142, 40144 and 40145 make clients fetch a new one; 40101 makes them stop.
 *
 * - `unparseable`  not a token at all, or a native token with a wrong mac
 * - `invalid_jwt`  a JWT that does not hold: signature, algorithm, claims, lifetime
 * - `expired`      was good, has ended
 * - `unknown_key`  names a key that does not exist (`keyName`); where the protocol wants 40400, the edge says so
 */
export type TokenFailure = {
  readonly name: 'unparseable' | 'invalid_jwt' | 'expired' | 'unknown_key'
  readonly code: 40145 | 40144 | 40142 | 40101
  readonly statusCode: 401
  readonly message: string
  readonly keyName?: string
  /** When a good token ended; milliseconds. */
  readonly endedAtMs?: number
}

export type TokenReading =
  | { readonly ok: true; readonly claims: TokenClaims }
  | { readonly ok: false; readonly failure: TokenFailure }

/** What proves a key now: its secret, and the one before for as long as both hold. */
export type KeySecrets = { readonly secret: string; readonly previousSecret?: string }

/** Finds the secrets of a key by its name `app.key`; absent: no such key. */
export type KeyLookup = (keyName: string) => KeySecrets | undefined

/** Which secret of a key proves something; undefined if none does. Both are always tried. */
export function provingSecret(
  { secret, previousSecret }: KeySecrets,
  proves: (secret: string) => boolean,
): 'present' | 'previous' | undefined {
  const isPresent = proves(secret)
  const isPrevious = previousSecret !== undefined && proves(previousSecret)
  if (isPresent) return 'present'
  return isPrevious ? 'previous' : undefined
}

const CODES = {
  unparseable: 40145,
  invalid_jwt: 40144,
  expired: 40142,
  unknown_key: 40101,
} as const satisfies Record<TokenFailure['name'], TokenFailure['code']>

/** Refuses a token with the code of its kind of failure. */
export function refuse(
  name: Exclude<TokenFailure['name'], 'unknown_key' | 'expired'>,
  message: string,
): TokenReading {
  return { ok: false, failure: { name, code: CODES[name], statusCode: 401, message } }
}

/** Refuses a good token that has ended. */
export function refuseExpired(endedAtMs: number): TokenReading {
  const code = CODES.expired
  const message = 'the token has expired'
  return { ok: false, failure: { name: 'expired', code, statusCode: 401, message, endedAtMs } }
}

/** Refuses a token whose key does not exist. */
export function refuseUnknownKey(keyName: string): TokenReading {
  const message = `the token was signed by \`${keyName}\`, which is not a key of this server`
  const code = CODES.unknown_key
  return { ok: false, failure: { name: 'unknown_key', code, statusCode: 401, message, keyName } }
}

/** Reads a capability in its text form; undefined if it is not a JSON object of string lists. */
export function readCapability(text: unknown): Capability | undefined {
  if (typeof text !== 'string') return undefined
  const value = readJsonObject(text)
  if (value === undefined) return undefined
  const lists = Object.entries(value)
  const isCapability = lists.every(
    ([, operations]) =>
      Array.isArray(operations) && operations.every((operation) => typeof operation === 'string'),
  )
  // Rebuilt as own properties, so that a resource called `__proto__` stays data.
  return isCapability ? (Object.fromEntries(lists) as Capability) : undefined
}

/** Parses a JSON object; undefined for anything else, never throws. */
export function readJsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
