// Who may change a group: who manages people, or whom the group's own roles let manage its members.

import { type Action, decide, type ResourceId, type World } from '@sayso/policy'
import type { Asker } from './asker.ts'
import { requirePlace } from './require-place.ts'

const MANAGE_MEMBERS = 'manage-members' as Action

/** @throws {Failure} `denied` */
export function requireManageMembers(world: World, asker: Asker, group: ResourceId): void {
  const { credential } = asker
  const subject = credential.kind === 'token' ? credential.subject : undefined
  if (subject !== undefined) {
    const question = { subject, action: MANAGE_MEMBERS, resource: group, standing: true } as const
    if (decide(world, question).allowed) return
  }
  requirePlace(world, asker, 'manage-people')
}
