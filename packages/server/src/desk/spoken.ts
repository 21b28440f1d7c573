// What may be said in a conversation, whatever the policy says: few kinds of messages, each of a closed form, whose author, name
// and time are the server's to write.

import type { Amendment, NewMessage } from '@sayso/channel'
import type { ChannelName, World } from '@sayso/policy'
import type { Asker } from '../commands/asker.ts'
import { Failure } from '../commands/failure.ts'
import { require, requireVerb } from '../commands/may.ts'
import { messageState } from '../commands/message-state.ts'
import { nameOf } from '../people/roles.ts'
import { conversationOn, factsOf } from './desk-type.ts'

/** Characters of a text or note. */
export const LONGEST_TEXT = 8_000

const CLAIMS = ['author', 'name', 'time'] as const

/** What a kind takes in its data beside what the server writes, and in its extras. */
const KINDS: Readonly<
  Record<string, { readonly data: readonly string[]; readonly extras: readonly string[] }>
> = {
  text: { data: ['text'], extras: [] },
  note: { data: ['text'], extras: ['mentions'] },
  file: { data: [], extras: ['attachments'] },
  typing: { data: [], extras: ['ephemeral'] },
}
/** What the server has written by then. */
const SERVER_EXTRAS = ['userClaim', 'sayso']

/**
 * The message as it is kept: for a channel of no conversation the very same. Otherwise refused, or with the author, the
 * author's name as it is known, and the time of the server.
 *
 * @throws {Failure} `conversation_closed`, `identity_required`, `invalid`, `denied`
 */
export function spoken(
  world: World,
  asker: Asker,
  channel: ChannelName,
  message: NewMessage,
  nowMs: number,
): NewMessage {
  const resource = conversationOn(world, channel)
  if (resource === undefined) return message
  const facts = factsOf(world, resource)
  // Of what there is not the policy speaks as of what is hidden.
  if (facts === undefined) return message
  // Only who may write here learns what is wrong with what they write.
  require(world, asker, 'publish', channel)
  const { name, clientId } = message
  const kind = name === undefined ? undefined : own(KINDS, name)
  if (kind === undefined || name === undefined)
    throw malformed(`\`${name ?? ''}\` is no kind of message`)
  const data = fieldsOf(message, name, kind.data)
  requireExtras(message, kind.extras)
  if (clientId === undefined)
    throw new Failure('identity_required', 'in a conversation everybody has a name', {
      remedy: 'use a token with a clientId',
    })
  requireOwnAuthor(data, clientId)
  if (name === 'note') requireVerb(world, asker, 'note', resource)
  if (name === 'typing') return { ...message, data: '{}', encoding: 'json' }
  const stamped = {
    author: clientId,
    name: nameOf(world, `user:${clientId}`),
    time: nowMs,
    ...(name === 'file' ? {} : { text: textIn(data) }),
  }
  return { ...message, data: JSON.stringify(stamped), encoding: 'json' }
}

/** INVARIANT: asked after the policy, so that only who may write learns that it is closed. @throws {Failure} */
export function requireSpeakable(world: World, channel: ChannelName): void {
  const resource = conversationOn(world, channel)
  if (resource === undefined) return
  if (factsOf(world, resource)?.state === 'closed')
    throw new Failure('conversation_closed', 'this conversation is closed', {
      remedy: 'open a new one',
    })
}

/** INVARIANT: what was said stays as it was said; it can only be taken away. @throws {Failure} `immutable` */
export function requireUnamended(world: World, channel: ChannelName, { action }: Amendment): void {
  if (action === 'delete' || conversationOn(world, channel) === undefined) return
  throw new Failure('immutable', 'what is said in a conversation is not changed', {
    remedy: 'say it again',
  })
}

function fieldsOf(
  message: NewMessage,
  name: string,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  // Nothing has to be said beside the file, or to say that one is typing.
  if (message.data === undefined && known.length === 0) return {}
  const { data } = messageState(message)
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw malformed('the message is not a JSON object')
  const taken: readonly string[] = name === 'typing' ? [] : [...known, ...CLAIMS]
  const other = Object.keys(data).find((each) => !taken.includes(each))
  if (other !== undefined) throw malformed(`\`${other}\` is not a field of this message`)
  return data as Readonly<Record<string, unknown>>
}

function requireExtras({ name, extras = {} }: NewMessage, known: readonly string[]): void {
  const other = Object.keys(extras).find((each) => ![...known, ...SERVER_EXTRAS].includes(each))
  if (other !== undefined) throw malformed(`\`${other}\` does not go with this message`)
  if (name === 'typing' && extras.ephemeral !== true)
    throw malformed('that somebody types is said with `extras.ephemeral`')
  if (name === 'file' && !(Array.isArray(extras.attachments) && extras.attachments.length > 0))
    throw malformed('a message `file` carries a file')
}

/** Who says who they are says so rightly. */
function requireOwnAuthor(data: Readonly<Record<string, unknown>>, clientId: string): void {
  if (!Object.hasOwn(data, 'author') || data.author === clientId) return
  throw new Failure('client_id_mismatch', 'the author is another person', {
    remedy: 'leave `author` out: the server writes it',
  })
}

function textIn({ text }: Readonly<Record<string, unknown>>): string {
  if (typeof text !== 'string' || text.trim() === '') throw malformed('`text` is no text')
  if ([...text].length <= LONGEST_TEXT) return text
  throw malformed(`\`text\` has more than ${LONGEST_TEXT} characters`)
}

function own<V>(map: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}

function malformed(message: string): Failure {
  return new Failure('invalid', message, {
    remedy: 'send `text` with `{ text }`, or `note`, `file` or `typing`',
  })
}
