// Teams of the desk: groups of a tenant that say of themselves that they are.

import { type ResourceId, tenantOf, type World } from '@sayso/policy'

/** True if the group is a team for conversations of the tenant of `resource`, and the policy lets them be of one. */
export function isDeskTeam(world: World, group: ResourceId, resource: ResourceId): boolean {
  if (world.facts.resource(group)?.desk !== true) return false
  const [type = ''] = resource.split(':', 1)
  if (world.policy.types.get(type)?.relations.has('team' as never) !== true) return false
  return tenantOf(world, group) === tenantOf(world, resource)
}
