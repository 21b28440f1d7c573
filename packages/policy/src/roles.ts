// The roles people hold, and how they come to them.

import type { Step } from './decision.ts'
import { Walk } from './engine/walk.ts'
import { wayTo } from './engine/way-to.ts'
import type { ResourceId, RoleName, SubjectId } from './names.ts'
import type { World } from './world.ts'

/** A role held on a resource or tenant. */
export type HeldRole = {
  readonly role: RoleName
  /** From an assignment of the person, or of a set of theirs, to the role. */
  readonly through: readonly Step[]
}

/** The names of all roles a subject holds on a resource or tenant: assigned, through sets, derived; sorted. */
export function rolesHeld(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
): readonly RoleName[] {
  const walk = new Walk(world, subject)
  return walk.held(walk.version.tables.places.find(resource)).names
}

/** All roles a subject holds on a resource or tenant, each with one shortest way to it; sorted by name. */
export function rolesOn(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
): readonly HeldRole[] {
  const walk = new Walk(world, subject)
  const place = walk.version.tables.places.find(resource)
  return walk.held(place).names.map((role) => ({ role, through: wayTo(walk, place, role) }))
}
