// Whose numbers somebody may see: those of the place, or of single tenants.

import {
  channelOf,
  type ResourceId,
  resourceOf,
  tenantOf,
  tenantsOf,
  type World,
} from '@sayso/policy'
import type { Asker } from '../commands/asker.ts'
import { mayPlace, requirePlace } from '../commands/require-place.ts'
import { tenantsWhere } from '../commands/require-tenants.ts'
import { ofTenants } from '../people/of-tenants.ts'

export type Scope = {
  readonly tenants: ReadonlySet<ResourceId> | 'all'
  /** Whether single people are shown, and groups of fewer than five. */
  readonly showsPeople: boolean
}

/** @param tenant only this one. @throws {Failure} `denied` */
export function scopeOf(world: World, asker: Asker, tenant: ResourceId | undefined): Scope {
  const may = tenantsWhere(world, asker, 'read-analytics')
  if (tenant !== undefined && may !== 'all' && !may.includes(tenant))
    requirePlace(world, asker, 'read-analytics', tenant)
  // Where there is one tenant only, it is the place.
  const isOnly = tenant !== undefined && [...tenantsOf(world)].every((each) => each === tenant)
  const wanted = tenant === undefined || isOnly ? may : [tenant]
  const tenants = wanted === 'all' ? 'all' : new Set(wanted)
  const places = tenants === 'all' ? [world.policy.tenant] : [...tenants]
  const showsPeople = places.every((each) => mayPlace(world, asker, 'read-analytics-people', each))
  return { tenants, showsPeople }
}

/** The channels of the tenants, by what is there now; undefined: all. */
export function channelsIn(world: World, { tenants }: Scope): readonly string[] | undefined {
  if (tenants === 'all') return undefined
  const channels: string[] = []
  for (const type of world.policy.types.keys()) {
    for (const [resource] of world.facts.resourcesOfType(type)) {
      if (!tenants.has(tenantOf(world, resource))) continue
      const channel = channelOf(world.policy, resource)
      if (channel !== undefined) channels.push(channel)
    }
  }
  return channels
}

/** The people of the tenants; undefined: all. */
export function peopleIn(world: World, { tenants }: Scope): readonly string[] | undefined {
  if (tenants === 'all') return undefined
  const isOf = ofTenants(world, tenants)
  return [...world.facts.people()].map(([subject]) => subject).filter(isOf)
}

/** Tells whether a channel or resource is of the tenants. */
export function isIn(world: World, { tenants }: Scope): (on: string) => boolean {
  if (tenants === 'all') return () => true
  return (on) => {
    const resource = resourceOf(world.policy, on) ?? (on as ResourceId)
    return world.facts.resource(resource) !== undefined && tenants.has(tenantOf(world, resource))
  }
}
