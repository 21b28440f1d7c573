// Which tenant a resource is in. Roles on a tenant count on the resources in it, and nowhere else.

import { TENANT_TYPE } from './compiled.ts'
import type { Question } from './decision.ts'
import type { ResourceId } from './names.ts'
import { typeOf } from './tuple.ts'
import type { World } from './world.ts'

/**
 * The tenant of a resource, whether it exists or not: what it points to by the relation `tenant`, else the tenant of the
 * document. A tenant is its own.
 */
export function tenantOf({ policy, facts }: World, resource: ResourceId): ResourceId {
  if (typeOf(resource) === TENANT_TYPE) return resource
  return facts.tenantOf(resource) ?? policy.tenant
}

/** The tenant whose roles count for a question. */
export function tenantAsked(
  world: World,
  { resource, inTenant }: Pick<Question, 'resource' | 'inTenant'>,
): ResourceId {
  return inTenant ?? tenantOf(world, resource)
}

/** Every tenant of a world: that of the document first, then the ones that were made. */
export function* tenantsOf({ policy, facts }: World): Generator<ResourceId> {
  yield policy.tenant
  for (const [tenant] of facts.resourcesOfType(TENANT_TYPE)) {
    if (tenant !== policy.tenant) yield tenant
  }
}
