// Questions with a payload that stand on a view of rights: answered when they are asked and again whenever the answer
// turns. Pure: worlds in, answers out.

import {
  type Action,
  type Attributes,
  authorize,
  type ChannelName,
  type Credential,
  channelOf,
  type Decision,
  decide,
  isOperation,
  type MessageState,
  resourceOf,
  subjectOf,
  type World,
} from '@sayso/policy'
import type { StandingAnswer } from '@sayso/protocol'
import { refusalText } from './commands/refusal-text.ts'
import { resourceNamed } from './resource-named.ts'

/** Questions that stand on one view at most. */
export const MAX_QUESTIONS = 100

export type StandingQuestion = {
  readonly id: string
  readonly action: Action
  /** The channel, or the resource that governs it, as the client spelled it. */
  readonly on: string
  /** The message it is about, as it would be. */
  readonly after?: MessageState
  readonly context?: Attributes
}

export type Asked = { readonly question: StandingQuestion; readonly last: StandingAnswer }

/** Answers a question by the world as it is. */
export function answerOf(
  world: World,
  credential: Credential,
  question: StandingQuestion,
): StandingAnswer {
  const { id, action, on } = question
  const decision = decisionOf(world, credential, question)
  const { message, remedy } = refusalText(world, credential, decision, action, on)
  return {
    id,
    allowed: decision.allowed,
    ...(decision.allowed ? {} : { message, ...(remedy === undefined ? {} : { remedy }) }),
    revision: world.revision,
  }
}

/** The questions whose answer has turned, with the new one. */
export function turned(
  world: World,
  credential: Credential,
  asked: Iterable<Asked>,
): readonly Asked[] {
  const changed: Asked[] = []
  for (const { question, last } of asked) {
    const next = answerOf(world, credential, question)
    const isSame = next.allowed === last.allowed && next.message === last.message
    if (!isSame) changed.push({ question, last: next })
  }
  return changed
}

function decisionOf(
  world: World,
  credential: Credential,
  { action, on, after, context }: StandingQuestion,
): Decision {
  const resource = resourceOf(world.policy, on) ?? resourceNamed(on)
  const channel = (resource && channelOf(world.policy, resource)) ?? (on as ChannelName)
  const about =
    after === undefined && context === undefined
      ? undefined
      : { message: { before: null, after: after ?? null }, context: { channel, ...context } }
  if (isOperation(action)) return authorize(world, credential, action, channel, about)
  const subject = subjectOf(credential)
  if (subject === undefined || resource === undefined) return refused(world)
  const asked = { subject, action, resource }
  return decide(world, about === undefined ? { ...asked, standing: true } : { ...asked, ...about })
}

function refused(world: World): Decision {
  return { allowed: false, reasons: [{ kind: 'unknown_action' }], revision: world.revision }
}
