// Whether a person may know that a resource exists. For everybody else hidden and missing read alike.

import { grantedActions } from './decide.ts'
import type { ResourceId, SubjectId } from './names.ts'
import type { World } from './world.ts'

/**
 * True if something is granted to the person on the resource, or a role on it was assigned to them by name.
 *
 * Only who knows of it may be told by a rule's own sentence why not: the banned person yes, who guesses names no.
 */
export function knowsOf(world: World, subject: SubjectId, resource: ResourceId): boolean {
  return (
    world.facts.rolesOf(subject, resource).length > 0 ||
    grantedActions(world, subject, resource).length > 0
  )
}
