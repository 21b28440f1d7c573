// Let a conversation wait again whose operator is offline for longer than the desk lets them keep it.

import type { Context } from '../../context.ts'
import { namedId } from '../../desk/event.ts'
import { moveConversation } from './moving.ts'
import { freed } from './release-conversation.ts'

export type RequeueConversation = {
  readonly key: string
  /** Id of whoever had it. */
  readonly operator: string
  /** True if they are back. */
  readonly isBack: () => boolean
}

/** Nothing happens if they are back, or somebody else has it. @throws {Failure} `busy`, `store_unavailable` */
export async function requeueConversation(
  context: Context,
  { key, operator, isBack }: RequeueConversation,
) {
  const moving = { key, command: 'release-conversation' }
  return moveConversation(context, 'server', moving, (seen) => {
    const { kept, world, nowMs } = seen
    if (isBack() || kept.assignee !== operator || kept.state !== 'open') return undefined
    return {
      ...freed(seen, nowMs),
      event: { kind: 'released', internal: true, to: namedId(world, operator) },
      details: { offline: operator },
    }
  })
}
