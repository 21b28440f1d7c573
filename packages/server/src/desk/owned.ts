// Conversations are the desk's own: no other command makes, changes or removes one, or gives a part in one.

import type { ResourceId, RightsChange, World } from '@sayso/policy'
import type { Write } from '@sayso/store'
import { Failure } from '../commands/failure.ts'
import { deskOf, isConversation } from './desk-type.ts'

const DESK_COMMANDS: ReadonlySet<string> = new Set([
  'open-conversation',
  'claim-conversation',
  'release-conversation',
  'take-back-conversation',
  'assign-conversation',
  'transfer-conversation',
  'join-conversation',
  'watch-conversation',
  'leave-conversation',
  'snooze-conversation',
  'wake-conversation',
  'warn-conversation',
  'close-conversation',
  'label-conversation',
  'rate-conversation',
  'merge-visitor',
])

/** True of a command that changes conversations. */
export function isDeskCommand(command: string): boolean {
  return DESK_COMMANDS.has(command)
}

/** INVARIANT: asked of every write that anybody decided, whatever door it came by. @throws {Failure} `desk_owned` */
export function requireNotDesks(world: World, { entries }: Pick<Write, 'entries'>): void {
  if (deskOf(world) === undefined) return
  for (const entry of entries) {
    if (entry.kind !== 'rights' || DESK_COMMANDS.has(entry.cause.command)) continue
    const gone = new Set(
      entry.changes.flatMap((each) => (each.kind === 'remove-person' ? [each.subject] : [])),
    )
    for (const change of entry.changes) {
      // Whoever goes takes along what they held.
      if (change.kind === 'unassign' && gone.has(change.tuple.subject as never)) continue
      const resource = resourceIn(change)
      if (resource === undefined || !isConversation(world, resource)) continue
      throw new Failure('desk_owned', `\`${resource}\` is a conversation of the desk`, {
        remedy: 'use the calls under `/api/v1/desk`',
      })
    }
  }
}

function resourceIn(change: RightsChange): ResourceId | undefined {
  if (change.kind === 'assign' || change.kind === 'unassign') return change.tuple.resource
  return 'resource' in change ? change.resource : undefined
}
