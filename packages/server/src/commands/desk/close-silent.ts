// Close a conversation by the rule of the operator who has it, in her name: the visitor has been silent for long enough.

import { isAllowed, type SubjectId } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { closingOf, openRecord } from './close-conversation.ts'
import { type Case, moveConversation } from './moving.ts'

export type Silent = {
  readonly key: string
  /** Id of who has it, and whose rule it is. */
  readonly operator: string
  /** False as soon as anybody has spoken. */
  readonly isSilent: () => boolean
}

/** True while an operator has a conversation and may close it. */
export function mayCloseInName({ world, resource, kept }: Case, operator: string): boolean {
  const subject = `user:${operator}` as SubjectId
  return (
    kept.state === 'open' &&
    kept.assignee === operator &&
    isAllowed(world, { subject, action: 'close', resource, standing: true })
  )
}

/**
 * Nothing happens if somebody spoke, or the operator has lost the right to close it: then the rule rests.
 *
 * @returns true if it is closed
 * @throws {Failure} `busy`, `store_unavailable`
 */
export async function closeSilent(
  context: Context,
  { key, operator, isSilent }: Silent,
): Promise<boolean> {
  const open = await openRecord(context, key)
  const by = { actor: `user:${operator}`, isRule: true } as const
  const moving = { key, command: 'close-conversation' }
  const { conversation } = await moveConversation(context, 'server', moving, (seen) => {
    if (!isSilent() || !mayCloseInName(seen, operator)) return undefined
    return { ...closingOf(seen, open, by), details: { inNameOf: operator, rule: true } }
  })
  return conversation.state === 'closed'
}
