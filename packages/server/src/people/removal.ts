// What taking somebody out of the facts takes along.

import {
  formatTuple,
  type ResourceId,
  type RightsChange,
  type RoleTuple,
  type SubjectId,
  type World,
} from '@sayso/policy'

/** Everything that is known of a person, ended. */
export function removalOf(world: World, subject: SubjectId): readonly RightsChange[] {
  const tuples = new Map<string, RoleTuple>()
  for (const [resource, roles] of world.facts.heldBy(subject)) {
    for (const role of roles) {
      const tuple = { resource, role, subject }
      tuples.set(formatTuple(tuple), tuple)
    }
  }
  for (const [tuple] of world.facts.pending()) {
    if (tuple.subject === subject) tuples.set(formatTuple(tuple), tuple)
  }
  return [
    ...[...tuples.values()].map((tuple) => ({ kind: 'unassign', tuple }) as const),
    ...requestsOf(world, subject).map(
      (resource) => ({ kind: 'remove-request', subject, resource }) as const,
    ),
    { kind: 'remove-person', subject },
  ]
}

export function requestsOf(world: World, subject: SubjectId): readonly ResourceId[] {
  return [...world.policy.types.keys()].flatMap((type) =>
    [...world.facts.resourcesOfType(type)]
      .map(([resource]) => resource)
      .filter((resource) => world.facts.request(subject, resource) !== undefined),
  )
}
