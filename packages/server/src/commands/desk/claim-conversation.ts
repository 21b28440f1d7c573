// Take a conversation that waits: of several at once one has it, and the others are told who.

import { isAllowed, type SubjectId } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { named, namedId } from '../../desk/event.ts'
import { given } from '../../desk/operators.ts'
import { idOf } from '../../people/roles.ts'
import type { Asker } from '../asker.ts'
import { Failure } from '../failure.ts'
import {
  type Case,
  gives,
  isVisible,
  moveConversation,
  operatorIn,
  personOf,
  requireMove,
  takes,
  unknownConversation,
  withoutParts,
} from './moving.ts'

/**
 * Needs `claim` on the conversation, which must wait.
 *
 * @throws {Failure} `claimed` with `by`, `no_capacity`, `conversation_unknown`, `conversation_closed`, `denied`,
 *   `identity_required`, `busy`, `store_unavailable`
 */
export async function claimConversation(context: Context, asker: Asker, key: string) {
  const me = personOf(asker)
  const moving = { key, command: 'claim-conversation', operators: [idOf(me)] }
  return moveConversation(context, asker, moving, (seen) => {
    const { world, resource, desk, kept, nowMs } = seen
    if (kept.assignee === idOf(me)) return undefined
    if (kept.state !== 'waiting') throw lost(seen, asker, me)
    requireMove(seen, asker, 'claim')
    const { waitingSinceMs: _since, ...rest } = withoutParts(kept, idOf(me))
    return {
      next: { ...rest, state: 'open', assignee: idOf(me), claimedAtMs: kept.claimedAtMs ?? nowMs },
      changes: [
        ...gives(resource, desk.assigned, me),
        ...takes(seen, desk.joined, me),
        ...takes(seen, desk.watching, me),
      ],
      event: { kind: 'claimed', by: named(world, me) },
      operators: [given(world, operatorIn(seen, idOf(me)), nowMs)],
    }
  })
}

/** Whoever might have taken it a moment ago learns who did; nobody else learns that there is anything. */
function lost({ world, resource, kept }: Case, asker: Asker, me: SubjectId): Failure {
  const supposed = { resource: { state: 'waiting' } }
  const might = isAllowed(world, { subject: me, action: 'claim', resource, supposed })
  if (!might && !isVisible(world, asker, resource)) return unknownConversation()
  if (kept.state === 'closed') {
    return new Failure('conversation_closed', 'this conversation is closed', {
      remedy: 'take another one',
    })
  }
  const by = namedId(world, kept.assignee ?? '')
  return new Failure('claimed', `${by.name} has this conversation`, {
    remedy: 'take another one, or join it',
    about: { by },
  })
}
