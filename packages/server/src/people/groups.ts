// Groups: resources of one type, whose members hold a role on them. `group:support#member` is then a set that any role can
// be given to.

import {
  isSubjectSet,
  type ResourceId,
  type RoleName,
  type SubjectId,
  type SubjectSet,
  subjectSet,
  type World,
} from '@sayso/policy'
import { Failure } from '../commands/failure.ts'
import { resourceNamed } from '../resource-named.ts'

export const GROUP_TYPE = 'group'
/** The role of the type that makes a set of people out of a group. */
export const MEMBER = 'member' as RoleName

/** What an older policy has to be given before there can be groups. */
const TYPE_TEXT =
  'types: { group: { actions: [manage-members], roles: { member: { title: Member } } } }'

/** @throws {Failure} `type_unknown` if the policy has no groups */
export function requireGroups(world: World): void {
  const type = world.policy.types.get(GROUP_TYPE)
  if (type?.roles.has(MEMBER)) return
  throw new Failure(
    'type_unknown',
    type === undefined
      ? 'the policy of this app knows no type `group`'
      : 'the type `group` of this policy has no role `member`',
    { remedy: `add \`${TYPE_TEXT}\` to the policy document and apply it` },
  )
}

/** The resource of a group by its key. @throws {Failure} `type_unknown`, `invalid`: no key */
export function groupOf(world: World, key: string): ResourceId {
  requireGroups(world)
  const group = resourceNamed(`${GROUP_TYPE}:${key}`)
  if (group !== undefined) return group
  throw new Failure('invalid', `\`${key}\` cannot be the key of a group`, {
    remedy: 'use letters, digits and `-`, `_`, `.`',
  })
}

/** A group that is there. @throws {Failure} `type_unknown`, `resource_unknown` */
export function requireGroup(world: World, key: string): ResourceId {
  const group = groupOf(world, key)
  if (world.facts.resource(group) !== undefined) return group
  throw new Failure('resource_unknown', `there is no group \`${key}\``, {
    remedy: 'check the key, or make the group first',
  })
}

/** Everybody and every set that is in a group, with the roles they have there, in the order of their names. */
export function membersOf(
  world: World,
  group: ResourceId,
): readonly (readonly [SubjectId | SubjectSet, readonly RoleName[]])[] {
  return [...world.facts.holdersOn(group)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** What is given to the members of a group, beyond the group itself. */
export function heldByGroup(world: World, group: ResourceId): readonly string[] {
  const set = subjectSet(group, MEMBER)
  return world.facts
    .heldBy(set)
    .flatMap(([resource, roles]) => roles.map((role) => `${resource}#${role}`))
    .sort()
}

export function isPerson(member: SubjectId | SubjectSet): member is SubjectId {
  return !isSubjectSet(member)
}
