// The REST surface of the chat SDK: rooms, their messages and reactions, as it spells them.

import * as z from 'zod'
import { clientId, parsed, plainObject, text } from './incoming.ts'
import { isPlainObject, withoutNulls } from './plain.ts'
import type { Query } from './rest-query.ts'

/** What names of messages in a room's channel belong to the chat. */
export const chatMessageName = 'chat.message'

export const chatReactionTypes = ['unique', 'distinct', 'multiple'] as const
export type ChatReactionType = (typeof chatReactionTypes)[number]

/** What somebody says; `metadata` and `headers` are theirs. */
export type ChatContent = {
  readonly text: string
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, unknown>>
}

/** Why an edit was made. */
export type ChatOperation = {
  readonly description?: string
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** A message as the chat SDK reads it over REST. */
export type ChatMessage = {
  readonly serial: string
  readonly clientId: string
  readonly text: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, unknown>>
  readonly action: 'message.create' | 'message.update' | 'message.delete'
  /** Milliseconds. */
  readonly timestamp: number
  readonly version: {
    readonly serial: string
    readonly timestamp: number
    readonly clientId?: string
    readonly description?: string
    readonly metadata?: Readonly<Record<string, unknown>>
  }
  readonly reactions: ChatReactions
  readonly userClaim?: string
}

/** What the reactions to a message add up to, by type; a type nobody used is left out. */
export type ChatReactions = Readonly<Partial<Record<ChatReactionType, unknown>>>

const item = <T extends z.core.SomeType>(schema: T) => z.preprocess(withoutNulls, schema)

const contentSchema = z.object({
  text: z.string(),
  metadata: plainObject.exactOptional(),
  headers: plainObject.exactOptional(),
})

const operationSchema = z.object({
  description: text(8192).exactOptional(),
  metadata: plainObject.exactOptional(),
})

const updateSchema = operationSchema.extend({ message: item(contentSchema) })

const reactionSchema = z.object({
  type: z.literal(chatReactionTypes),
  name: text(1024).exactOptional(),
  count: z.int().min(1).exactOptional(),
})

/** @throws {WireInvalid} `publish_invalid` */
export function parseChatMessage(body: unknown): ChatContent {
  return parsed(contentSchema, withoutNulls(body), 'publish_invalid')
}

/** @throws {WireInvalid} `publish_invalid` */
export function parseChatUpdate(body: unknown): ChatOperation & { readonly message: ChatContent } {
  return parsed(updateSchema, withoutNulls(body), 'publish_invalid')
}

/** @param body may be absent. @throws {WireInvalid} `publish_invalid` */
export function parseChatOperation(body: unknown): ChatOperation {
  return parsed(operationSchema, withoutNulls(body ?? {}), 'publish_invalid')
}

export type ChatReaction = {
  readonly type: ChatReactionType
  readonly name?: string
  readonly count?: number
}

/** Reads a reaction from a body, or from a query. @throws {WireInvalid} `publish_invalid` */
export function parseChatReaction(input: unknown): ChatReaction {
  return parsed(reactionSchema, withoutNulls(input), 'publish_invalid')
}

/** Whose reactions are asked for; absent: the asker's. @throws {WireInvalid} `client_id_invalid` */
export function parseChatClient({ forClientId }: Query): string | undefined {
  return forClientId === undefined || forClientId === ''
    ? undefined
    : parsed(clientId, forClientId, 'client_id_invalid')
}

/** The type of annotation that a reaction is. */
export function reactionAnnotationType(type: ChatReactionType): string {
  return `reaction:${type}.v1`
}

/** What a message's annotations add up to, as reactions. */
export function chatReactions(
  summary: Readonly<Record<string, unknown>> | undefined,
): ChatReactions {
  return Object.fromEntries(
    chatReactionTypes.flatMap((type) => {
      const sum = summary?.[reactionAnnotationType(type)]
      return sum === undefined ? [] : [[type, sum] as const]
    }),
  )
}

/** The content of a payload in a room's channel; whatever is not there is empty. */
export function chatContent(
  data: string | Uint8Array | undefined,
  encoding: string | undefined,
  extras: Readonly<Record<string, unknown>> | undefined,
): Required<ChatContent> {
  const payload = encoding === 'json' && typeof data === 'string' ? fromJson(data) : {}
  const { text: said, metadata } = payload
  const headers = extras?.headers
  return {
    text: typeof said === 'string' ? said : '',
    metadata: isPlainObject(metadata) ? metadata : {},
    headers: isPlainObject(headers) ? headers : {},
  }
}

function fromJson(data: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(data)
    return isPlainObject(value) ? value : {}
  } catch {
    return {}
  }
}
