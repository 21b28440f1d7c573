// What a client may say: one schema per action. Lenient to members nobody asked for and to nulls in place of absent
// ones; strict in types and sizes.

import * as z from 'zod'
import { Action } from './action.ts'
import { maxChannelNameLength } from './channel-name.ts'
import type { ErrorName } from './error-table.ts'
import { type FrameAbout, FrameInvalid, WireInvalid } from './errors.ts'
import type { IncomingFrame, IncomingMessage } from './frame.ts'
import { payloadIn } from './payload.ts'
import { isPlainJson, isPlainObject, withoutNulls } from './plain.ts'

/** Messages, presence messages or annotations in one frame or body. */
export const maxItems = 1000

/** @param max characters */
export const text = (max: number) => z.string().max(max)
const id = text(512)
export const clientId = text(1024)
const serial = text(512)
/** A plain JSON object of the user's own. */
export const plainObject = z.custom<Readonly<Record<string, unknown>>>(
  (value) => isPlainObject(value) && isPlainJson(value),
  'expected a plain JSON object',
)
const member = <T extends z.core.SomeType>(schema: T) => z.preprocess(withoutNulls, schema)
const list = <T extends z.core.SomeType>(schema: T) => z.array(member(schema)).max(maxItems)

const payload = {
  data: z.unknown().exactOptional(),
  encoding: text(256).exactOptional(),
  extras: plainObject.exactOptional(),
}

/** The operation behind an edit. */
export const operationSchema = z.object({
  clientId: clientId.exactOptional(),
  description: text(8192).exactOptional(),
  metadata: plainObject.exactOptional(),
})

/** A message to publish or an edit of one, before its payload is brought into stored form. */
export const messageSchema = z.object({
  ...payload,
  id: id.exactOptional(),
  name: z.string().exactOptional(),
  clientId: clientId.exactOptional(),
  connectionId: id.exactOptional(),
  connectionKey: id.exactOptional(),
  action: z.literal([0, 1, 2, 5]).exactOptional(),
  serial: serial.exactOptional(),
  version: member(operationSchema).exactOptional(),
})

/** An annotation as REST takes it: the path names the message. */
export const annotationSchema = z.object({
  ...payload,
  id: id.exactOptional(),
  action: z.literal([0, 1]).default(0),
  type: text(512).min(1),
  name: text(1024).exactOptional(),
  count: z.int().min(1).exactOptional(),
  clientId: clientId.exactOptional(),
  messageSerial: serial.exactOptional(),
})

const presenceSchema = z.object({
  ...payload,
  id: id.exactOptional(),
  action: z.literal([2, 3, 4]),
  clientId: clientId.exactOptional(),
})

const channel = text(maxChannelNameLength)
const msgSerial = z.int().min(0)
const params = z.record(text(256), text(8192))

const frameSchemas = [
  z.object({ action: z.literal(Action.HEARTBEAT), id: id.exactOptional() }),
  z.object({ action: z.literal(Action.DISCONNECT) }),
  z.object({ action: z.literal(Action.CLOSE) }),
  z.object({
    action: z.literal(Action.ATTACH),
    channel,
    channelSerial: serial.exactOptional(),
    flags: z.int().min(0).max(0x7fffffff).exactOptional(),
    params: member(params).exactOptional(),
  }),
  z.object({ action: z.literal(Action.DETACH), channel }),
  z.object({
    action: z.literal(Action.PRESENCE),
    channel,
    msgSerial,
    presence: list(presenceSchema),
  }),
  z.object({
    action: z.literal(Action.MESSAGE),
    channel,
    msgSerial,
    messages: list(messageSchema),
    params: member(params).exactOptional(),
  }),
  z.object({ action: z.literal(Action.SYNC), channel, channelSerial: serial.exactOptional() }),
  z.object({
    action: z.literal(Action.AUTH),
    auth: member(z.object({ accessToken: text(131_072).min(1) })),
  }),
  z.object({ action: z.literal(Action.OBJECT), channel, msgSerial }),
  z.object({
    action: z.literal(Action.ANNOTATION),
    channel,
    msgSerial,
    annotations: list(annotationSchema.extend({ messageSerial: serial.min(1) })),
  }),
] as const

/** Every frame a client may send, as one schema. */
export const frameSchema = z.discriminatedUnion('action', frameSchemas)

const understood: ReadonlySet<number> = new Set(
  frameSchemas.map((schema) => schema.shape.action.value),
)
const lists = ['messages', 'presence', 'annotations'] as const

/**
 * Reads a decoded value as a frame.
 *
 * @throws {FrameInvalid} with what could be read of it in `about`
 */
export function parseFrame(value: unknown): IncomingFrame {
  if (!isPlainObject(value)) throw new FrameInvalid('bad_request', 'the frame is not an object')
  const frame = withoutNulls(value)
  const about = aboutOf(frame)
  if (about.action === undefined)
    throw new FrameInvalid('bad_request', 'the frame has no `action`', about)
  if (!understood.has(about.action)) return unknownFrame(frame, about.action)
  try {
    return knownFrame(frame)
  } catch (error) {
    if (error instanceof WireInvalid) throw new FrameInvalid(error.code, error.message, about)
    throw error
  }
}

function knownFrame(value: Readonly<Record<string, unknown>>): IncomingFrame {
  for (const key of lists) assertCount(value[key], key)
  const frame = parsed(frameSchema, value)
  switch (frame.action) {
    case Action.MESSAGE: {
      const messages = frame.messages.map(stored)
      assertPublish(messages)
      return { ...frame, messages }
    }
    case Action.PRESENCE:
      return { ...frame, presence: frame.presence.map(stored) }
    case Action.ANNOTATION:
      return { ...frame, annotations: frame.annotations.map(stored) }
    default:
      return frame
  }
}

/** Refuses a list that is too long before anybody looks at its items. */
export function assertCount(value: unknown, name: string): void {
  if (Array.isArray(value) && value.length > maxItems)
    throw new WireInvalid('publish_invalid', `\`${name}\` has more than ${maxItems} items`)
}

/**
 * Refuses messages that cannot be published together: an edit is alone and names its message; ids chosen by the client
 * share one base and count from 0, so that a repeat can be told from a new publish.
 */
export function assertPublish(messages: readonly IncomingMessage[]): void {
  const edit = messages.find((message) => message.action !== undefined && message.action !== 0)
  if (edit !== undefined && messages.length > 1)
    throw new WireInvalid('publish_invalid', 'an update, delete or append must be sent alone')
  if (edit !== undefined && !edit.serial)
    throw new WireInvalid('publish_invalid', 'an update, delete or append needs a `serial`')
  if (messages.length < 2 || messages.every((message) => message.id === undefined)) return
  const base = messages[0]?.id?.replace(/:0$/, '')
  if (!messages.every((message, index) => message.id === `${base}:${index}`))
    throw new WireInvalid('message_id_invalid')
}

type Raw = { readonly data?: unknown; readonly encoding?: string }

/** Brings the payload of one item into stored form. */
export function stored<T extends Raw>(
  item: T,
): Omit<T, 'data' | 'encoding'> & ReturnType<typeof payloadIn> {
  const { data, encoding, ...rest } = item
  return { ...rest, ...payloadIn({ data, encoding }) }
}

function unknownFrame(frame: Readonly<Record<string, unknown>>, action: number): IncomingFrame {
  const about = aboutOf(frame)
  const key = id.safeParse(frame.id)
  return { ...about, action, unknown: true, ...(key.success && { id: key.data }) }
}

function aboutOf(frame: Readonly<Record<string, unknown>>): FrameAbout {
  const action = msgSerial.safeParse(frame.action)
  const name = channel.safeParse(frame.channel)
  const number = msgSerial.safeParse(frame.msgSerial)
  return {
    ...(action.success && { action: action.data }),
    ...(name.success && { channel: name.data }),
    ...(number.success && { msgSerial: number.data }),
  }
}

/**
 * Checks a value against a schema and names the first thing wrong with it.
 *
 * @throws {WireInvalid} with the code that belongs to the member at fault, else `fallback`
 */
export function parsed<S extends z.ZodType>(
  schema: S,
  value: unknown,
  fallback: ErrorName = 'bad_request',
): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = issue?.path ?? []
  const what = (issue?.message ?? 'not as expected').replace(/^Invalid input: /, '')
  throw new WireInvalid(
    codeAt(path, fallback),
    path.length === 0 ? what : `\`${spelled(path)}\`: ${what}`,
  )
}

const codes: ReadonlyMap<PropertyKey, ErrorName> = new Map<PropertyKey, ErrorName>([
  ['extras', 'extras_invalid'],
  ['data', 'data_invalid'],
  ['encoding', 'data_invalid'],
  ['clientId', 'client_id_invalid'],
  ['channel', 'channel_name_invalid'],
])

function codeAt(path: readonly PropertyKey[], fallback: ErrorName): ErrorName {
  for (const step of path) {
    const code = codes.get(step)
    if (code !== undefined) return code
  }
  return path[0] === 'messages' && path.at(-1) === 'id' ? 'message_id_invalid' : fallback
}

function spelled(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) =>
      typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`,
    )
    .join('')
}
