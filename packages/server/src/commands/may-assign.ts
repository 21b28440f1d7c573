// Who may give and take single roles: by the role, and by whom it would go to.

import {
  type Action,
  admissionRole,
  decide,
  type ResourceId,
  type RoleName,
  rolesHeld,
  type SubjectId,
  tenantOf,
  typeOf,
  type World,
} from '@sayso/policy'
import type { Asker } from './asker.ts'
import { requireVerb } from './may.ts'

type Assigned = {
  readonly role: RoleName
  readonly resource: ResourceId
  readonly subject: SubjectId
}

/**
 * A person needs `assign-role` on the resource; for the role of those who are let in, `admit` is enough.
 *
 * @throws {Failure} `denied`
 */
export function requireAssign(
  world: World,
  asker: Asker,
  { role, resource }: Omit<Assigned, 'subject'>,
): void {
  const isAdmission = admissionRole(world, resource) === role
  if (isAdmission && may(world, asker, 'admit', resource)) return
  requireVerb(world, asker, 'assign-role', resource)
}

/**
 * Whoever may do the action of a restraint gives and takes it, but not with those who may do the same: over them only
 * `assign-role` goes.
 *
 * @throws {Failure} `denied`
 */
export function requireRestrain(
  world: World,
  asker: Asker,
  { role, resource, subject }: Assigned,
): void {
  const actions = (world.policy.document.settings?.restraints ?? [])
    .filter(({ type, gives }) => type === typeOf(resource) && gives === role)
    .map(({ action }) => action)
  const isPeer = actions.some((action) => grantedAt(world, subject, resource, action))
  if (!isPeer && actions.some((action) => may(world, asker, action, resource))) return
  requireVerb(world, asker, 'assign-role', resource)
}

/** By their roles, whatever holds them back now. */
function grantedAt(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  action: Action,
): boolean {
  const { roles, tenantRoles } = world.policy.types.get(typeOf(resource)) ?? {}
  const here = rolesHeld(world, subject, resource)
  const everywhere = rolesHeld(world, subject, tenantOf(world, resource))
  return (
    here.some((role) => roles?.get(role)?.has(action) === true) ||
    everywhere.some((role) => tenantRoles?.get(role)?.has(action) === true)
  )
}

/** The same question as a value; false for keys. */
export function may(
  world: World,
  { credential }: Asker,
  action: Action,
  resource: ResourceId,
): boolean {
  const subject = credential.kind === 'token' ? credential.subject : undefined
  return (
    subject !== undefined && decide(world, { subject, action, resource, standing: true }).allowed
  )
}
