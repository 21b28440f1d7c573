// Where somebody could hold a role, and who could hold one somewhere: walks along stored facts that ask no condition, so
// that they may find too much and never too little. Who asks decides what they find.

import { type PolicyType, type Rule, TENANT_TYPE } from './compiled.ts'
import type { RoleOn } from './document-types.ts'
import {
  type Action,
  ANONYMOUS,
  type ResourceId,
  type RoleName,
  type SubjectId,
  type SubjectSet,
} from './names.ts'
import { rolesHeld } from './roles.ts'
import { isSubjectSet, setParts, subjectSet, typeOf } from './tuple.ts'
import type { World } from './world.ts'

/** Every resource and tenant on which the subject holds a role: assigned, through sets, or derived. */
export function placesOf(world: World, subject: SubjectId): ReadonlySet<ResourceId> {
  const places = new Set<ResourceId>()
  const seen = new Set<string>()
  const found: RoleOn[] = []
  const add = (on: ResourceId, role: RoleName) => {
    const name = subjectSet(on, role)
    if (seen.has(name)) return
    seen.add(name)
    places.add(on)
    found.push({ on, role })
  }
  for (const { on, role } of assignedTo(world, subject)) add(on, role)
  // Grows while it is walked.
  for (const place of found) {
    for (const { on, role } of followingFrom(world, place)) add(on, role)
  }
  return places
}

function* assignedTo(world: World, who: SubjectId | SubjectSet): Generator<RoleOn> {
  for (const [on, roles] of world.facts.heldBy(who)) for (const role of roles) yield { role, on }
}

/** What a role somewhere brings along: what its holders were given as a set, and what is derived from it. */
function* followingFrom(world: World, { role, on }: RoleOn): Generator<RoleOn> {
  yield* assignedTo(world, subjectSet(on, role))
  for (const [source, relation] of world.facts.sourcesOf(on)) {
    const derives = world.policy.types.get(typeOf(source))?.derives.get(relation)?.get(role)
    for (const { gives, targets } of derives ?? []) {
      if (targets.has(typeOf(on))) yield { role: gives, on: source }
    }
  }
}

/** Every person who holds a role on the resource or tenant: assigned, through sets, or derived. */
export function* peopleOn(world: World, resource: ResourceId): Generator<SubjectId> {
  const seen = new Set<SubjectId>()
  for (const on of upwards(world, resource)) {
    for (const [who] of world.facts.holdersOn(on)) {
      if (isSubjectSet(who) || seen.has(who)) continue
      seen.add(who)
      yield who
    }
  }
}

/** The resource itself and all that roles on it can come from, along sets and relations. */
function upwards(world: World, resource: ResourceId): Iterable<ResourceId> {
  const found = new Set([resource])
  // Grows while it is walked.
  for (const on of found) {
    for (const [who] of world.facts.holdersOn(on)) {
      if (isSubjectSet(who)) found.add(setParts(who).resource)
    }
    const derives = world.policy.types.get(typeOf(on))?.derives
    if (!derives || derives.size === 0) continue
    for (const [relation, target] of world.facts.relationsOf(on)) {
      if (derives.has(relation)) found.add(target)
    }
  }
  return found
}

/** True if people without any role anywhere may do something on resources of the type, or this one thing. */
export function isOpenToStrangers(type: PolicyType | undefined, action?: Action): boolean {
  if (type === undefined || type.default === 'allow') return type !== undefined
  return allowsOf(type, action).some((rule) => !rule.to)
}

/** The roles on the tenant that can grant something on resources of the type, or this one thing. */
export function tenantRolesThatCount(
  type: PolicyType | undefined,
  action?: Action,
): ReadonlySet<RoleName> {
  if (type === undefined) return new Set()
  const granting = [...type.tenantRoles]
    .filter(([, can]) => (action === undefined ? can.size > 0 : can.has(action)))
    .map(([role]) => role)
  const named = allowsOf(type, action).flatMap(({ to }) => [...(to?.tenant ?? [])])
  return new Set([...granting, ...named])
}

/** Every person who holds one of these roles on a resource or tenant, and perhaps some who hold others. */
export function* peopleWith(
  world: World,
  resource: ResourceId,
  roles: ReadonlySet<RoleName>,
): Generator<SubjectId> {
  if (roles.size === 0) return
  // What follows from other roles is not looked at role by role.
  if (world.policy.types.get(typeOf(resource))?.derives.size) {
    yield* peopleOn(world, resource)
    return
  }
  for (const [who, held] of world.facts.holdersOn(resource)) {
    if (!held.some((role) => roles.has(role))) continue
    if (isSubjectSet(who)) yield* peopleOn(world, setParts(who).resource)
    else yield who
  }
}

/** The resources of a type in the tenants on which the subject holds one of these roles; may hold missing ones. */
export function* resourcesByTenant(
  world: World,
  type: string,
  subject: SubjectId,
  roles: ReadonlySet<RoleName>,
): Generator<ResourceId> {
  // A tenant is its own: what is held on it is held on the resource.
  if (roles.size === 0 || type === TENANT_TYPE) return
  for (const tenant of placesOf(world, subject)) {
    if (typeOf(tenant) !== TENANT_TYPE) continue
    const counts = rolesHeld(world, subject, tenant).some((role) => roles.has(role))
    if (counts) yield* resourcesIn(world, tenant, type)
  }
}

function* resourcesIn(
  { facts, policy }: World,
  tenant: ResourceId,
  type: string,
): Generator<ResourceId> {
  if (tenant === policy.tenant) {
    for (const [resource] of facts.resourcesOfTypeIn(type, tenant)) yield resource
    return
  }
  for (const resource of facts.resourcesIn(tenant)) if (typeOf(resource) === type) yield resource
}

function allowsOf({ rules, rulesOf }: PolicyType, action: Action | undefined): readonly Rule[] {
  if (action === undefined) return rules.filter(({ verb }) => verb === 'allow')
  return rulesOf.get(action)?.allow ?? []
}

/** Everybody a list can name: the people of the world, and the visitor. */
export function* everybody(world: World): Generator<SubjectId> {
  yield ANONYMOUS
  for (const [subject] of world.facts.people()) if (subject !== ANONYMOUS) yield subject
}

export function isSomebody(world: World, subject: SubjectId): boolean {
  return subject === ANONYMOUS || world.facts.person(subject) !== undefined
}
