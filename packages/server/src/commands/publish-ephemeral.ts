// Publish live only: decided and told in one turn, never stored, never replayed.

import type { ChannelMessage, Message } from '@sayso/channel'
import { messageSize } from '@sayso/protocol'
import type { Context } from '../context.ts'
import type { Asker } from './asker.ts'
import { Failure } from './failure.ts'
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
  const messages = input.messages.map((message) => prepared(asker, message))
  const bytes = messages.reduce((sum, message) => sum + messageSize(message), 0)
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new Failure(
      'message_too_large',
      `the publish has ${bytes} bytes; the limit is ${MAX_MESSAGE_BYTES}`,
    )
  }
  const { world, head } = context.standing
  context.refusals.noting(() => {
    for (const message of messages) requirePublish(world, asker, input.channel, message)
  })
  const atMs = context.now()
  const base = input.idBase ?? context.randomId()
  // After the head and before the next entry, and unlike any stored serial.
  const serial = `${head}~${context.randomId(6)}`
  const told = messages.map(
    (message, index): Message => ({
      ...message,
      id: message.id ?? `${base}:${index}`,
      serial: `${serial}:${String(index).padStart(3, '0')}`,
      timestampMs: atMs,
      action: 'create',
      ...(asker.connectionId === undefined ? {} : { connectionId: asker.connectionId }),
    }),
  )
  tell(input.channel, {
    kind: 'message',
    serial,
    atMs,
    id: base,
    messages: told,
    fleeting: true,
    ...(asker.connectionId === undefined ? {} : { connectionId: asker.connectionId }),
  })
  return told.map((message) => message.serial)
}
