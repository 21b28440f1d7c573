// Take somebody into a group, or out of it.

import {
  isSubjectSet,
  knowsRole,
  type ResourceId,
  type RightsChange,
  type RoleName,
  type SubjectId,
  type SubjectSet,
  setParts,
  type World,
} from '@sayso/policy'
import type { Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { GROUP_TYPE, MEMBER } from '../people/groups.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { managedGroup } from './require-group.ts'

export type ChangeMembership = {
  readonly kind: 'add' | 'remove'
  readonly key: string
  /** People, or the members of other groups. */
  readonly members: readonly (SubjectId | SubjectSet)[]
  /** Another role of the group, besides `member`; removing without one takes all. */
  readonly role?: RoleName
}

/**
 * Adds members or removes them, all or none. When this returns, what they gain or lose by it holds in every open session.
 * A person needs `manage-members` on the group or `manage-people` on the tenant; a key the `admin` scope.
 *
 * @throws {Failure} `denied`, `type_unknown`, `resource_unknown`, `role_unknown`, `person_unknown`, `invalid`, `busy`,
 *   `store_unavailable`
 */
export async function changeMembership(
  context: Context,
  asker: Asker,
  input: ChangeMembership,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    const group = managedGroup(world, asker, input.key)
    const { kind, members, role } = input
    const by = actorOf(asker)
    const changes = members.flatMap((member) =>
      kind === 'add'
        ? added(world, group, member, role ?? MEMBER)
        : removed(world, group, member, role),
    )
    const command = kind === 'add' ? 'add-members' : 'remove-members'
    return {
      entries: [{ kind: 'rights', changes, cause: { command, by } }],
      audit: { command, ...auditBy(asker), target: group, details: { members: [...members] } },
    }
  })
}

function added(
  world: World,
  resource: ResourceId,
  subject: SubjectId | SubjectSet,
  role: RoleName,
): RightsChange[] {
  if (!knowsRole(world.policy, role, resource))
    throw new Failure('role_unknown', `a group has no role \`${role}\``, {
      remedy: 'name a role of the type `group`',
    })
  if (isSubjectSet(subject)) requireOtherGroup(world, resource, subject)
  else if (world.facts.person(subject) === undefined)
    throw new Failure('person_unknown', `there is nobody called \`${subject}\``)
  // Whoever has another role in the group is a member as well: what a group is given, it is given by that role.
  const roles = role === MEMBER ? [MEMBER] : [MEMBER, role]
  return roles.map((each) => ({ kind: 'assign', tuple: { resource, role: each, subject } }))
}

function requireOtherGroup(world: World, group: ResourceId, set: SubjectSet): void {
  const { resource, role } = setParts(set)
  if (resource === group)
    throw new Failure('invalid', 'a group cannot be its own member', { remedy: 'leave it out' })
  const isGroup = resource.startsWith(`${GROUP_TYPE}:`) && knowsRole(world.policy, role, resource)
  if (isGroup && world.facts.resource(resource) !== undefined) return
  throw new Failure('resource_unknown', `there is no \`${set}\``, {
    remedy: 'name a person, or a group as `group:<key>#member`',
  })
}

function removed(
  world: World,
  resource: ResourceId,
  subject: SubjectId | SubjectSet,
  role: RoleName | undefined,
): RightsChange[] {
  const held = world.facts.rolesOf(subject, resource)
  return held
    .filter((each) => role === undefined || each === role)
    .map((each) => ({ kind: 'unassign', tuple: { resource, role: each, subject } }))
}
