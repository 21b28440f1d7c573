// Who is shut out of the whole place: under a restraint on the tenant itself. They sign in, are told, and connect to nothing.

import { isRestraint, type RightsChange, type SubjectId, typeOf, type World } from '@sayso/policy'
import type { RestraintView } from '@sayso/protocol'
import { restraintsOf } from './restraints.ts'
import { tenantOf } from './roles.ts'

/** What keeps somebody out of the place; absent: nothing. */
export function shutOutOf(world: World, subject: SubjectId): RestraintView | undefined {
  return restraintsOf(world, subject, tenantOf(world))[0]
}

/** Whether a change may shut somebody out: by a restraint on the tenant, or by making them one of a group that is under one. */
export function mayShutOut(world: World, changes: readonly RightsChange[]): boolean {
  const tenant = tenantOf(world)
  return changes.some((each) => {
    if (each.kind !== 'assign') return false
    const { resource, role } = each.tuple
    return resource === tenant ? isRestraint(world, role, tenant) : typeOf(resource) === 'group'
  })
}
