// The roles of a person as a list for screens: on one resource and on the tenant, strongest first.

import type { ResourceId, RoleName, SubjectId } from './names.ts'
import { knowsRole, type Policy, type RoleFace, roleView, TENANT_TYPE } from './policy.ts'
import { rolesHeld } from './roles.ts'
import { tenantOf } from './tenant.ts'
import { typeOf } from './tuple.ts'
import type { World } from './world.ts'

/**
 * The roles a subject holds on a resource and on its tenant, assigned or through sets and relations, by how many actions each allows there; roles of equal
 * strength stand by place (the resource first), then by name. Roles the policy does not know are left out.
 */
export function rolesAt(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
): readonly RoleFace[] {
  const { policy } = world
  return [...new Set([resource, tenantOf(world, resource)])]
    .flatMap((on) => rolesHeld(world, subject, on).map((role) => ({ role, on })))
    .filter(({ role, on }) => knowsRole(policy, role, on))
    .map(({ role, on }) => ({
      face: roleView(policy, role, on),
      strength: strengthOf(policy, resource, role, on),
    }))
    .sort((a, b) => b.strength - a.strength)
    .map(({ face }) => face)
}

/** How many actions a role allows on one resource; on the tenant itself, over all types. */
function strengthOf(policy: Policy, resource: ResourceId, role: RoleName, on: ResourceId): number {
  if (typeOf(resource) === TENANT_TYPE) {
    return [...policy.types.values()].reduce(
      (sum, type) => sum + (type.tenantRoles.get(role)?.size ?? 0),
      0,
    )
  }
  const type = policy.types.get(typeOf(resource))
  return (typeOf(on) === TENANT_TYPE ? type?.tenantRoles : type?.roles)?.get(role)?.size ?? 0
}
