// Teams of the desk: groups of a tenant that say of themselves that they are.

import { type ResourceId, tenantOf, type World } from '@sayso/policy'
import { GROUP_TYPE } from '../people/groups.ts'

/** True if the group is a team for conversations of the tenant of `resource`, and the policy lets them be of one. */
export function isDeskTeam(world: World, group: ResourceId, resource: ResourceId): boolean {
  return isTeam(world, group, resource) && tenantOf(world, group) === tenantOf(world, resource)
}

/** The teams of a tenant; none if the policy lets no conversation be of one. */
export function deskTeams(
  world: World,
  tenant: ResourceId,
  conversation: ResourceId,
): readonly ResourceId[] {
  return [...world.facts.resourcesOfTypeIn(GROUP_TYPE, tenant)]
    .map(([group]) => group)
    .filter((group) => isTeam(world, group, conversation) && tenantOf(world, group) === tenant)
}

function isTeam(world: World, group: ResourceId, conversation: ResourceId): boolean {
  if (world.facts.resource(group)?.desk !== true) return false
  const [type = ''] = conversation.split(':', 1)
  return world.policy.types.get(type)?.relations.has('team' as never) === true
}

/** How a team is called; its key if it is no more. */
export function teamTitle(world: World, key: string): string {
  const title = world.facts.resource(`group:${key}` as ResourceId)?.title
  return typeof title === 'string' ? title : key
}
