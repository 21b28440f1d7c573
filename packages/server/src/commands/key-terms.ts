// What the commands over keys have in common: the terms of a key, who may change keys, and what the audit log shows of one.

import {
  type Capability,
  exists,
  type KeyId,
  type KeyRecord,
  type KeyScope,
  type Match,
  type ResourceId,
  type World,
} from '@sayso/policy'
import type { JsonObject } from '@sayso/store'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'
import { SESSION_KEY } from './found-app.ts'
import { mayAdminister } from './require-admin.ts'
import { requirePlace } from './require-place.ts'

/** What can be said of a key. */
export type KeyTerms = {
  /** Unique in the app. */
  readonly name: string
  readonly capability: Capability
  /** Absent: its own. */
  readonly mayDelegate?: Capability | undefined
  readonly scopes: readonly KeyScope[]
  /** Absent: of the whole app. */
  readonly tenant?: ResourceId | undefined
  readonly match?: Match | undefined
  readonly revocableTokens?: boolean | undefined
  /** Milliseconds since 1970. */
  readonly expiresAtMs?: number | undefined
  /** Absent: anywhere. */
  readonly allowedAddresses?: readonly string[] | undefined
  readonly level?: KeyRecord['level']
  readonly project?: string | undefined
}

const MOST_KEYS = 1_000

/** @throws {Failure} `denied` */
export function requireKeys(world: World, asker: Asker): void {
  requirePlace(world, asker, 'manage-keys')
}

/**
 * Checks what a key is to become.
 *
 * @param before what it was; absent: it is new
 * @throws {Failure} `denied`, `conflict`, `invalid`
 */
export function requireTerms(
  world: World,
  asker: Asker,
  key: KeyRecord,
  nowMs: number,
  before?: KeyRecord,
): void {
  requireTenant(world, key)
  if (before?.scopes.includes('admin') !== true) requireAdminFor(world, asker, key)
  if (before === undefined && world.keys.size >= MOST_KEYS) {
    throw new Failure('conflict', `there are ${MOST_KEYS} keys already`, {
      remedy: 'revoke some that are not used',
    })
  }
  for (const other of world.keys.values()) {
    if (other.id === key.id || other.name !== key.name) continue
    throw new Failure('conflict', `another key is called \`${key.name}\``, {
      remedy: 'choose another name',
    })
  }
  if (key.expiresAtMs !== undefined && key.expiresAtMs <= nowMs) {
    throw new Failure('invalid', 'the key would have expired already', {
      remedy: 'give an instant to come, or revoke the key',
    })
  }
}

/** @throws {Failure} `resource_unknown`, `invalid` */
function requireTenant(world: World, { tenant, scopes }: KeyRecord): void {
  if (tenant === undefined) return
  if (!exists(world, tenant)) {
    throw new Failure('resource_unknown', `there is no \`${tenant}\``, { remedy: 'make it first' })
  }
  if (scopes.length === 0) return
  throw new Failure(
    'invalid',
    'a key of one tenant cannot administer or decide for the whole app',
    {
      remedy: 'leave `scopes` or `tenant` out',
    },
  )
}

/** Who is handed the secret of a key must not gain by it. @throws {Failure} `denied` */
export function requireAdminFor(
  world: World,
  asker: Asker,
  { scopes }: Pick<KeyRecord, 'scopes'>,
): void {
  if (!scopes.includes('admin') || mayAdminister(world, asker)) return
  throw new Failure('denied', 'a key with the `admin` scope may do more than you', {
    remedy: 'ask an administrator',
  })
}

/** The key a command is about. @throws {Failure} `key_unknown` */
export function keyNamed(world: World, id: KeyId): KeyRecord {
  const key = id === SESSION_KEY ? undefined : world.keys.get(id)
  if (key !== undefined) return key
  throw new Failure('key_unknown', `there is no key \`${id}\``, {
    remedy: 'it may have been revoked or have expired; list the keys',
  })
}

/** Makes a record of terms; what is undefined is left out. */
export function keyOfTerms(
  terms: KeyTerms,
  rest: Pick<KeyRecord, 'id' | 'sealedSecret' | 'previous' | 'createdAtMs'>,
): KeyRecord {
  const said = Object.entries({ ...terms, ...rest }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(said) as unknown as KeyRecord
}

/** A key as the audit log shows it: nothing of its secrets, not even sealed. */
export function shownKey({ sealedSecret: _, previous, ...shown }: KeyRecord): JsonObject {
  const overlap = previous === undefined ? {} : { previousUntilMs: previous.untilMs }
  return JSON.parse(JSON.stringify({ ...shown, ...overlap }))
}
