// The conversion duty between formats: payloads are stored as text or bytes, and base64 exists only inside JSON.

import { fromBase64, toBase64, utf8Length } from './bytes.ts'
import { WireInvalid } from './errors.ts'
import type { Format } from './format.ts'
import { isPlainJson } from './plain.ts'

/** A payload as it is stored: text or bytes, with the steps that still lie on it, outermost last. */
export type Payload = {
  readonly data?: string | Uint8Array
  /** For example `json`, `utf-8/cipher+aes-256-cbc`; never empty, and no `base64` last on text. */
  readonly encoding?: string
}

/**
 * Brings a payload into its stored form; doing so twice changes nothing more.
 *
 * @throws {WireInvalid} `data_invalid`: a number or boolean, base64 that is none, or an object with another encoding than `json`
 */
export function payloadIn(payload: {
  readonly data?: unknown
  readonly encoding?: string | undefined
}): Payload {
  const { data } = payload
  const encoding = payload.encoding === '' ? undefined : payload.encoding
  if (data === undefined || data === null) return form(undefined, encoding)
  if (typeof data === 'string') return textIn(data, encoding)
  // A copy: the decoder's view would keep the whole frame alive for as long as the message is kept.
  if (data instanceof Uint8Array) return form(new Uint8Array(data), encoding)
  if (typeof data === 'object') return objectIn(data, encoding)
  throw new WireInvalid(
    'data_invalid',
    `data is a ${typeof data}; send text, bytes, an object or an array`,
  )
}

function form(data: string | Uint8Array | undefined, encoding: string | undefined): Payload {
  return { ...(data !== undefined && { data }), ...(encoding !== undefined && { encoding }) }
}

function textIn(text: string, encoding: string | undefined): Payload {
  if (encoding !== 'base64' && !encoding?.endsWith('/base64')) return form(text, encoding)
  const bytes = fromBase64(text)
  if (bytes === undefined)
    throw new WireInvalid('data_invalid', 'data is not base64, though encoding says so')
  const rest = encoding.slice(0, -'/base64'.length)
  return form(bytes, rest === '' ? undefined : rest)
}

function objectIn(value: object, encoding: string | undefined): Payload {
  if (encoding !== undefined && encoding !== 'json')
    throw new WireInvalid('data_invalid', `data is an object, but encoding is \`${encoding}\``)
  if (!isPlainJson(value))
    throw new WireInvalid('data_invalid', 'data is not plain JSON or is nested too deeply')
  return { data: JSON.stringify(value), encoding: 'json' }
}

/** Dresses a stored payload for a reader: bytes become base64 text in JSON and stay bytes in MessagePack. */
export function payloadOut(payload: Payload, format: Format): Payload {
  const { data, encoding } = payload
  if (format === 'msgpack' || !(data instanceof Uint8Array)) return form(data, encoding)
  return {
    data: toBase64(data),
    encoding: encoding === undefined ? 'base64' : `${encoding}/base64`,
  }
}

/** The parts of a message that count towards its size. */
export type Sized = {
  readonly name?: string
  readonly clientId?: string
  readonly extras?: Readonly<Record<string, unknown>>
  readonly data?: string | Uint8Array
}

/**
 * Measures one message against `maxMessageSize`, as clients do: characters of name, clientId and the JSON text of extras,
 * plus bytes of data in its stored form. The size of a publish is the sum over its messages.
 */
export function messageSize(message: Sized): number {
  const { name, clientId, extras, data } = message
  const extrasSize = extras === undefined ? 0 : JSON.stringify(extras).length
  const dataSize = typeof data === 'string' ? utf8Length(data) : (data?.byteLength ?? 0)
  return (name?.length ?? 0) + (clientId?.length ?? 0) + extrasSize + dataSize
}
