// A visitor says how it was. One rating of a conversation; saying it again replaces it.

import type { Context } from '../../context.ts'
import type { Asker } from '../asker.ts'
import { actorOf } from '../asker.ts'
import { Failure } from '../failure.ts'
import { moveConversation, unknownConversation } from './moving.ts'

export type RateConversation = {
  readonly key: string
  /** 1 to 5. */
  readonly score: number
  readonly comment?: string | undefined
}

/**
 * Only the visitor, once it is closed. It opens nothing again.
 *
 * @throws {Failure} `invalid`, `conversation_state`, `conversation_unknown`, `busy`, `store_unavailable`
 */
export async function rateConversation(
  context: Context,
  asker: Asker,
  { key, score, comment }: RateConversation,
) {
  if (!Number.isInteger(score) || score < 1 || score > 5)
    throw new Failure('invalid', 'a rating is a whole number from 1 to 5')
  return moveConversation(context, asker, { key, command: 'rate-conversation' }, (seen) => {
    const { kept, nowMs } = seen
    if (actorOf(asker) !== `user:${kept.visitor}`) throw unknownConversation()
    if (kept.state !== 'closed') {
      throw new Failure('conversation_state', 'this conversation is not over', {
        remedy: 'rate it when it is closed',
      })
    }
    const rating = { score, ...(comment === undefined ? {} : { comment }), atMs: nowMs }
    return { next: { ...kept, rating }, event: { kind: 'rated', internal: true } }
  })
}
