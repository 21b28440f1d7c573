// What goes with a resource: itself, what was held on it, and what followed from that by sets and relations.

import type { ResourceId } from '../names.ts'
import type { World } from '../world.ts'
import { attributeParts } from './attributes.ts'
import { type Part, partOf } from './part.ts'
import { peopleAt, walkDown } from './roles.ts'

export function resourceParts(before: World, after: World, resource: ResourceId): readonly Part[] {
  const isTenant = resource === before.policy.tenant || resource === after.policy.tenant
  const sources = before.facts.sourcesOf(resource).map(([source]) => source)
  const people = peopleAt(before, after, [resource])
  return [
    partOf('all', isTenant ? 'all' : [resource]),
    walkDown(before, after, people, [resource, ...sources], false),
    ...attributeParts(before, after, { resource }),
  ]
}
