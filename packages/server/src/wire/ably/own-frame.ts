// Attaching `[me]`: what the bearer of a token keeps for themselves. It takes two messages: how they are, and about whom they
// ask how those are.

import { type Action, type KnownFrame, ownChannel } from '@sayso/protocol'
import * as z from 'zod'
import { Failure } from '../../commands/failure.ts'
import { messageState } from '../../commands/message-state.ts'
import { oneself } from '../../commands/require-oneself.ts'
import { MAX_ASKED } from '../../own/whereabouts.ts'
import type { LiveSession } from './live-session.ts'
import type { Wire } from './wire.ts'

type MessageFrame = Extract<KnownFrame, { action: typeof Action.MESSAGE }>

/** Of what somebody says of themselves; UTF-16 units of JSON. */
const LONGEST_SAID = 1_024

const hereSchema = z
  .record(z.string(), z.json())
  .nullable()
  .refine((said) => JSON.stringify(said).length <= LONGEST_SAID, 'longer than allowed')
const watchSchema = z.strictObject({
  on: z.string().min(1).max(400),
  people: z.array(z.string().min(1).max(200)).max(MAX_ASKED),
})

export function isOwn(raw: string): boolean {
  return raw === ownChannel
}

/** Never RESUMED: the snapshot says it all. */
export function attachOwn(wire: Wire, { connection, peer }: LiveSession): void {
  const person = oneself(connection.asker)
  if (person !== undefined) return wire.context.own.listen(connection, person)
  const failure = new Failure('client_id_required', `\`${ownChannel}\` needs an identity`, {
    remedy: 'connect with a token that has a `clientId`',
  })
  peer.refused(ownChannel, failure)
}

/** True if there was something to leave. */
export function detachOwn({ connection, peer }: LiveSession, raw: string): boolean {
  if (!isOwn(raw)) return false
  connection.own?.close()
  peer.detached(raw)
  return true
}

/**
 * Takes what a frame says: `here` with how one is, or null; `watch` with about whom one asks. Told of on `[me]`, by `here`.
 *
 * @throws {Failure} `denied` for any other message and where it is not attached, `invalid`
 */
export function ownFrame(
  { context, hub }: Wire,
  { connection }: LiveSession,
  frame: MessageFrame,
): readonly string[] {
  const { whereabouts } = context.own
  if (connection.own === undefined) refuse('attach it first')
  return frame.messages.map((message) => {
    const { name, data } = messageState(message)
    if (name === 'here') whereabouts.say(connection, checked(hereSchema, data) ?? undefined)
    else if (name === 'watch') {
      const { on, people } = checked(watchSchema, data)
      whereabouts.watch(connection, on, people)
    } else refuse('write to `/api/v1/me/state`, or send `here` or `watch`')
    return hub.head
  })
}

function refuse(remedy: string): never {
  throw new Failure('denied', `\`${ownChannel}\` cannot be published to so`, { remedy })
}

function checked<S extends z.ZodType>(schema: S, data: unknown): z.output<S> {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where = issue?.path.join('.') ?? ''
  throw new Failure('invalid', `\`${where}\`: ${issue?.message ?? 'wrong'}`, {
    remedy: 'send `here` with an object or null, `watch` with `{ on, people: [ids] }`',
  })
}
