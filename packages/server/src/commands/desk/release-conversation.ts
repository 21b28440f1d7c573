// Put a conversation back in the queue.

import type { SubjectId } from '@sayso/policy'
import type { Context } from '../../context.ts'
import type { Conversation } from '../../desk/conversation.ts'
import { named } from '../../desk/event.ts'
import { relieved } from '../../desk/operators.ts'
import { actorOf } from '../asker.ts'
import { Failure } from '../failure.ts'
import {
  type Case,
  type Mover,
  moveConversation,
  operatorIn,
  requireMove,
  takes,
} from './moving.ts'

/**
 * Needs `transfer` on the conversation. The visitor is not told: somebody will answer.
 *
 * @throws {Failure} `conversation_state` if nobody has it, `conversation_unknown`, `conversation_closed`, `denied`, `busy`,
 *   `store_unavailable`
 */
export async function releaseConversation(context: Context, by: Mover, key: string) {
  return moveConversation(context, by, { key, command: 'release-conversation' }, (seen) => {
    requireMove(seen, by, 'transfer')
    const { kept, world, nowMs } = seen
    if (kept.assignee === undefined) {
      throw new Failure('conversation_state', 'nobody has this conversation', {
        remedy: 'claim it',
      })
    }
    const actor = by === 'server' ? {} : { by: named(world, actorOf(by)) }
    return { ...freed(seen, nowMs), event: { kind: 'released', internal: true, ...actor } }
  })
}

/** What puts it back: nobody has it, and it waits from now on. */
export function freed(seen: Case, nowMs: number) {
  const { kept, desk } = seen
  const { assignee, snoozedUntilMs: _until, ...rest } = kept
  const next: Conversation = { ...rest, state: 'waiting', waitingSinceMs: nowMs }
  if (assignee === undefined) return { next, changes: [], operators: [] }
  return {
    next,
    changes: takes(seen, desk.assigned, `user:${assignee}` as SubjectId),
    operators: [relieved(operatorIn(seen, assignee))],
  }
}
