// What holds somebody back on a resource: the roles that the settings call restraints, with what the person may be told.

import {
  isRestraint,
  type ResourceId,
  type RoleName,
  rolesHeld,
  roleView,
  type SubjectId,
  typeOf,
  type World,
} from '@sayso/policy'
import type { RestraintView } from '@sayso/protocol'
import { idOf, nameOf } from './roles.ts'

/** The restraints a person is under on a resource, by name, each with who gave it, why and until when. */
export function restraintsOf(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
): readonly RestraintView[] {
  if ((world.policy.document.settings?.restraints ?? []).length === 0) return []
  return rolesHeld(world, subject, resource)
    .filter((role) => isRestraint(world, role, resource))
    .map((role) => viewOf(world, subject, resource, role))
}

/** Where a person is under a restraint that was given to them by name. */
export function restrainedAt(world: World, subject: SubjectId): readonly ResourceId[] {
  if ((world.policy.document.settings?.restraints ?? []).length === 0) return []
  return world.facts
    .heldBy(subject)
    .filter(([resource, roles]) => roles.some((role) => isRestraint(world, role, resource)))
    .map(([resource]) => resource)
}

function viewOf(
  world: World,
  subject: SubjectId,
  resource: ResourceId,
  role: RoleName,
): RestraintView {
  const { by, reason, expiresAtMs } = world.facts.grant({ resource, role, subject }) ?? {}
  const message = messageOf(world, resource, role)
  return {
    ...roleView(world.policy, role, resource),
    ...(message === undefined ? {} : { message }),
    ...(expiresAtMs === undefined ? {} : { untilMs: expiresAtMs }),
    ...(by === undefined ? {} : { by: { id: idOf(by), name: nameOf(world, by) } }),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** What the rule that takes away from its bearers says to them. */
function messageOf(world: World, resource: ResourceId, role: RoleName): string | undefined {
  const rules = world.policy.document.types[typeOf(resource)]?.rules ?? []
  return rules.find(({ forbid, to }) => forbid !== undefined && to?.includes(role))?.message
}
