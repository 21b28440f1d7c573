// The keys of the app with their secrets opened: what proves a key string, and what signs and proves tokens.

import type { KeyId, KeyRecord, World } from '@sayso/policy'
import { parseKeyName, parseKeyString } from '@sayso/protocol'
import type { ForeignTokens } from '../auth/foreign-tokens.ts'
import { sameText } from '../auth/same-text.ts'
import type { Sealer } from '../auth/sealed.ts'
import { type KeySecrets, provingSecret } from '../auth/token-claims.ts'
import type { KeyUses } from './key-uses.ts'

export type KeyProof =
  | {
      readonly ok: true
      readonly key: KeyRecord
      /** The secret that proved it, sealed: what is proved holds for as long as the key has it. */
      readonly provenBy: string
    }
  | {
      readonly ok: false
      readonly why: 'malformed' | 'unknown_app' | 'unknown_key' | 'wrong_secret'
    }

/** A key with its secrets opened. */
export type FoundKey = KeySecrets & { readonly key: KeyRecord }

export type KeyRing = {
  readonly appId: string
  /** True: who holds no key of this app must not learn that it exists. */
  readonly isHidden: boolean
  /** Rights as of now; tokens that were taken back are in them. */
  world(): World
  /** Proves `app.key:secret`. */
  prove(keyString: string): KeyProof
  /** A key and its secrets by name `app.key`; undefined if there is none now. */
  find(keyName: string): FoundKey | undefined
  nameOf(key: KeyId): string
  /** Seals a new secret. */
  seal(secret: string): string
  /** When keys were last used. */
  readonly uses: KeyUses
  /** Tokens of a configured issuer; absent if there is none. */
  readonly foreign?: ForeignTokens
}

/** Opened secrets that are remembered. */
const MOST_OPENED = 4_000

/** @param world read at every call: a key that was removed proves nothing from then on */
export function keyRing(
  appId: string,
  world: () => World,
  sealer: Sealer,
  uses: KeyUses,
  { foreign, isHidden = false }: { foreign?: ForeignTokens | undefined; isHidden?: boolean } = {},
): KeyRing {
  // By sealed text, so that a rotated secret is never answered from here.
  const opened = new Map<string, string>()
  const open = (sealed: string): string => {
    const known = opened.get(sealed)
    if (known !== undefined) return known
    const secret = sealer.open(sealed)
    // Of keys that are gone nothing is kept for ever.
    if (opened.size >= MOST_OPENED) opened.clear()
    opened.set(sealed, secret)
    return secret
  }
  const find: KeyRing['find'] = (keyName) => {
    const name = parseKeyName(keyName)
    if (name === undefined || name.appId !== appId) return undefined
    const key = world().keys.get(name.keyId as KeyId)
    if (key === undefined) return undefined
    const { previous } = key
    const before = previous === undefined ? {} : { previousSecret: open(previous.sealedSecret) }
    return { key, secret: open(key.sealedSecret), ...before }
  }
  return {
    appId,
    isHidden,
    world,
    uses,
    ...(foreign === undefined ? {} : { foreign }),
    find,
    nameOf: (key) => `${appId}.${key}`,
    seal: (secret) => sealer.seal(secret),
    prove(keyString) {
      const parsed = parseKeyString(keyString)
      if (parsed === undefined) return { ok: false, why: 'malformed' }
      if (parsed.appId !== appId) return { ok: false, why: 'unknown_app' }
      const found = find(parsed.keyName)
      if (found === undefined) return { ok: false, why: 'unknown_key' }
      const { key } = found
      const proof = provingSecret(found, (secret) => sameText(parsed.secret, secret))
      if (proof === undefined) return { ok: false, why: 'wrong_secret' }
      return { ok: true, key, provenBy: sealedOf(key, proof === 'previous') }
    },
  }
}

/** The sealed form of the secret a key has, or had before. */
export function sealedOf(key: KeyRecord, isPrevious: boolean): string {
  return (isPrevious ? key.previous?.sealedSecret : undefined) ?? key.sealedSecret
}

/** True while the key still has the secret something was proved by. */
export function stillProves(key: KeyRecord, provenBy: string): boolean {
  const { sealedSecret, previous } = key
  return sameText(sealedSecret, provenBy) || sameText(previous?.sealedSecret ?? '', provenBy)
}
