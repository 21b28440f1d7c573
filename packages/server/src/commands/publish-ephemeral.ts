// Publish without storing: decided and told in one turn. What is ephemeral is gone then; what a channel that keeps
// nothing is told can be come back for, for two minutes.

import type { ChannelMessage, Message, NewMessage } from '@sayso/channel'
import { messageSize } from '@sayso/protocol'
import type { Context } from '../context.ts'
import { requireSpeakable, spoken } from '../desk/spoken.ts'
import { carriesAny } from '../files/carried.ts'
import type { Recent } from '../recent.ts'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'
import { pacing } from './pacing.ts'
import { MAX_MESSAGE_BYTES, type Publish, prepared, requirePublish } from './publish.ts'

/** Tells something fleeting to a channel, at its place after everything folded so far. */
export type TellFleeting = (channel: Publish['channel'], message: ChannelMessage) => void

/**
 * Tells messages to who is attached now.
 *
 * INVARIANT: synchronous; decision and telling see the same world, so that it passes the same fence as what is stored.
 *
 * @returns the serials to acknowledge; they name no stored place
 * @throws {Failure} `denied`, `client_id_mismatch`, `message_too_large`
 */
export function publishEphemeral(
  context: Context,
  tell: TellFleeting,
  asker: Asker,
  input: Publish,
): readonly string[] {
  const messages = allowed(context, asker, input)
  // After the head and before the next entry, and unlike any stored serial.
  const serial = `${context.standing.head}~${context.randomId(6)}`
  const told = toldAt(context, asker, { ...input, messages }, serial)
  tell(input.channel, { ...told, fleeting: true })
  for (const message of told.messages) context.typing.note(message)
  return told.messages.map((message) => message.serial)
}

/**
 * Tells messages to who is attached now, and keeps them a while for who comes back. A repeat of the same ids within that
 * time is answered as the first time.
 *
 * INVARIANT: synchronous, as above.
 *
 * @throws {Failure} `denied`, `client_id_mismatch`, `message_too_large`, `slow_mode`
 */
export function publishRecent(
  context: Context,
  recent: Recent,
  tell: TellFleeting,
  asker: Asker,
  input: Publish,
): readonly string[] {
  const messages = allowed(context, asker, input)
  const { channel, idBase } = input
  const keys = [
    ...(idBase === undefined ? [] : [`base ${idBase}`]),
    ...messages.flatMap(({ id }) => (id === undefined ? [] : [`id ${id}`])),
  ]
  const repeat = recent.repeatOf(channel, keys)
  if (repeat !== undefined) return repeat.messages.map((message) => message.serial)
  context.refusals.noting(() => pacing(context, asker, input).take(context.standing.world))
  const serial = recent.nextSerial(context.standing.head, context.now())
  const told = toldAt(context, asker, { ...input, messages }, serial)
  recent.keep(channel, told, keys)
  tell(channel, told)
  return told.messages.map((message) => message.serial)
}

/** The messages as they would be told, if they may be. */
function allowed(context: Context, asker: Asker, input: Publish): readonly NewMessage[] {
  const { world } = context.standing
  const nowMs = context.now()
  const messages = context.refusals.noting(() =>
    input.messages.map((message) => {
      const own = prepared(asker, message, input.channel)
      return spoken(world, asker, input.channel, own, nowMs)
    }),
  )
  if (messages.some(carriesAny)) {
    throw new Failure('attachment_invalid', 'messages that are not kept carry no files')
  }
  const bytes = messages.reduce((sum, message) => sum + messageSize(message), 0)
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new Failure(
      'message_too_large',
      `the publish has ${bytes} bytes; the limit is ${MAX_MESSAGE_BYTES}`,
    )
  }
  context.refusals.noting(() => {
    for (const message of messages) requirePublish(world, asker, input.channel, message)
    requireSpeakable(world, input.channel)
  })
  return messages
}

/** @param input with messages that may be told */
function toldAt(context: Context, asker: Asker, input: Publish, serial: string): ChannelMessage {
  const atMs = context.now()
  const base = input.idBase ?? context.randomId()
  const by = asker.connectionId === undefined ? {} : { connectionId: asker.connectionId }
  const messages = input.messages.map(
    (message, index): Message => ({
      ...message,
      id: message.id ?? `${base}:${index}`,
      serial: `${serial}:${String(index).padStart(3, '0')}`,
      timestampMs: atMs,
      action: 'create',
      ...by,
    }),
  )
  return { kind: 'message', serial, atMs, id: base, messages, ...by }
}
