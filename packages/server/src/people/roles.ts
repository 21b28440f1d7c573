// Roles as screens show them: the ones a subject holds on a resource, the tenant's included.

import { type ResourceId, rolesAt, type SubjectId, type World } from '@sayso/policy'
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
  return rolesAt(world, subject, resource).map((face) => ({
    ...face,
    ...endOf(world, subject, face),
  }))
}

/** When a role that was given by name ends by itself. */
function endOf(
  world: World,
  subject: SubjectId,
  { on, role }: Pick<RoleView, 'on' | 'role'>,
): { untilMs?: number } {
  const untilMs = world.facts.grant({ resource: on as ResourceId, role, subject })?.expiresAtMs
  return untilMs === undefined ? {} : { untilMs }
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
