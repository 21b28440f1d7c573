// `ask` and `unask`, the two messages a view of rights takes: a question that stands until it is dropped.

import type { Attributes, MessageState } from '@sayso/policy'
import { parsePermissionView } from '@sayso/policy'
import type { Action, KnownFrame } from '@sayso/protocol'
import * as z from 'zod'
import { Failure } from '../../commands/failure.ts'
import { messageState } from '../../commands/message-state.ts'
import { answerOf, MAX_QUESTIONS, type StandingQuestion } from '../../standing-questions.ts'
import type { LiveSession } from './live-session.ts'
import type { Wire } from './wire.ts'

type MessageFrame = Extract<KnownFrame, { action: typeof Action.MESSAGE }>

const id = z.string().min(1).max(64)
const askSchema = z.strictObject({
  id,
  action: z.string().min(1).max(64),
  /** Needed on the view of everything. */
  on: z.string().min(1).max(400).optional(),
  message: z
    .strictObject({
      name: z.string(),
      data: z.json(),
      headers: z.record(z.string(), z.json()),
    })
    .partial()
    .optional(),
  context: z.record(z.string(), z.json()).optional(),
})
const unaskSchema = z.strictObject({ id })

/**
 * Takes the questions of a frame sent to a view; the answers follow on the view.
 *
 * @throws {Failure} `denied` for any other message, `invalid`
 */
export function askFrame(wire: Wire, session: LiveSession, frame: MessageFrame): readonly string[] {
  return frame.messages.map((message) => {
    const { name, data } = messageState(message)
    if (name === 'ask') ask(wire, session, frame.channel, checked(askSchema, data))
    else if (name === 'unask') unask(session, frame.channel, checked(unaskSchema, data).id)
    else {
      throw new Failure('denied', 'a view of rights cannot be published to', {
        remedy: 'send `ask` or `unask`',
      })
    }
    return wire.hub.head
  })
}

function checked<S extends z.ZodType>(schema: S, data: unknown): z.output<S> {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Failure('invalid', `\`${issue?.path.join('.') ?? ''}\`: ${issue?.message ?? 'wrong'}`, {
    remedy: 'send `{ id, action, on?, message?: { name?, data?, headers? }, context? }`',
  })
}

function ask(
  wire: Wire,
  session: LiveSession,
  name: string,
  said: z.output<typeof askSchema>,
): void {
  const { connection, peer } = session
  const view = connection.views.get(name)
  const asked = parsePermissionView(name)
  if (view === undefined || asked === undefined) {
    throw new Failure('denied', 'questions are asked on a view that is attached', {
      remedy: 'attach it first',
    })
  }
  const on = said.on ?? ('all' in asked ? undefined : asked.channel)
  if (on === undefined)
    throw new Failure('invalid', 'the view of everything does not say where', {
      remedy: 'add `on`',
    })
  if (!view.questions.has(said.id) && view.questions.size >= MAX_QUESTIONS) {
    throw new Failure('invalid', `more than ${MAX_QUESTIONS} questions stand on this view`, {
      remedy: 'drop some with `unask`',
    })
  }
  const question = questionOf(said, on, connection.asker.clientId ?? '')
  const last = answerOf(wire.hub.world, connection.asker.credential, question)
  const questions = new Map(view.questions).set(said.id, { question, last })
  connection.views.set(name, { ...view, questions })
  peer.view(name, 'answer', last, wire.hub.head)
}

function unask(session: LiveSession, name: string, dropped: string): void {
  const { views } = session.connection
  const view = views.get(name)
  if (view === undefined) return
  const questions = new Map(view.questions)
  questions.delete(dropped)
  views.set(name, { ...view, questions })
}

function questionOf(
  said: z.output<typeof askSchema>,
  on: string,
  clientId: string,
): StandingQuestion {
  const { id: named, action, message, context } = said
  const after: MessageState | undefined = message && {
    name: message.name ?? '',
    data: (message.data ?? null) as MessageState['data'],
    clientId,
    headers: (message.headers ?? {}) as Attributes,
  }
  return {
    id: named,
    action,
    on,
    ...(after === undefined ? {} : { after }),
    ...(context === undefined ? {} : { context: context as Attributes }),
  }
}
