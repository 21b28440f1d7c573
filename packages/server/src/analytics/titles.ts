// What a channel or resource is called now; of one that is gone its name is all there is.

import { type ResourceId, resourceOf, type World } from '@sayso/policy'

export function titleOf(world: World, on: string): string | undefined {
  const resource = resourceOf(world.policy, on) ?? (on as ResourceId)
  const title = world.facts.resource(resource)?.title
  return typeof title === 'string' ? title : undefined
}
