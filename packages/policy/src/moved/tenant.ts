// What moves when a resource joins or leaves a tenant, and when a tenant goes with everything in it.

import type { ResourceId } from '../names.ts'
import type { World } from '../world.ts'
import type { Part } from './part.ts'
import { resourceParts } from './resource.ts'

/** Whoever held something on the one tenant may lose, whoever does on the other may gain. */
export function tenancyParts(before: World, after: World, resource: ResourceId): readonly Part[] {
  // It may have gone with a tenant it was in only between two changes.
  return resourceParts(before, after, resource)
}

/** What goes with a resource, and with all that is in it if it is a tenant. */
export function removalParts(before: World, after: World, resource: ResourceId): readonly Part[] {
  return [resource, ...before.facts.resourcesIn(resource)].flatMap((one) =>
    resourceParts(before, after, one),
  )
}
