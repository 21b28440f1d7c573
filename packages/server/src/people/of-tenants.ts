// Who is of a tenant: where there are several, its people are shown to nobody else.

import { type ResourceId, rolesHeld, type SubjectId, tenantsOf, type World } from '@sayso/policy'

/** Tells whether somebody holds a role on one of the tenants; where there is one tenant only, everybody is of it. */
export function ofTenants(
  world: World,
  tenants: ReadonlySet<ResourceId>,
): (subject: SubjectId) => boolean {
  const [, second] = tenantsOf(world)
  if (second === undefined) return () => true
  return (subject) => [...tenants].some((tenant) => rolesHeld(world, subject, tenant).length > 0)
}
