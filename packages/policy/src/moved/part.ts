// One piece of what changes can move: everything of these subjects on these resources.

import { TENANT_TYPE } from '../compiled.ts'
import type { ResourceId, SubjectId } from '../names.ts'
import { typeOf } from '../tuple.ts'
import type { World } from '../world.ts'

export type Part = {
  readonly subjects: 'all' | ReadonlySet<SubjectId>
  readonly resources: 'all' | ReadonlySet<ResourceId>
}

export const EVERYTHING: Part = { subjects: 'all', resources: 'all' }

export function partOf(
  subjects: 'all' | Iterable<SubjectId>,
  resources: 'all' | Iterable<ResourceId>,
): Part {
  return {
    subjects: typeof subjects === 'string' ? 'all' : new Set(subjects),
    resources: typeof resources === 'string' ? 'all' : new Set(resources),
  }
}

/** Some places and, of each that is a tenant, everything in it before or after. */
export function inTenants(
  before: World,
  after: World,
  places: ReadonlySet<ResourceId>,
): 'all' | ReadonlySet<ResourceId> {
  const tenants = [...places].filter((place) => typeOf(place) === TENANT_TYPE)
  if (tenants.length === 0) return places
  const isMain = (place: ResourceId) =>
    place === before.policy.tenant || place === after.policy.tenant
  if (tenants.some(isMain)) return 'all'
  const all = new Set(places)
  for (const tenant of tenants) {
    for (const { facts } of [before, after]) {
      for (const resource of facts.resourcesIn(tenant)) all.add(resource)
    }
  }
  return all
}

/** The resources of a type in a world; the tenant is one of its type without being made. */
export function resourcesIn({ policy, facts }: World, type: string): ResourceId[] {
  const made = [...facts.resourcesOfType(type)].map(([resource]) => resource)
  return type === TENANT_TYPE ? [...made, policy.tenant] : made
}
