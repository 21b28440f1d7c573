// What is told in a conversation and kept nowhere.

import type { ChannelMessage } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { Context } from '../context.ts'
import { channelOfConversation, conversationNamed, requireDesk } from './desk-type.ts'

/** @param key of the conversation */
export function fleetingOf(
  { standing, now, randomId }: Context,
  key: string,
  name: 'mark' | 'queue',
  data: object,
): readonly [ChannelName, ChannelMessage] {
  const { world, head } = standing
  const serial = `${head}~${randomId(6)}`
  const atMs = now()
  const id = randomId()
  const message = {
    id: `${id}:0`,
    serial: `${serial}:000`,
    name,
    data: JSON.stringify(data),
    encoding: 'json',
    extras: { ephemeral: true },
    timestampMs: atMs,
    action: 'create' as const,
  }
  return [
    channelOfConversation(world, conversationNamed(requireDesk(world), key)),
    { kind: 'message', serial, atMs, id, messages: [message], fleeting: true },
  ]
}
