// Come in to a conversation beside whoever has it, look on in silence, or leave again.

import type { Context } from '../../context.ts'
import { named } from '../../desk/event.ts'
import { idOf } from '../../people/roles.ts'
import type { Asker } from '../asker.ts'
import { Failure } from '../failure.ts'
import { gives, moveConversation, personOf, requireMove, takes, withoutParts } from './moving.ts'

/**
 * Needs `join`, or `watch`, on the conversation. Of who looks on the visitor is told nothing.
 *
 * @throws {Failure} `conversation_state` for who has it, `conversation_unknown`, `conversation_closed`, `denied`, `busy`,
 *   `identity_required`, `store_unavailable`
 */
export async function joinConversation(
  context: Context,
  asker: Asker,
  { key, kind }: { readonly key: string; readonly kind: 'join' | 'watch' },
) {
  const me = personOf(asker)
  return moveConversation(context, asker, { key, command: `${kind}-conversation` }, (seen) => {
    requireMove(seen, asker, kind)
    const { kept, desk, resource, world } = seen
    if (kept.assignee === idOf(me)) {
      throw new Failure('conversation_state', 'you have this conversation', {
        remedy: 'pass it on first',
      })
    }
    const part = kind === 'join' ? 'joined' : 'watching'
    if (kept[part].includes(idOf(me))) return undefined
    const rest = withoutParts(kept, idOf(me))
    const other = kind === 'join' ? desk.watching : desk.joined
    return {
      next: { ...rest, [part]: [...rest[part], idOf(me)] },
      changes: [...takes(seen, other, me), ...gives(resource, desk[part], me)],
      ...(kind === 'join' ? { event: { kind: 'joined', by: named(world, me) } as const } : {}),
    }
  })
}
