// Finds when an operator first answered: as it is said, and at the start in what was said while nobody noted it.

import type { Message } from '@sayso/channel'
import { noteAnswer } from '../commands/desk/note-answer.ts'
import type { Context } from '../context.ts'
import type { Entry } from './book.ts'
import { channelOfConversation, conversationNamed, deskOf } from './desk-type.ts'
import { VISITOR_PREFIX } from './visitors/visitor.ts'

const PAGE = 200

/** The first text or file of an operator among some messages, the oldest first. */
function answerIn(messages: readonly Message[]): Message | undefined {
  return messages.find(
    ({ name, clientId, action }) =>
      (name === 'text' || name === 'file') &&
      action !== 'delete' &&
      clientId !== undefined &&
      !clientId.startsWith(VISITOR_PREFIX),
  )
}

export function lacksAnswer({ conversation }: Entry): boolean {
  return conversation.answeredAtMs === undefined && conversation.claimedAtMs !== undefined
}

/** @returns true if one of them was the answer @throws {Failure} `busy`, `store_unavailable` */
export async function noteAnswerIn(
  context: Context,
  key: string,
  messages: readonly Message[],
): Promise<boolean> {
  const answer = answerIn(messages)
  if (answer?.clientId === undefined) return false
  await noteAnswer(context, { key, by: answer.clientId, atMs: answer.timestampMs })
  return true
}

/** Reads a conversation from its beginning. */
export async function catchUpAnswer(context: Context, key: string): Promise<void> {
  const { world, revision } = context.standing
  const desk = deskOf(world)
  if (desk === undefined) return
  const channel = channelOfConversation(world, conversationNamed(desk, key))
  for (let afterSerial: string | undefined; ; ) {
    const { messages, hasMore } = await context.store.history({
      channel,
      direction: 'forwards',
      limit: PAGE,
      upTo: revision,
      ...(afterSerial === undefined ? {} : { afterSerial }),
    })
    if (await noteAnswerIn(context, key, messages)) return
    afterSerial = messages.at(-1)?.serial
    if (!hasMore || afterSerial === undefined) return
  }
}
