// Issues a native token: signed by whoever holds the key, or asked for with the key itself; never more than the key may delegate.

import { randomBytes } from 'node:crypto'
import {
  CapabilityInvalid,
  canonicalCapability,
  delegable,
  intersectCapability,
  type KeyRecord,
  parseCapability,
} from '@sayso/policy'
import {
  defaultTokenTtlMs,
  maxTimestampSkewMs,
  type TokenDetails,
  type TokenRequest,
} from '@sayso/protocol'
import { issueOpaqueToken } from '../auth/session-token.ts'
import type { Context } from '../context.ts'

export type TokenRefusal = {
  readonly refused:
    | 'bad_parameter'
    | 'timestamp_not_current'
    | 'nonce_replayed'
    | 'credentials_invalid'
    | 'action_denied'
  readonly message: string
}

export type KeyAndSecret = {
  readonly key: KeyRecord
  readonly secret: string
  readonly keyName: string
}

/**
 * Checks age, nonce and rights of a request whose signature (or basic authentication) the caller has proved.
 *
 * @returns the token with what it holds, or why there is none
 */
export async function requestToken(
  context: Context,
  signer: KeyAndSecret,
  request: TokenRequest,
): Promise<TokenDetails | TokenRefusal> {
  const nowMs = context.now()
  const stale = await staleness(context, request, nowMs)
  if (stale !== undefined) return stale
  const capability = capabilityOf(signer.key, request.capability)
  if ('refused' in capability) return capability
  const expires = nowMs + (request.ttlMs ?? defaultTokenTtlMs)
  const { clientId } = request
  const token = issueOpaqueToken({
    appId: context.appId,
    keyName: signer.keyName,
    secret: signer.secret,
    capability: capability.text,
    issuedMs: nowMs,
    expiresMs: expires,
    id: randomBytes(9).toString('base64url'),
    ...(clientId === undefined ? {} : { clientId }),
  })
  return {
    token,
    keyName: signer.keyName,
    issued: nowMs,
    expires,
    capability: capability.text,
    ...(clientId === undefined ? {} : { clientId }),
  }
}

/** Only a signed request can be replayed: one that carries the key itself needs no clock and no nonce. */
async function staleness(
  context: Context,
  request: TokenRequest,
  nowMs: number,
): Promise<TokenRefusal | undefined> {
  if (request.mac === undefined) return undefined
  const { timestampMs, nonce } = request
  if (timestampMs === undefined || Math.abs(timestampMs - nowMs) > maxTimestampSkewMs) {
    return {
      refused: 'timestamp_not_current',
      message: 'the timestamp of the token request is not current',
    }
  }
  if (nonce === undefined)
    return { refused: 'bad_parameter', message: 'a signed token request needs a `nonce`' }
  const first = await context.store.claim(
    `nonce:${request.keyName}:${nonce}`,
    nowMs,
    nowMs + 2 * maxTimestampSkewMs,
  )
  return first ? undefined : { refused: 'nonce_replayed', message: 'the nonce was used before' }
}

function capabilityOf(
  key: KeyRecord,
  asked: string | undefined,
): { readonly text: string } | TokenRefusal {
  const most = delegable(key)
  try {
    const wanted = asked === undefined || asked === '' ? key.capability : parseCapability(asked)
    // Where the most specific entry counts, meeting two maps entry by entry would not: the key is asked at each use anyway.
    if (key.match === 'most_specific') return { text: canonicalCapability(wanted) }
    if (wanted === key.capability && key.mayDelegate === undefined)
      return { text: canonicalCapability(wanted) }
    const shared = intersectCapability(most, wanted)
    if (Object.keys(shared).length > 0) return { text: canonicalCapability(shared) }
    return {
      refused: 'action_denied',
      message: 'the key may delegate none of the capability asked for',
    }
  } catch (error) {
    if (!(error instanceof CapabilityInvalid)) throw error
    return { refused: 'bad_parameter', message: error.message }
  }
}
