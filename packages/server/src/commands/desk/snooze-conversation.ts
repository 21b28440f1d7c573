// Put a conversation away until an instant, or until the visitor writes.

import type { Context } from '../../context.ts'
import { named } from '../../desk/event.ts'
import { type Asker, actorOf } from '../asker.ts'
import { Failure } from '../failure.ts'
import { moveConversation, requireMove } from './moving.ts'

/** Milliseconds. */
export const LONGEST_SNOOZE_MS = 90 * 86_400_000

/**
 * Needs `snooze` on the conversation, which somebody has. Whoever has it keeps it.
 *
 * @param untilMs in the future; milliseconds since 1970
 * @throws {Failure} `invalid`, `conversation_state`, `conversation_unknown`, `conversation_closed`, `denied`, `busy`,
 *   `store_unavailable`
 */
export async function snoozeConversation(
  context: Context,
  asker: Asker,
  { key, untilMs }: { readonly key: string; readonly untilMs: number },
) {
  return moveConversation(context, asker, { key, command: 'snooze-conversation' }, (seen) => {
    requireMove(seen, asker, 'snooze')
    const { kept, world, nowMs } = seen
    if (untilMs <= nowMs || untilMs > nowMs + LONGEST_SNOOZE_MS)
      throw new Failure('invalid', 'it can be put away for up to 90 days', {
        remedy: 'name an instant to come',
      })
    if (kept.assignee === undefined)
      throw new Failure('conversation_state', 'nobody has this conversation', {
        remedy: 'claim it first',
      })
    return {
      next: { ...kept, state: 'snoozed', snoozedUntilMs: untilMs },
      event: { kind: 'snoozed', internal: true, by: named(world, actorOf(asker)) },
      details: { untilMs },
    }
  })
}

/** Brings it back: its time came, or the visitor wrote. */
export async function wakeConversation(context: Context, key: string) {
  return moveConversation(context, 'server', { key, command: 'wake-conversation' }, (seen) => {
    const { snoozedUntilMs: _until, ...rest } = seen.kept
    if (rest.state !== 'snoozed') return undefined
    return { next: { ...rest, state: 'open' }, event: { kind: 'woken', internal: true } }
  })
}
