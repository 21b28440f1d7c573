// What each kind of rights change needs on the tenant when it is made as such, not by a command of its own.

import { isDeepStrictEqual } from 'node:util'
import {
  exists,
  type ResourceId,
  type RightsChange,
  rolesHeld,
  setByKeys,
  subjectOf,
  TENANT_RELATION,
  TENANT_TYPE,
  tenantOf,
  typeOf,
  type World,
} from '@sayso/policy'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'
import { mayPlace, requirePlace, type TenantAction } from './require-place.ts'

const NEEDED = {
  assign: 'assign-role',
  unassign: 'assign-role',
  relate: 'assign-role',
  unrelate: 'assign-role',
  'put-request': 'assign-role',
  'remove-request': 'assign-role',
  'put-person': 'manage-people',
  'remove-person': 'manage-people',
  'put-resource': 'manage-app',
  'remove-resource': 'manage-app',
  'put-policy': 'edit-policy',
  'pass-time': 'edit-policy',
  'put-key': 'manage-keys',
  'remove-key': 'manage-keys',
  'revoke-tokens': 'manage-keys',
  'forget-revocation': 'manage-keys',
} as const satisfies Readonly<Record<RightsChange['kind'], TenantAction>>

/**
 * Asks on the document's own tenant, and of whoever may not there on the tenant that a change is about: so whoever
 * administers one tenant can change what is in it and nothing else. What is of no single tenant (people, keys, the policy)
 * is asked of the document's own alone.
 *
 * @throws {Failure} `denied`, for the first change that the asker may not make
 */
export function requireChanges(world: World, asker: Asker, changes: readonly RightsChange[]): void {
  const asked = new Set<string>()
  for (const change of changes) {
    requireSetter(world, asker, change)
    const action = NEEDED[change.kind]
    // Whoever runs the whole place runs every tenant of it.
    if (mayPlace(world, asker, action)) continue
    for (const tenant of tenantsOf(world, change, changes)) {
      const question = `${action} ${tenant}`
      if (asked.has(question)) continue
      asked.add(question)
      if (mayPlace(world, asker, action, tenant)) continue
      // Where something is tells nobody who has no part there: it is refused as what is nowhere.
      requirePlace(world, asker, action, hasPart(world, asker, tenant) ? tenant : undefined)
    }
  }
}

function hasPart(world: World, { credential }: Asker, tenant: ResourceId): boolean {
  const subject = subjectOf(credential)
  return subject !== undefined && rolesHeld(world, subject, tenant).length > 0
}

/** What the policy leaves to the owner's own server no person sets, whoever they are. @throws {Failure} `denied` */
function requireSetter({ policy, facts }: World, { credential }: Asker, change: RightsChange) {
  if (change.kind !== 'put-person' || credential.kind === 'key') return
  const before = facts.person(change.subject) ?? {}
  const names = [...new Set([...Object.keys(before), ...Object.keys(change.attributes)])]
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], change.attributes[name]))
  const [name] = setByKeys(policy.document.people, changed)
  if (name === undefined) return
  throw new Failure('denied', `\`${name}\` is set by the server of this place, not by people`, {
    remedy: 'set it with an API key, or leave it as it is',
  })
}

/** The tenants that a change is about: where a resource is, and where it goes. */
function tenantsOf(
  world: World,
  change: RightsChange,
  all: readonly RightsChange[],
): readonly ResourceId[] {
  switch (change.kind) {
    case 'assign':
    case 'unassign':
      return [tenantIn(world, change.tuple.resource, all)]
    case 'relate':
    case 'unrelate':
      return [
        tenantIn(world, change.resource, all),
        change.relation === TENANT_RELATION ? change.target : tenantIn(world, change.target, all),
      ]
    case 'put-resource':
    case 'remove-resource':
      return isTenant(change.resource)
        ? [world.policy.tenant]
        : [tenantIn(world, change.resource, all)]
    case 'put-request':
    case 'remove-request':
      return [tenantIn(world, change.resource, all)]
    default:
      return [world.policy.tenant]
  }
}

/** Where a resource is; one that these changes make is where they put it. */
function tenantIn(world: World, resource: ResourceId, all: readonly RightsChange[]): ResourceId {
  if (isTenant(resource) || exists(world, resource)) return tenantOf(world, resource)
  const put = all.find(
    (change) =>
      change.kind === 'relate' &&
      change.resource === resource &&
      change.relation === TENANT_RELATION,
  )
  return put?.kind === 'relate' ? put.target : tenantOf(world, resource)
}

function isTenant(resource: ResourceId): boolean {
  return typeOf(resource) === TENANT_TYPE
}
