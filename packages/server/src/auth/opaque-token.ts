// Native tokens without a table: `<appId>.<payload>~<mac>`. What it says travels in it, the key's secret proves it.

import { createHmac } from 'node:crypto'
import { sameText } from './same-text.ts'
import {
  CLOCK_LEEWAY_MS,
  type KeyLookup,
  MAX_TOKEN_MS,
  provingSecret,
  readCapability,
  refuse,
  refuseExpired,
  refuseUnknownKey,
  type TokenClaims,
  type TokenReading,
} from './token-claims.ts'

/** The mac key is derived: nothing else that this secret signs can ever pass for a native token. */
const PURPOSE = 'sayso native token v1'
const FORM = /^([^\s:.~]+)\.([A-Za-z0-9_-]+)~([A-Za-z0-9_-]+)$/

export type NewOpaqueToken = {
  readonly appId: string
  /** `<appId>.<keyId>` */
  readonly keyName: string
  readonly secret: string
  /** Canonical JSON text; absent: what the key itself may do. */
  readonly capability?: string
  /** Absent: anonymous. */
  readonly clientId?: string
  readonly issuedMs: number
  readonly expiresMs: number
  /** Makes two tokens of the same content different; random, chosen by the caller. */
  readonly id: string
  readonly revocationKey?: string
}

/** Issues a native token: opaque to clients, provable by its key alone. */
export function issueOpaqueToken(token: NewOpaqueToken): string {
  const { keyName, id, issuedMs, expiresMs } = token
  const said = [
    keyName,
    id,
    issuedMs,
    expiresMs,
    token.capability ?? null,
    token.clientId ?? null,
    token.revocationKey ?? null,
  ]
  const body = `${token.appId}.${Buffer.from(JSON.stringify(said)).toString('base64url')}`
  return `${body}~${mac(body, token.secret)}`
}

/** Proves a native token; an altered one is `unparseable`, as an unknown text would be. */
export function readOpaqueToken(text: string, lookup: KeyLookup, nowMs: number): TokenReading {
  const [, appId = '', payload = '', given = ''] = FORM.exec(text) ?? []
  const said = readList(payload)
  const keyName = said?.[0]
  if (!said || typeof keyName !== 'string' || !keyName.startsWith(`${appId}.`))
    return refuse('unparseable', 'this is not a token of this server')
  const key = lookup(keyName)
  if (!key) return refuseUnknownKey(keyName)
  const proof = provingSecret(key, (secret) => sameText(given, mac(`${appId}.${payload}`, secret)))
  if (proof === undefined)
    return refuse('unparseable', 'the token was altered or its key has a new secret')
  const claims = readClaims(keyName, said)
  if (!claims) return refuse('unparseable', 'the token was made by another version')
  // Whoever holds the secret can make these too, so the bounds of a JWT hold here as well.
  if (claims.issuedMs > nowMs + CLOCK_LEEWAY_MS)
    return refuse('unparseable', 'the token was issued in the future')
  if (claims.expiresMs - claims.issuedMs > MAX_TOKEN_MS)
    return refuse('unparseable', 'the token lives longer than 24 hours')
  if (claims.expiresMs <= nowMs) return refuseExpired(claims.expiresMs)
  return { ok: true, claims: { ...claims, ...(proof === 'previous' && { isByPrevious: true }) } }
}

function readClaims(keyName: string, said: readonly unknown[]): TokenClaims | undefined {
  const [, id, issuedMs, expiresMs, capabilityText, clientId, revocationKey] = said
  const capability = capabilityText === null ? undefined : readCapability(capabilityText)
  const isWhole =
    typeof id === 'string' &&
    typeof issuedMs === 'number' &&
    typeof expiresMs === 'number' &&
    (capabilityText === null || capability !== undefined)
  if (!isWhole) return undefined
  return {
    keyName,
    id,
    issuedMs,
    expiresMs,
    ...(capability && { capability }),
    ...(typeof clientId === 'string' && { clientId }),
    ...(typeof revocationKey === 'string' && { revocationKey }),
    userClaims: {},
  }
}

function readList(payload: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function mac(body: string, secret: string): string {
  const key = createHmac('sha256', secret).update(PURPOSE).digest()
  return createHmac('sha256', key).update(body).digest('base64url')
}
