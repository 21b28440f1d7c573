// Between the core's messages and those of the chat SDK.

import type { Amendment, Message, NewMessage } from '@sayso/channel'
import {
  type ChatContent,
  type ChatMessage,
  type ChatOperation,
  chatContent,
  chatMessageName,
  chatReactions,
} from '@sayso/protocol'

const actions = {
  create: 'message.create',
  update: 'message.update',
  delete: 'message.delete',
} as const

export function chatMessage(message: Message): ChatMessage {
  const { serial, clientId = '', data, encoding, extras, timestampMs, version, summary } = message
  const { userClaim } = extras ?? {}
  return {
    serial,
    clientId,
    ...chatContent(data, encoding, extras),
    action: actions[message.action],
    timestamp: timestampMs,
    version: versionOf(serial, timestampMs, version),
    reactions: chatReactions(summary),
    ...(typeof userClaim === 'string' ? { userClaim } : {}),
  }
}

/** A message that was never edited is its own first version. */
function versionOf(
  serial: string,
  timestamp: number,
  version: Message['version'],
): ChatMessage['version'] {
  if (version === undefined) return { serial, timestamp }
  const { timestampMs, ...same } = version
  return { ...same, timestamp: timestampMs }
}

export function chatNewMessage(content: ChatContent): NewMessage {
  return { name: chatMessageName, ...payloadOf(content), extras: extrasOf(content) }
}

/** Replaces everything: what the content does not have is empty afterwards. */
export function chatAmendment(
  serial: string,
  action: 'update' | 'delete',
  content: ChatContent,
  { description, metadata }: ChatOperation,
): Amendment {
  return {
    serial,
    action,
    ...payloadOf(content),
    extras: extrasOf(content),
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata: metadata as Readonly<Record<string, string>> }),
  }
}

function payloadOf({ text, metadata = {} }: ChatContent): Pick<NewMessage, 'data' | 'encoding'> {
  return { data: JSON.stringify({ text, metadata }), encoding: 'json' }
}

function extrasOf({ headers = {} }: ChatContent): Readonly<Record<string, unknown>> {
  return { headers }
}
