// Keys as our own API reads and shows them. Permissions may be a list for every channel, that list on some patterns, or a
// map; what is stored is always the map.

import {
  type Capability,
  CapabilityInvalid,
  canonicalCapability,
  type KeyId,
  type KeyRecord,
  parsePermissions,
  type ResourceId,
  TENANT_TYPE,
} from '@sayso/policy'
import * as z from 'zod'
import { isAddressOrNetwork, MOST_ADDRESSES } from '../../auth/address-list.ts'
import { Failure } from '../../commands/failure.ts'
import type { KeyTerms } from '../../commands/key-terms.ts'
import type { AppRest } from './deps.ts'
import { resourceIdIn } from './names-in.ts'
import { instant } from './shapes.ts'

const words = z.array(z.string().max(64)).max(64)
const map = z.record(z.string().max(2_048), words)
const permissions = z
  .union([words, map])
  .describe('a list for every channel, or lists by channel pattern; empty: nothing')
const patterns = z
  .array(z.string().min(1).max(2_048))
  .max(256)
  .describe('where a list of permissions holds; empty: in every channel')

export const permissionTerms = {
  permissions: permissions.optional(),
  patterns: patterns.optional(),
  match: z
    .enum(['union', 'most_specific'])
    .optional()
    .describe('whether all entries that match count, or the most specific one only'),
}

export const mayDelegate = z
  .union([z.enum(['own', 'everything']), words, map])
  .describe('what tokens signed by it may do at most; `own`: what it may itself')

export const keyBody = z.strictObject({
  name: z.string().trim().min(1).max(64),
  ...permissionTerms,
  mayDelegate: mayDelegate.optional(),
  scopes: z
    .array(z.enum(['admin', 'decisions']))
    .max(2)
    .optional(),
  tenant: z
    .string()
    .max(64)
    .nullable()
    .optional()
    .describe('only channels that resources of this tenant govern; null: every channel'),
  revocableTokens: z.boolean().optional(),
  allowedAddresses: z
    .array(z.string().refine(isAddressOrNetwork, 'write `203.0.113.7` or `10.0.0.0/8`'))
    .min(1)
    .max(MOST_ADDRESSES)
    .nullable()
    .optional()
    .describe(
      'where the key itself may be used from; null: anywhere. Its tokens say for themselves',
    ),
  expiresAt: instant.nullable().optional(),
})
export const keyEdit = keyBody.partial()
type KeyEdit = z.output<typeof keyEdit>

export const keyShape = z
  .object({
    id: z.string(),
    keyName: z.string().describe('`app.key`, public: what tokens name as `kid`'),
    name: z.string(),
    capability: map.describe('what it may do itself, by channel pattern'),
    permissions: words.optional().describe('the one list, where all patterns have the same'),
    patterns: words.optional().describe('then: where; empty: in every channel'),
    mayDelegate: z.union([z.enum(['own', 'everything']), map]),
    scopes: words,
    tenant: z.string().optional().describe('absent: of the whole app'),
    match: z.enum(['union', 'most_specific']),
    revocableTokens: z.boolean(),
    createdAt: z.string(),
    allowedAddresses: words.optional().describe('absent: anywhere'),
    expiresAt: z.string().optional(),
    previousSecretUntil: z.string().optional().describe('an older secret holds until then'),
    lastUsedAt: z.string().optional().describe('absent: never'),
    addressesLastHour: z
      .int()
      .describe(
        'from how many different addresses the key itself was shown within the last hour, since the server runs; tokens it signed do not count',
      ),
    connections: z.int().describe('live ones that came by it, or by a token it signed'),
    level: z.enum(['organization', 'project']).optional(),
    project: z.string().optional(),
  })
  .meta({ id: 'Key' })

/** A key as it is shown, without anything of its secrets. */
export function keyView(
  { ring, hub }: Pick<AppRest, 'ring' | 'hub'>,
  key: KeyRecord,
  uses = usesOf(hub),
): z.output<typeof keyShape> {
  const { id, name, capability, scopes, expiresAtMs, previous, level, project } = key
  const usedAtMs = ring.uses.lastUseMs(id)
  return {
    id,
    keyName: ring.nameOf(id),
    name,
    capability: capability as Record<string, string[]>,
    ...crossOf(capability),
    mayDelegate: delegationOf(key.mayDelegate),
    scopes: [...scopes],
    ...(key.tenant === undefined ? {} : { tenant: key.tenant.slice(key.tenant.indexOf(':') + 1) }),
    match: key.match ?? 'union',
    revocableTokens: key.revocableTokens !== false,
    ...(key.allowedAddresses === undefined ? {} : { allowedAddresses: [...key.allowedAddresses] }),
    createdAt: iso(key.createdAtMs),
    ...(expiresAtMs === undefined ? {} : { expiresAt: iso(expiresAtMs) }),
    ...(previous === undefined ? {} : { previousSecretUntil: iso(previous.untilMs) }),
    ...(usedAtMs === undefined ? {} : { lastUsedAt: iso(usedAtMs) }),
    addressesLastHour: ring.uses.addressesLastHour(id),
    connections: uses.get(id) ?? 0,
    ...(level === undefined ? {} : { level }),
    ...(project === undefined ? {} : { project }),
  }
}

/** How many live connections each key has. */
export function usesOf(hub: AppRest['hub']): ReadonlyMap<KeyId, number> {
  const uses = new Map<KeyId, number>()
  for (const { asker } of hub.connections()) {
    const { key } = asker.credential
    uses.set(key, (uses.get(key) ?? 0) + 1)
  }
  return uses
}

const EVERYTHING: Capability = { '*': ['*'] }

function delegationOf(mayDelegate: Capability | undefined) {
  if (mayDelegate === undefined) return 'own'
  return canonicalCapability(mayDelegate) === canonicalCapability(EVERYTHING)
    ? 'everything'
    : (mayDelegate as Record<string, string[]>)
}

const iso = (atMs: number): string => new Date(atMs).toISOString()

/** A map in which every pattern has the same list, as that list and its patterns. */
function crossOf(capability: Capability) {
  const names = Object.keys(capability)
  const [first = []] = Object.values(capability)
  const isCross = Object.values(capability).every((list) => list.join() === first.join())
  if (!isCross) return {}
  const isEverywhere = names.length === 1 && names[0] === '*'
  return { permissions: [...first], patterns: isEverywhere ? [] : names }
}

/** The terms of a new key. What is not said is the least: no permissions, no scopes. @throws {Failure} `invalid` */
export function newTerms(body: z.output<typeof keyBody>): KeyTerms {
  const none = { name: body.name, capability: {}, scopes: [] }
  return termsOf(body, none)
}

/** The terms of a key after an edit; what is not named stays. @throws {Failure} `invalid` */
export function termsOf(edit: KeyEdit, before: KeyTerms): KeyTerms {
  const { mayDelegate, expiresAt } = edit
  return {
    name: edit.name ?? before.name,
    capability: capabilityOf(edit, before.capability),
    mayDelegate: mayDelegate === undefined ? before.mayDelegate : readDelegation(mayDelegate),
    scopes: edit.scopes === undefined ? before.scopes : [...new Set(edit.scopes)].sort(),
    tenant: tenantOf(edit.tenant, before.tenant),
    match: matchOf(edit.match, before.match),
    revocableTokens: edit.revocableTokens === false ? false : revocable(edit, before),
    expiresAtMs: expiresAt === undefined ? before.expiresAtMs : (expiresAt ?? undefined),
    allowedAddresses: addressesOf(edit.allowedAddresses, before.allowedAddresses),
    level: before.level,
    project: before.project,
  }
}

function revocable(edit: KeyEdit, before: KeyTerms): boolean | undefined {
  return edit.revocableTokens === undefined ? before.revocableTokens : undefined
}

/** @throws {Failure} `invalid` */
function tenantOf(
  said: string | null | undefined,
  before: ResourceId | undefined,
): ResourceId | undefined {
  if (said === undefined) return before
  return said === null ? undefined : resourceIdIn(`${TENANT_TYPE}:${said}`)
}

function addressesOf(
  said: KeyEdit['allowedAddresses'],
  before: KeyTerms['allowedAddresses'],
): KeyTerms['allowedAddresses'] {
  return said === undefined ? before : (said ?? undefined)
}

/** The usual way is not written down. */
function matchOf(said: KeyTerms['match'], before: KeyTerms['match']): KeyTerms['match'] {
  const match = said ?? before
  return match === 'union' ? undefined : match
}

/** What tokens may hold at most, as it was said; undefined: what the key may. @throws {Failure} `invalid` */
export function readDelegation(said: NonNullable<KeyEdit['mayDelegate']>): Capability | undefined {
  if (said === 'own') return undefined
  return said === 'everything' ? EVERYTHING : read(said)
}

type PermissionTerms = Pick<KeyEdit, 'permissions' | 'patterns'>

/**
 * What permissions and patterns make together. A list without patterns stays where the key is; patterns without a list
 * move the one list the key has.
 *
 * @throws {Failure} `invalid`
 */
export function capabilityOf(
  { permissions, patterns }: PermissionTerms,
  before: Capability,
): Capability {
  if (permissions === undefined && patterns === undefined) return before
  if (permissions !== undefined && !Array.isArray(permissions)) {
    if (patterns === undefined) return read(permissions)
    throw invalid('`patterns` stand beside a list of permissions, not beside a map')
  }
  const known = crossOf(before)
  const list = permissions ?? known.permissions
  const places = patterns ?? known.patterns
  if (list === undefined || places === undefined)
    throw invalid('the patterns of this key have different permissions: give them as a map')
  if (places.length === 0) return read(list)
  return read(Object.fromEntries(places.map((pattern) => [pattern, list])))
}

function read(said: unknown): Capability {
  try {
    return parsePermissions(said)
  } catch (error) {
    if (!(error instanceof CapabilityInvalid)) throw error
    throw new Failure('invalid', error.message, { remedy: error.remedy })
  }
}

function invalid(message: string): Failure {
  return new Failure('invalid', message, {
    remedy: 'give `permissions` as an object from patterns to lists',
  })
}
