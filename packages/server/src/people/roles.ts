// Roles as screens show them: the ones a subject holds on a resource, the tenant's included.

import {
  type ResourceId,
  type RoleName,
  roleView,
  type SubjectId,
  typeOf,
  type World,
} from '@sayso/policy'
import type { RoleView } from '@sayso/protocol'

/** The tenant as a resource: roles on it reach every instance. */
export function tenantOf(world: World): ResourceId {
  return world.policy.tenant
}

/** Roles of one subject on one resource and on the tenant, the one that allows most there first. */
export function rolesOf(
  world: World,
  subject: SubjectId | undefined,
  resource: ResourceId,
): readonly RoleView[] {
  if (subject === undefined) return []
  const places = new Set([resource, tenantOf(world)])
  return [...places]
    .flatMap((on) => world.facts.rolesOf(subject, on).map((role) => ({ role, on })))
    .map(({ role, on }) => ({
      view: roleView(world.policy, role, on),
      allows: allows(world, role, on, resource),
    }))
    .sort((a, b) => b.allows - a.allows)
    .map(({ view }) => view)
}

/** How many actions a role held on `on` allows on the resource. */
function allows(world: World, role: RoleName, on: ResourceId, resource: ResourceId): number {
  const type = world.policy.types.get(typeOf(resource))
  const known = on === resource ? type?.roles : type?.tenantRoles
  return known?.get(role)?.size ?? 0
}

/** The name to show for a subject or key. */
export function nameOf(world: World, subject: string): string {
  const name = world.facts.person(subject as SubjectId)?.name
  if (typeof name === 'string' && name !== '') return name
  const key = subject.startsWith('key:') ? subject.slice(4) : undefined
  return key === undefined ? subject.replace(/^user:/, '') : `the key ${key}`
}

export function idOf(subject: string): string {
  return subject.replace(/^user:/, '')
}
