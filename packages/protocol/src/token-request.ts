// What a client signs to be given a token, and the token it is given.

import * as z from 'zod'
import { WireInvalid } from './errors.ts'
import { parsed } from './incoming.ts'
import { withoutNulls } from './plain.ts'

/** Longest life of a token; milliseconds. */
export const maxTokenTtlMs = 86_400_000
/** Longest life of a token whose key is marked revocable; milliseconds. */
export const maxRevocableTokenTtlMs = 3_600_000
/** Life of a token that asks for none; milliseconds. */
export const defaultTokenTtlMs = 3_600_000
/** How far a token request's timestamp may be off, either way; milliseconds. */
export const maxTimestampSkewMs = 120_000

/** The six signed values as they were received, before anybody interprets them. */
export type SignedFields = {
  readonly keyName: string
  readonly ttl?: number | string
  readonly capability?: string
  readonly clientId?: string
  readonly timestamp?: number | string
  readonly nonce?: string
}

/** A checked token request. Signature, clock, nonce and rights are still to be judged. */
export type TokenRequest = {
  readonly keyName: string
  /** 1–86 400 000; absent means the default. */
  readonly ttlMs?: number
  /** JSON text, not yet parsed; absent means all the key has. */
  readonly capability?: string
  /** Never empty; `*` may act as anyone. */
  readonly clientId?: string
  readonly timestampMs?: number
  readonly nonce?: string
  /** Absent: the request itself must be authenticated with the key. */
  readonly mac?: string
  /** What `mac` must be the HMAC-SHA-256 of, in base64, under the key's secret. */
  readonly signedText: string
}

/** A token with what it holds, as the stock client stores it. */
export type TokenDetails = {
  readonly token: string
  readonly keyName: string
  /** Milliseconds. Its presence is how clients tell this from a token request. */
  readonly issued: number
  /** Milliseconds. */
  readonly expires: number
  /** Canonical JSON text. */
  readonly capability: string
  readonly clientId?: string
}

/**
 * Writes the text a token request signs: six values, each followed by a line break, absent ones empty. Values are taken as
 * sent, because the signature covers their spelling.
 */
export function tokenRequestText(fields: SignedFields): string {
  const { keyName, ttl, capability, clientId, timestamp, nonce } = fields
  return [keyName, ttl, capability, clientId, timestamp, nonce]
    .map((value) => `${value ?? ''}\n`)
    .join('')
}

const numberOrDigits = z.union([z.number(), z.string().max(32)])
const schema = z.object({
  keyName: z.string().max(1024).exactOptional(),
  ttl: numberOrDigits.exactOptional(),
  capability: z.string().max(65_536).exactOptional(),
  clientId: z.string().max(1024).exactOptional(),
  timestamp: numberOrDigits.exactOptional(),
  nonce: z.string().max(256).exactOptional(),
  mac: z.string().max(256).exactOptional(),
})

/**
 * Reads the body of `POST /keys/{keyName}/requestToken`.
 *
 * @throws {WireInvalid} `bad_parameter` for a ttl, timestamp or nonce out of range; `client_id_invalid` for an empty one;
 *   `credentials_incompatible` if it names another key than the path
 */
export function parseTokenRequest(body: unknown, pathKeyName: string): TokenRequest {
  const fields = parsed(schema, withoutNulls(body), 'bad_parameter')
  const { keyName = pathKeyName, capability, clientId, nonce, mac } = fields
  if (keyName !== pathKeyName)
    throw new WireInvalid('credentials_incompatible', 'the token request is for another key')
  if (clientId === '') throw new WireInvalid('client_id_invalid', '`clientId` is empty')
  const ttlMs = wholeNumber(fields.ttl, 'ttl', maxTokenTtlMs)
  const timestampMs = wholeNumber(fields.timestamp, 'timestamp', Number.MAX_SAFE_INTEGER)
  if (mac !== undefined) assertSigned(timestampMs, nonce)
  return {
    keyName,
    ...(ttlMs !== undefined && { ttlMs }),
    ...(capability && { capability }),
    ...(clientId !== undefined && { clientId }),
    ...(timestampMs !== undefined && { timestampMs }),
    ...(nonce !== undefined && { nonce }),
    ...(mac !== undefined && { mac }),
    signedText: tokenRequestText({ ...fields, keyName }),
  }
}

function assertSigned(timestampMs: number | undefined, nonce: string | undefined): void {
  if (timestampMs === undefined)
    throw new WireInvalid('bad_parameter', '`timestamp` is missing from a signed token request')
  if (nonce === undefined || nonce.length < 16)
    throw new WireInvalid('bad_parameter', '`nonce` must have at least 16 characters')
}

function wholeNumber(
  value: number | string | undefined,
  name: string,
  max: number,
): number | undefined {
  if (value === undefined || value === '') return undefined
  const number = typeof value === 'number' || /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number) || number < 1 || number > max)
    throw new WireInvalid('bad_parameter', `\`${name}\` must be a whole number from 1 to ${max}`)
  return number
}
