// Leave a conversation one has joined or looks on at.

import type { Context } from '../../context.ts'
import { named } from '../../desk/event.ts'
import { idOf } from '../../people/roles.ts'
import type { Asker } from '../asker.ts'
import { Failure } from '../failure.ts'
import {
  isVisible,
  moveConversation,
  personOf,
  requireNotClosed,
  takes,
  unknownConversation,
  withoutParts,
} from './moving.ts'

/**
 * Needs no right beyond being in it; whoever has it passes it on instead.
 *
 * @throws {Failure} `conversation_state`, `conversation_unknown`, `conversation_closed`, `busy`, `store_unavailable`
 */
export async function leaveConversation(context: Context, asker: Asker, key: string) {
  const me = personOf(asker)
  return moveConversation(context, asker, { key, command: 'leave-conversation' }, (seen) => {
    const { kept, desk, world, resource } = seen
    const isIn = kept.joined.includes(idOf(me)) || kept.watching.includes(idOf(me))
    if (!isIn && !isVisible(world, asker, resource)) throw unknownConversation()
    requireNotClosed(kept)
    if (kept.assignee === idOf(me)) {
      throw new Failure('conversation_state', 'you have this conversation', {
        remedy: 'release it, or pass it on',
      })
    }
    if (!isIn) return undefined
    const wasHeard = kept.joined.includes(idOf(me))
    return {
      next: withoutParts(kept, idOf(me)),
      changes: [...takes(seen, desk.joined, me), ...takes(seen, desk.watching, me)],
      ...(wasHeard ? { event: { kind: 'left', by: named(world, me) } as const } : {}),
    }
  })
}
