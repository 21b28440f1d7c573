// Bodies that REST callers send: publishes, edits, annotations, batches and revocations.

import * as z from 'zod'
import { WireInvalid } from './errors.ts'
import type { IncomingAnnotation, IncomingMessage } from './frame.ts'
import {
  annotationSchema,
  assertCount,
  assertPublish,
  maxItems,
  messageSchema,
  operationSchema,
  parsed,
  stored,
} from './incoming.ts'
import { withoutNulls } from './plain.ts'

/** Channels one batch may name. */
export const maxBatchChannels = 100
/** Targets one revocation may name. */
export const maxRevocationTargets = 100

const item = <T extends z.core.SomeType>(schema: T) => z.preprocess(withoutNulls, schema)
const oneOrMany = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? value : [value as T]

const messagesSchema = z.array(item(messageSchema)).max(maxItems)

/**
 * Reads the body of a publish: one message or an array, which is published whole or not at all.
 *
 * @throws {WireInvalid} with the code of the member at fault, else `publish_invalid`
 */
export function parsePublishBody(body: unknown): readonly IncomingMessage[] {
  const list = oneOrMany(body)
  assertCount(list, 'messages')
  const messages = parsed(messagesSchema, list, 'publish_invalid').map(stored)
  assertPublish(messages)
  return messages
}

/** An edit: which kind, by whom and why, and the members it replaces. */
export type MessageUpdate = IncomingMessage & { readonly action: 1 | 2 | 5 }

const updateSchema = messageSchema.extend({
  action: z.literal([1, 2, 5]).default(1),
  operation: item(operationSchema).exactOptional(),
})

/**
 * Reads the body of `PATCH …/messages/{serial}`; the path's serial is the one that counts. No `action` means update.
 *
 * @throws {WireInvalid} with the code of the member at fault, else `publish_invalid`
 */
export function parseUpdateBody(body: unknown): MessageUpdate {
  const { operation, ...message } = parsed(updateSchema, withoutNulls(body), 'publish_invalid')
  // Clients before wire version 4 call it `operation`.
  const version = message.version ?? operation
  return { ...stored(message), ...(version !== undefined && { version }) }
}

const annotationsSchema = z.array(item(annotationSchema)).max(maxItems)

/**
 * Reads the body of `POST …/messages/{serial}/annotations`: an array, or one.
 *
 * @throws {WireInvalid} with the code of the member at fault, else `publish_invalid`
 */
export function parseAnnotationsBody(body: unknown): readonly IncomingAnnotation[] {
  const list = oneOrMany(body)
  assertCount(list, 'annotations')
  return parsed(annotationsSchema, list, 'publish_invalid').map(stored)
}

/** The same messages for several channels, each judged and published on its own. */
export type BatchSpec = {
  readonly channels: readonly string[]
  readonly messages: readonly IncomingMessage[]
}

export type BatchBody = {
  readonly specs: readonly BatchSpec[]
  /** Whether the body was an array: the answer has the same shape. */
  readonly isList: boolean
}

const batchSchema = z
  .array(
    z.object({
      channels: z.union([z.string(), z.array(z.string()).min(1).max(maxBatchChannels)]),
      messages: z.unknown(),
    }),
  )
  .min(1)
  .max(maxBatchChannels)

/**
 * Reads the body of a batch publish: one spec or an array of them.
 *
 * @throws {WireInvalid} with the code of the member at fault, else `bad_request`
 */
export function parseBatchBody(body: unknown): BatchBody {
  const list = oneOrMany(body)
  const specs = parsed(batchSchema, list).map((spec) => ({
    channels: oneOrMany(spec.channels),
    messages: parsePublishBody(spec.messages),
  }))
  const count = specs.reduce((sum, { messages }) => sum + messages.length, 0)
  if (count > maxItems)
    throw new WireInvalid('publish_invalid', `a batch has more than ${maxItems} messages`)
  return { specs, isList: Array.isArray(body) }
}

/** Which tokens are to die. Targets are `type:value` texts; an unknown type fails on its own, not the request. */
export type RevocationBody = {
  readonly targets: readonly string[]
  /** Milliseconds; absent means now. */
  readonly issuedBefore?: number
  /** Whether connections get 30 s to renew before they are cut. */
  readonly allowReauthMargin: boolean
}

const revocationSchema = z.object({
  targets: z.array(z.string().max(2048)).min(1).max(maxRevocationTargets),
  issuedBefore: z.int().min(0).exactOptional(),
  allowReauthMargin: z.boolean().default(false),
})

/**
 * Reads the body of `POST /keys/{keyName}/revokeTokens`.
 *
 * @throws {WireInvalid} `bad_parameter`
 */
export function parseRevocationBody(body: unknown): RevocationBody {
  return parsed(revocationSchema, withoutNulls(body), 'bad_parameter')
}
