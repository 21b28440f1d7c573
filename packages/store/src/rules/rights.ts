// Which rights changes change anything. Each fact has one slot; the rows in the slots, folded, are the rights of now.

import type { ResourceId, Revocation, RightsChange } from '@sayso/policy'
import { canonicalJson } from './plain.ts'

/** The facts that hold, one row each. A backend keeps them where it likes; `put` keeps the place of an old row. */
export type RightsRows = {
  get(slot: string): RightsChange | undefined
  put(slot: string, change: RightsChange): void
  delete(slot: string): void
  /** The slots of what hangs on a resource, by `hangsOn`. */
  hangingOn(resource: ResourceId): readonly string[]
}

/** Facts others build on come first when the rows are read back: policy, resources, people, keys, roles, relations. */
export function rankOf(change: RightsChange): number {
  switch (change.kind) {
    case 'put-policy':
      return 0
    case 'put-resource':
    case 'remove-resource':
      return 1
    case 'put-person':
    case 'remove-person':
      return 2
    case 'put-key':
    case 'remove-key':
      return 3
    case 'assign':
    case 'unassign':
      return 4
    case 'put-request':
    case 'remove-request':
      return 5
    case 'relate':
    case 'unrelate':
      return 6
    case 'pass-time':
      return 7
    case 'revoke-tokens':
    case 'forget-revocation':
      return 8
  }
}

/** The one fact a change is about, as text that no other fact has. */
function slotOf(change: RightsChange): string {
  switch (change.kind) {
    case 'put-policy':
      return '["policy"]'
    case 'put-resource':
    case 'remove-resource':
      return JSON.stringify(['resource', change.resource])
    case 'put-person':
    case 'remove-person':
      return JSON.stringify(['person', change.subject])
    case 'put-request':
    case 'remove-request':
      return JSON.stringify(['request', change.resource, change.subject])
    case 'put-key':
      return JSON.stringify(['key', change.key.id])
    case 'remove-key':
      return JSON.stringify(['key', change.key])
    case 'revoke-tokens':
    case 'forget-revocation':
      return revocationSlot(change.revocation)
    case 'assign':
    case 'unassign': {
      const { resource, role, subject } = change.tuple
      return JSON.stringify(['role', resource, role, subject])
    }
    case 'relate':
    case 'unrelate':
      return JSON.stringify(['relation', change.resource, change.relation, change.target])
    case 'pass-time':
      return '["time"]'
  }
}

function revocationSlot({ key, target, appliesAtMs }: Revocation): string {
  const leavesTime = appliesAtMs !== undefined
  return JSON.stringify(['revocation', key, target.type, target.value, leavesTime])
}

/** The resources, two at most, of which each takes this fact along when it goes; none for facts that stand alone. */
export function hangsOn(change: RightsChange): readonly ResourceId[] {
  switch (change.kind) {
    case 'assign':
      return [change.tuple.resource]
    case 'put-request':
      return [change.resource]
    case 'relate':
      return [change.resource, change.target]
    default:
      return []
  }
}

/**
 * Applies a change to the rows and says whether it changed anything.
 *
 * A resource takes the roles held on it, the requests for it and the relations from and to it along: what is later made
 * under the same name starts without them. A tenant takes everything in it along, likewise; a resource that joins a tenant
 * leaves the one before. Time never goes back.
 */
export function applyChange(rows: RightsRows, change: RightsChange): boolean {
  const slot = slotOf(change)
  const before = rows.get(slot)
  switch (change.kind) {
    case 'unassign':
    case 'remove-key':
    case 'remove-person':
    case 'remove-request':
    case 'unrelate':
    case 'forget-revocation':
      rows.delete(slot)
      return before !== undefined
    case 'remove-resource':
      return [...membersOf(rows, change.resource), change.resource]
        .map((resource) => removeResource(rows, resource))
        .includes(true)
    case 'relate':
      if (before !== undefined) return false
      if (change.relation === TENANT_RELATION) leaveTenant(rows, change.resource)
      rows.put(slot, change)
      return true
    case 'pass-time':
      if (before?.kind === 'pass-time' && before.atMs >= change.atMs) return false
      rows.put(slot, change)
      return true
    default:
      if (before !== undefined && canonicalJson(before) === canonicalJson(change)) return false
      rows.put(slot, change)
      return true
  }
}

/** As the policy spells it; written out, so that the thread that writes need not load the policy. */
const TENANT_RELATION = 'tenant'
const isTenant = (resource: ResourceId) => resource.startsWith('tenant:')

/** True if anything was there. */
function removeResource(rows: RightsRows, resource: ResourceId): boolean {
  const slot = slotOf({ kind: 'remove-resource', resource })
  const isKnown = rows.get(slot) !== undefined
  const hanging = rows.hangingOn(resource)
  for (const each of hanging) rows.delete(each)
  rows.delete(slot)
  return isKnown || hanging.length > 0
}

/** What is in a tenant; a tenant is in no other. */
function membersOf(rows: RightsRows, tenant: ResourceId): readonly ResourceId[] {
  if (!isTenant(tenant)) return []
  return tenanciesOn(rows, tenant)
    .filter(({ resource, target }) => target === tenant && !isTenant(resource))
    .map(({ resource }) => resource)
}

function leaveTenant(rows: RightsRows, resource: ResourceId): void {
  for (const tenancy of tenanciesOn(rows, resource)) {
    if (tenancy.resource === resource) rows.delete(slotOf(tenancy))
  }
}

function tenanciesOn(
  rows: RightsRows,
  resource: ResourceId,
): readonly Extract<RightsChange, { kind: 'relate' }>[] {
  return rows
    .hangingOn(resource)
    .filter((slot) => slot.startsWith('["relation"'))
    .flatMap((slot) => {
      const change = rows.get(slot)
      return change?.kind === 'relate' && change.relation === TENANT_RELATION ? [change] : []
    })
}
