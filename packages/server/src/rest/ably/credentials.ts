// What a REST request presents: Basic for keys, Bearer for tokens, or the same as query parameters.

import { type ErrorInfo, errorInfo, WireInvalid } from '@sayso/protocol'
import type { Context as HonoContext } from 'hono'
import {
  type Authenticated,
  authenticate,
  type Presented,
  type Unrecognised,
} from '../../access/authenticate.ts'
import type { KeyRing } from '../../access/key-ring.ts'
import type { WornTokens } from './worn-tokens.ts'

/**
 * @param address where the request comes from
 * @throws {WireInvalid} with the code that makes a stock client renew or give up
 */
export function requester(
  c: HonoContext,
  ring: KeyRing,
  worn: WornTokens,
  { nowMs, address }: { readonly nowMs: number; readonly address: string | undefined },
): Authenticated {
  const shown = presented(c)
  const recognition = authenticate(ring, shown, nowMs, address)
  if (recognition.ok) {
    // Not by what is asked: whatever is no reading is refused, also what a later protocol adds.
    const isReading = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (recognition.who.asker.viewer === undefined || isReading) return recognition.who
    throw new WireInvalid('view_only', 'a view of somebody only reads')
  }
  const { name, message } = recognition.failure
  if (RENEWED.has(name) && worn.isWornOut(shown.token ?? ''))
    throw new WireInvalid('credentials_invalid', `${message} and is still being sent`)
  throw new WireInvalid(name, message)
}

/** What a client mends by itself, with another token. */
const RENEWED: ReadonlySet<Unrecognised['name']> = new Set([
  'token_expired',
  'token_address_refused',
])

export function presented(c: HonoContext): Presented {
  const clientId = decoded(c.req.header('x-ably-clientid')) ?? c.req.query('clientId')
  const identity = clientId === undefined ? {} : { clientId }
  const header = c.req.header('authorization')
  const [scheme = '', value = ''] = header?.split(' ', 2) ?? []
  if (scheme.toLowerCase() === 'basic') return { key: decoded(value) ?? '', ...identity }
  if (scheme.toLowerCase() === 'bearer') return { token: value, ...identity }
  const token = c.req.query('access_token') ?? c.req.query('accessToken')
  const key = c.req.query('key')
  if (token !== undefined) return { token, ...identity }
  return key === undefined ? identity : { key, ...identity }
}

function decoded(base64: string | undefined): string | undefined {
  return base64 === undefined || base64 === ''
    ? undefined
    : Buffer.from(base64, 'base64').toString('utf8')
}

export function notFound(): ErrorInfo {
  return errorInfo('not_found', 'there is nothing at this address')
}
