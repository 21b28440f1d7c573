// Bytes to frames and back, in both formats. Whatever the bytes are, reading either gives a frame or throws FrameInvalid.

import { Decoder, Encoder } from '@msgpack/msgpack'
import { textOf, utf8, utf8Length } from './bytes.ts'
import { FrameInvalid, WireInvalid } from './errors.ts'
import { contentTypes, type Format, type Limits } from './format.ts'
import type { Frame, IncomingFrame } from './frame.ts'
import { parseFrame } from './incoming.ts'
import { shapeProblem } from './msgpack-shape.ts'
import { payloadOut } from './payload.ts'
import { maxDepth, withoutNulls } from './plain.ts'

const encoder = new Encoder({ ignoreUndefined: true })
const decoder = new Decoder()
// A frame wraps its nested values in at most this many levels of its own.
const maxLevels = maxDepth + 8

/**
 * Reads one frame: text or UTF-8 bytes as JSON, bytes as MessagePack. Payloads come out in stored form.
 *
 * @throws {FrameInvalid} and nothing else, whatever the bytes
 */
export function decodeFrame(
  format: Format,
  data: string | Uint8Array,
  limits: Limits,
): IncomingFrame {
  try {
    return parseFrame(decoded(format, data, limits))
  } catch (error) {
    if (error instanceof FrameInvalid) throw error
    if (error instanceof WireInvalid) throw new FrameInvalid(error.code, error.message)
    throw error
  }
}

/**
 * Writes one frame. Members that are undefined or null are left out; bytes in payloads become base64 in JSON and the
 * bin type in MessagePack. The bytes are the caller's own.
 */
export function encodeFrame(format: Format, frame: Frame): Uint8Array {
  const { error, connectionDetails, messages, presence, annotations } = frame
  return encodeValue(format, {
    ...withoutNulls(frame),
    ...(error && { error: withoutNulls(error) }),
    ...(connectionDetails && { connectionDetails: withoutNulls(connectionDetails) }),
    ...(messages && { messages: messages.map((message) => wireItem(message, format)) }),
    ...(presence && { presence: presence.map((message) => wireItem(message, format)) }),
    ...(annotations && { annotations: annotations.map((item) => wireItem(item, format)) }),
  })
}

type Item = {
  readonly data?: string | Uint8Array
  readonly encoding?: string
  readonly version?: object
}

/** Dresses one message, presence message or annotation for a format: payload converted, nothing null or undefined. */
export function wireItem<T extends Item>(item: T, format: Format): T {
  const { data, encoding, version } = item
  const isDressed = format === 'msgpack' || !(data instanceof Uint8Array)
  if (isDressed && version === undefined) return withoutNulls(item)
  return {
    ...withoutNulls(item),
    ...(!isDressed && payloadOut({ data, ...(encoding && { encoding }) }, format)),
    ...(version && { version: withoutNulls(version) }),
  }
}

/** A body with the `Content-Type` it must be sent under. */
export type EncodedBody = { readonly contentType: string; readonly bytes: Uint8Array }

/** Writes the body of a REST answer. Messages in it must be dressed already (`historyItem`). */
export function encodeBody(format: Format, value: unknown): EncodedBody {
  return { contentType: contentTypes[format], bytes: encodeValue(format, value) }
}

/**
 * Reads the body of a REST request as plain data, not yet checked against anything.
 *
 * @throws {WireInvalid} `bad_body`, or `message_too_large` beyond `limits.maxBytes`
 */
export function decodeBody(format: Format, data: string | Uint8Array, limits: Limits): unknown {
  return decoded(format, data, limits)
}

function encodeValue(format: Format, value: unknown): Uint8Array {
  return format === 'json' ? utf8(JSON.stringify(value)) : encoder.encode(value)
}

function decoded(format: Format, data: string | Uint8Array, limits: Limits): unknown {
  if (isLongerThan(data, limits.maxBytes))
    throw new WireInvalid('message_too_large', `more than ${limits.maxBytes} bytes at once`)
  return format === 'json' ? fromJson(data) : fromMsgpack(data)
}

function isLongerThan(data: string | Uint8Array, maxBytes: number): boolean {
  if (typeof data !== 'string') return data.byteLength > maxBytes
  if (data.length > maxBytes) return true
  return data.length * 3 > maxBytes && utf8Length(data) > maxBytes
}

function fromJson(data: string | Uint8Array): unknown {
  const text = typeof data === 'string' ? data : textOf(data)
  if (text === undefined) throw new WireInvalid('bad_body', 'not UTF-8')
  try {
    return JSON.parse(text)
  } catch {
    throw new WireInvalid('bad_body', 'not JSON')
  }
}

function fromMsgpack(data: string | Uint8Array): unknown {
  if (typeof data === 'string')
    throw new WireInvalid('bad_body', 'text where MessagePack was agreed')
  const problem = shapeProblem(data, maxLevels)
  if (problem !== undefined) throw new WireInvalid('bad_body', `not MessagePack: ${problem}`)
  try {
    return decoder.decode(data)
  } catch {
    // The shape is right, so this is a member named `__proto__` or a map key that is no text.
    throw new WireInvalid('bad_body', 'not MessagePack: a map has a key that is not allowed')
  }
}
