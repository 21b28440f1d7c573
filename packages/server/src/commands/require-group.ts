// Who may change a group: who manages people, or whom the group's own roles let manage its members.

import { type Action, decide, type ResourceId, type World } from '@sayso/policy'
import { groupOf, requireGroup } from '../people/groups.ts'
import type { Asker } from './asker.ts'
import { requirePlace } from './require-place.ts'

const MANAGE_MEMBERS = 'manage-members' as Action

/** A group whose members the asker changes; whoever may not is told nothing of whether it is there. @throws {Failure} `denied`, `resource_unknown` */
export function managedGroup(world: World, asker: Asker, key: string): ResourceId {
  const group = groupOf(world, key)
  if (world.facts.resource(group) === undefined) requirePlace(world, asker, 'manage-people')
  requireGroup(world, key)
  requireManageMembers(world, asker, group)
  return group
}

/** @throws {Failure} `denied` */
function requireManageMembers(world: World, asker: Asker, group: ResourceId): void {
  const { credential } = asker
  const subject = credential.kind === 'token' ? credential.subject : undefined
  if (subject !== undefined) {
    const question = { subject, action: MANAGE_MEMBERS, resource: group, standing: true } as const
    if (decide(world, question).allowed) return
  }
  requirePlace(world, asker, 'manage-people')
}
