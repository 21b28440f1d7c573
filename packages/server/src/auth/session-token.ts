// One front for every token text on a connection or request: JWT, native, base64 of either, one carried by another.
// Synchronous and without I/O, so that no await lies on the way in.

import { parseJwt, parseJwtHeader, proveJwt } from './jwt.ts'
import { readOpaqueToken } from './opaque-token.ts'
import { type KeyLookup, MAX_TOKEN_CHARACTERS, refuse, type TokenReading } from './token-claims.ts'

/** A token may be wrapped in base64 and in one other token, each perhaps in base64 again. */
const MAX_WRAPPINGS = 3
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/
const NOT_A_TOKEN = refuse('unparseable', 'this is not a token')

/**
 * Reads and proves a token. Never throws.
 *
 * INVARIANT: nothing is done with what a token says before its key has proved it; of a token that carries another
 * (`x-ably-token`), only the inner one counts.
 *
 * @param text   raw or base64-encoded, at most 65 536 characters
 * @param lookup asked with the key name the token claims; at most once
 */
export function readToken(text: string, lookup: KeyLookup, nowMs: number): TokenReading {
  if (text.length > MAX_TOKEN_CHARACTERS) return refuse('unparseable', 'the token is too long')
  return unwrap(text, lookup, nowMs, MAX_WRAPPINGS)
}

function unwrap(text: string, lookup: KeyLookup, nowMs: number, wrappings: number): TokenReading {
  const inside = (inner: string) =>
    wrappings > 0 ? unwrap(inner, lookup, nowMs, wrappings - 1) : NOT_A_TOKEN
  switch (text.split('.', 6).length) {
    case 1:
      return BASE64.test(text) ? inside(Buffer.from(text, 'base64').toString('utf8')) : NOT_A_TOKEN
    case 2:
      return readOpaqueToken(text, lookup, nowMs)
    case 3:
      return readJws(text, lookup, nowMs, inside)
    case 5:
      return readJwe(text, inside)
    default:
      return NOT_A_TOKEN
  }
}

type Inside = (inner: string) => TokenReading

function readJws(text: string, lookup: KeyLookup, nowMs: number, inside: Inside): TokenReading {
  const jwt = parseJwt(text)
  if (!jwt) return refuse('invalid_jwt', 'the JWT cannot be read')
  const inner = jwt.header['x-ably-token'] ?? jwt.claims['x-ably-token']
  return typeof inner === 'string' ? inside(inner) : proveJwt(jwt, lookup, nowMs)
}

/** We hold no key to open an encrypted token; all we can use is one carried in its header. */
function readJwe(text: string, inside: Inside): TokenReading {
  const inner = parseJwtHeader(text)?.['x-ably-token']
  return typeof inner === 'string'
    ? inside(inner)
    : refuse('invalid_jwt', 'the JWT is encrypted and carries no `x-ably-token` in its header')
}

export { signToken } from './jwt.ts'
export { issueOpaqueToken } from './opaque-token.ts'
export type { KeyLookup, KeySecrets, TokenReading } from './token-claims.ts'
export { MAX_TOKEN_MS, provingSecret } from './token-claims.ts'
export { verifyTokenRequest } from './token-request.ts'
