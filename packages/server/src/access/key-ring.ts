// The keys of the app with their secrets opened: what proves a key string, and what signs and proves tokens.

import { timingSafeEqual } from 'node:crypto'
import type { KeyId, KeyRecord, World } from '@sayso/policy'
import { parseKeyName, parseKeyString } from '@sayso/protocol'
import type { ForeignTokens } from '../auth/foreign-tokens.ts'

export type KeyProof =
  | { readonly ok: true; readonly key: KeyRecord }
  | {
      readonly ok: false
      readonly why: 'malformed' | 'unknown_app' | 'unknown_key' | 'wrong_secret'
    }

export type KeyRing = {
  readonly appId: string
  /** Rights as of now; tokens that were taken back are in them. */
  world(): World
  /** Proves `app.key:secret`. */
  prove(keyString: string): KeyProof
  /** A key and its secret by name `app.key`; undefined if there is none now. */
  find(keyName: string): { readonly key: KeyRecord; readonly secret: string } | undefined
  nameOf(key: KeyId): string
  /** Tokens of a configured issuer; absent if there is none. */
  readonly foreign?: ForeignTokens
}

/**
 * @param world  read at every call: a key that was removed proves nothing from then on
 * @param unseal opens a sealed secret
 */
export function keyRing(
  appId: string,
  world: () => World,
  unseal: (sealed: string) => string,
  foreign?: ForeignTokens,
): KeyRing {
  // By sealed text, so that a rotated secret is never answered from here.
  const opened = new Map<string, string>()
  const secretOf = (key: KeyRecord): string => {
    const known = opened.get(key.sealedSecret)
    if (known !== undefined) return known
    const secret = unseal(key.sealedSecret)
    opened.set(key.sealedSecret, secret)
    return secret
  }
  const find: KeyRing['find'] = (keyName) => {
    const name = parseKeyName(keyName)
    if (name === undefined || name.appId !== appId) return undefined
    const key = world().keys.get(name.keyId as KeyId)
    return key === undefined ? undefined : { key, secret: secretOf(key) }
  }
  return {
    appId,
    world,
    ...(foreign === undefined ? {} : { foreign }),
    find,
    nameOf: (key) => `${appId}.${key}`,
    prove(keyString) {
      const parsed = parseKeyString(keyString)
      if (parsed === undefined) return { ok: false, why: 'malformed' }
      if (parsed.appId !== appId) return { ok: false, why: 'unknown_app' }
      const found = find(parsed.keyName)
      if (found === undefined) return { ok: false, why: 'unknown_key' }
      return sameSecret(parsed.secret, found.secret)
        ? { ok: true, key: found.key }
        : { ok: false, why: 'wrong_secret' }
    },
  }
}

function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
