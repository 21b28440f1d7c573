// In which tenants somebody has a desk: asked before anything of one is shown.

import {
  isAllowed,
  keyOf,
  type ResourceId,
  type SubjectId,
  subjectSet,
  type World,
} from '@sayso/policy'
import { isOperator } from './operators-of.ts'

export type OwnDesk = {
  /** Key of the tenant. */
  readonly tenant: string
  /** How it is called; its key if it has no title. */
  readonly title: string
}

/** Tenants in which somebody answers visitors or manages the desk, by title. Only where they hold something is looked at. */
export function desksOf(world: World, subject: SubjectId): readonly OwnDesk[] {
  return [...tenantsOf(world, subject)]
    .filter(
      (tenant) =>
        isOperator(world, keyOf(tenant), subject) ||
        isAllowed(world, { subject, action: 'manage-desk', resource: tenant }),
    )
    .map((tenant) => ({ tenant: keyOf(tenant), title: titleOf(world, tenant) }))
    .sort((one, other) => one.title.localeCompare(other.title))
}

/** Where they hold a role, by name or through a set. */
function tenantsOf(world: World, subject: SubjectId): ReadonlySet<ResourceId> {
  const { facts, policy } = world
  const found = new Set<ResourceId>()
  for (const [place, roles] of facts.heldBy(subject)) {
    found.add(facts.tenantOf(place) ?? policy.tenant)
    for (const role of roles)
      for (const [other] of facts.heldBy(subjectSet(place, role)))
        found.add(facts.tenantOf(other) ?? policy.tenant)
  }
  return found
}

function titleOf(world: World, tenant: ResourceId): string {
  const { title } = world.facts.resource(tenant) ?? {}
  return typeof title === 'string' && title !== '' ? title : keyOf(tenant)
}
