// What conditions are asked over: the people, resources and tenant of a world, as they see them.

import type { Scope } from './condition/condition.ts'
import { foundValue, resourceValue, subjectValue, tenantValue } from './condition/scope.ts'
import type { About } from './decision.ts'
import type { Attributes, ResourceId, SubjectId } from './names.ts'
import type { World } from './world.ts'

const NO_ATTRIBUTES: Attributes = {}

/** The scope of a condition asked for a subject on a resource; of people and resources without facts only the name. */
export function scopeOf(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  about?: About,
): Scope {
  return {
    subject: subjectValue(subject, world.facts.person(subject) ?? NO_ATTRIBUTES),
    resource: resourceValue(resource, world.facts.resource(resource) ?? NO_ATTRIBUTES),
    tenant: tenantScope(world),
    ...(about?.message !== undefined && { message: about.message }),
    ...(about?.context !== undefined && { context: about.context }),
    lookup: (id) => lookUp(world, id),
  }
}

function tenantScope({ policy, facts }: World): Attributes {
  return tenantValue(policy.tenant, facts.resource(policy.tenant) ?? NO_ATTRIBUTES)
}

function lookUp({ policy, facts }: World, id: string): Attributes | undefined {
  const found =
    facts.person(id as SubjectId) ??
    facts.resource(id as ResourceId) ??
    (id === policy.tenant ? NO_ATTRIBUTES : undefined)
  return found && foundValue(id, found)
}
