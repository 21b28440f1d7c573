// The policy layer: may this subject do this on this resource? A role that allows it says yes; everything else is no.

import type { Decision, Question, Reason } from './decision.ts'
import type { Action, ResourceId, RoleName, SubjectId } from './names.ts'
import type { PolicyType, RoleActions } from './policy.ts'
import { typeOf } from './tuple.ts'
import type { World } from './world.ts'

/** Answers one question at the world's revision; an unknown type, resource or action denies and says so. */
export function decide(world: World, question: Question): Decision {
  const reason = decideReason(world, question)
  return { allowed: reason.kind === 'granted', reasons: [reason], revision: world.revision }
}

/** True if the resource was made, or is the tenant. */
export function exists(world: World, resource: ResourceId): boolean {
  return resource === world.policy.tenant || world.facts.resource(resource) !== undefined
}

function decideReason(world: World, { subject, action, resource }: Question): Reason {
  const type = world.policy.types.get(typeOf(resource))
  if (!type) return { kind: 'unknown_type' }
  if (!type.actionSet.has(action)) return { kind: 'unknown_action' }
  if (!exists(world, resource)) return { kind: 'unknown_resource' }
  const { tenant } = world.policy
  return (
    grantOf(type.roles, world.facts.rolesOf(subject, resource), resource, action) ??
    grantOf(type.tenantRoles, world.facts.rolesOf(subject, tenant), tenant, action) ?? {
      kind: 'never_granted',
      grantedBy: type.grantedBy.get(action) ?? [],
    }
  )
}

/** The first held role that allows the action; roles are sorted by name, so the reason does not depend on history. */
function grantOf(
  known: ReadonlyMap<RoleName, RoleActions>,
  held: readonly RoleName[],
  on: ResourceId,
  action: Action,
): Reason | undefined {
  for (const role of held) {
    const via = known.get(role)?.get(action)
    if (via) return { kind: 'granted', role, on, via }
  }
  return undefined
}

/** The actions a subject is granted on a resource, in the order of the document: `decide` for all of them at once. */
export function grantedActions(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
): readonly Action[] {
  const type = world.policy.types.get(typeOf(resource))
  if (!type || !exists(world, resource)) return []
  const granting = rolesThatCount(world, type, subject, resource)
  if (granting.length === 0) return []
  return type.actions.filter((action) => granting.some((allowed) => allowed.has(action)))
}

function rolesThatCount(
  world: World,
  type: PolicyType,
  subject: SubjectId,
  resource: ResourceId,
): readonly RoleActions[] {
  const here = world.facts.rolesOf(subject, resource).map((role) => type.roles.get(role))
  return [...here, ...tenantGrants(world, type, subject)].filter((allowed) => allowed !== undefined)
}

/** What a subject's roles on the tenant allow on every instance of a type; roles that allow nothing are left out. */
export function tenantGrants(
  world: World,
  type: PolicyType,
  subject: SubjectId,
): readonly RoleActions[] {
  return world.facts
    .rolesOf(subject, world.policy.tenant)
    .map((role) => type.tenantRoles.get(role))
    .filter((allowed) => allowed !== undefined && allowed.size > 0) as readonly RoleActions[]
}
