// Tell everybody in a conversation that it will be closed by itself if the visitor says nothing.

import type { SubjectId } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { named } from '../../desk/event.ts'
import { mayCloseInName, type Silent } from './close-silent.ts'
import { moveConversation } from './moving.ts'

/** Nothing happens if somebody spoke, or the operator may not close it. @throws {Failure} `busy`, `store_unavailable` */
export async function warnSilent(
  context: Context,
  { key, operator, isSilent, closeAtMs }: Silent & { readonly closeAtMs: number },
): Promise<void> {
  const subject = `user:${operator}` as SubjectId
  await moveConversation(context, 'server', { key, command: 'warn-conversation' }, (seen) => {
    if (!isSilent() || !mayCloseInName(seen, operator)) return undefined
    return {
      next: { ...seen.kept, warnedAtMs: seen.nowMs },
      event: { kind: 'closing', by: named(seen.world, subject), atMs: closeAtMs },
      details: { inNameOf: operator },
    }
  })
}
