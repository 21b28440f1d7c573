// JWTs signed with an API key's secret: HS256 and nothing else, decided by the key and never by the token.

import { createHmac } from 'node:crypto'
import { CapabilityInvalid, parsePermissions } from '@sayso/policy'
import { readAddresses } from './address-list.ts'
import { sameText } from './same-text.ts'
import {
  CLOCK_LEEWAY_MS,
  type KeyLookup,
  MAX_TOKEN_MS,
  provingSecret,
  readCapability,
  readJsonObject,
  refuse,
  refuseExpired,
  refuseUnknownKey,
  type TokenClaims,
  type TokenReading,
} from './token-claims.ts'

type Json = Readonly<Record<string, unknown>>

const BASE64URL = /^[A-Za-z0-9_-]+$/
const KEY_NAME = /^[^\s:.]{1,64}\.[^\s:.]{1,128}$/
/** The first half of a key's name: of no app here, or of no key. */
const APP_NAME = /^[^\s:.]{1,64}$/
const PASSED_ON = /^ably\.(channel|room|limits)\./

/** What a token for one person or visitor says. */
export type NewToken = {
  /** `app.key` */
  readonly keyName: string
  readonly secret: string
  /** Absent: anonymous. */
  readonly clientId?: string
  /** JSON text; absent: what the key itself may do. */
  readonly capability?: string
  /** At most 24 h; milliseconds. */
  readonly ttlMs: number
  readonly nowMs: number
  readonly id?: string
  /** Tokens with it can be taken back together; absent: by their other names only. */
  readonly revocationKey?: string
  /** Who looks on as the person: the token reads, and nothing else. */
  readonly viewer?: string
}

/** Signs a realtime token as a JWT that any Ably client accepts; times are cut to whole seconds. */
export function signToken(token: NewToken): string {
  const issuedSeconds = Math.floor(token.nowMs / 1000)
  const header = { alg: 'HS256', typ: 'JWT', kid: token.keyName }
  const claims = {
    iat: issuedSeconds,
    exp: issuedSeconds + Math.ceil(Math.min(token.ttlMs, MAX_TOKEN_MS) / 1000),
    'x-ably-capability': token.capability,
    'x-ably-clientId': token.clientId,
    'x-ably-revocation-key': token.revocationKey,
    'x-sayso-viewer': token.viewer,
    jti: token.id,
  }
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${signatureOf(signed, token.secret)}`
}

/** A JWT taken apart: not proved yet. */
export type UnprovedJwt = {
  readonly signed: string
  readonly mac: string
  readonly header: Json
  readonly claims: Json
}

/** Takes `header.claims.mac` apart; undefined if a part is not what a JWT has. */
export function parseJwt(text: string): UnprovedJwt | undefined {
  const [headerText = '', claimsText = '', mac = '', ...rest] = text.split('.')
  const header = decode(headerText)
  const claims = decode(claimsText)
  if (!header || !claims || rest.length > 0) return undefined
  return { signed: `${headerText}.${claimsText}`, mac, header, claims }
}

/** Reads the protected header of a compact JWS or JWE; undefined if there is none. */
export function parseJwtHeader(text: string): Json | undefined {
  return decode(text.slice(0, text.indexOf('.')))
}

/** Proves a JWT. Nothing but the key's name is used before its signature holds. */
export function proveJwt(jwt: UnprovedJwt, lookup: KeyLookup, nowMs: number): TokenReading {
  const { alg, kid, crit } = jwt.header
  if (alg !== 'HS256') return refuse('invalid_jwt', 'the JWT must be signed with `HS256`')
  if (crit !== undefined) return refuse('invalid_jwt', 'the JWT demands extensions we do not have')
  if (typeof kid === 'string' && APP_NAME.test(kid)) return refuseUnknownKey(kid)
  if (typeof kid !== 'string' || !KEY_NAME.test(kid))
    return refuse('invalid_jwt', 'the JWT header `kid` must be the name of an API key, `app.key`')
  const key = lookup(kid)
  if (!key) return refuseUnknownKey(kid)
  const proof = provingSecret(key, (secret) => sameText(jwt.mac, signatureOf(jwt.signed, secret)))
  if (proof === undefined) return refuse('invalid_jwt', 'the signature of the JWT does not hold')
  const reading = readClaims(kid, jwt.claims, nowMs)
  if (!reading.ok) return reading
  const held = readPermissions(jwt.claims)
  if (held === undefined)
    return refuse('invalid_jwt', '`x-sayso-permissions` must be permissions, and the only ones')
  const isByPrevious = proof === 'previous'
  return { ok: true, claims: { ...reading.claims, ...held, ...(isByPrevious && { isByPrevious }) } }
}

/** Permissions as people write them, in place of a capability; undefined if they are none or stand beside one. */
function readPermissions(claims: Json): Pick<TokenClaims, 'capability' | 'isRead'> | undefined {
  const { 'x-sayso-permissions': said, 'x-ably-capability': capability } = claims
  if (said === undefined) return {}
  if (capability !== undefined) return undefined
  try {
    return { capability: parsePermissions(said), isRead: true }
  } catch (error) {
    if (error instanceof CapabilityInvalid) return undefined
    throw error
  }
}

type Lifetime = { readonly issuedMs: number; readonly expiresMs: number }

/** Reads the claims of a JWT whose signature holds. */
export function readClaims(keyName: string, claims: Json, nowMs: number): TokenReading {
  const lifetime = readLifetime(claims, nowMs)
  if ('ok' in lifetime) return lifetime
  const identity = readIdentity(claims)
  if (identity === undefined)
    return refuse('invalid_jwt', 'an `x-ably-…` or `jti` claim of the JWT is not a text')
  const addresses = readAddresses(claims['x-sayso-address'])
  if (claims['x-sayso-address'] !== undefined && addresses === undefined)
    return refuse(
      'invalid_jwt',
      '`x-sayso-address` must be an address or network, or a list of them',
    )
  const capabilityText = claims['x-ably-capability']
  const capability = readCapability(capabilityText)
  if (capabilityText !== undefined && capability === undefined)
    return refuse('invalid_jwt', '`x-ably-capability` must be a capability as JSON text')
  return {
    ok: true,
    claims: {
      keyName,
      ...lifetime,
      ...identity,
      ...(capability && { capability }),
      ...(addresses && { addresses }),
      ...viewerIn(claims),
      userClaims: readUserClaims(claims),
    },
  }
}

function readLifetime(claims: Json, nowMs: number): Lifetime | TokenReading {
  const { exp, iat, nbf } = claims
  if (!isSeconds(exp)) return refuse('invalid_jwt', 'the JWT has no `exp` in seconds since 1970')
  if (iat !== undefined && !isSeconds(iat))
    return refuse('invalid_jwt', 'the `iat` of the JWT is not a number of seconds since 1970')
  if (nbf !== undefined && !isSeconds(nbf))
    return refuse('invalid_jwt', 'the `nbf` of the JWT is not a number of seconds since 1970')
  const expiresMs = exp * 1000
  const issuedMs = iat === undefined ? Math.min(nowMs, expiresMs - MAX_TOKEN_MS) : iat * 1000
  const startsMs = Math.max(issuedMs, nbf === undefined ? issuedMs : nbf * 1000)
  if (startsMs > nowMs + CLOCK_LEEWAY_MS)
    return refuse('invalid_jwt', 'the JWT starts in the future: set the clock of its issuer')
  const bornMs = iat === undefined ? nowMs : issuedMs
  if (expiresMs - bornMs > MAX_TOKEN_MS + CLOCK_LEEWAY_MS)
    return refuse('invalid_jwt', 'the JWT lives longer than 24 hours')
  if (expiresMs <= nowMs) return refuseExpired(expiresMs)
  return { issuedMs, expiresMs }
}

/** Whatever stands there takes writing away: what is no name as well. */
function viewerIn({ 'x-sayso-viewer': viewer }: Json): Pick<TokenClaims, 'viewer'> {
  return viewer === undefined ? {} : { viewer: String(viewer) }
}

type Identity = Pick<TokenClaims, 'clientId' | 'id' | 'revocationKey'>

function readIdentity(claims: Json): Identity | undefined {
  const clientId = claims['x-ably-clientId']
  const revocationKey = claims['x-ably-revocation-key']
  const id = claims.jti
  if (!isAbsentOrText(clientId) || !isAbsentOrText(revocationKey) || !isAbsentOrText(id))
    return undefined
  return {
    ...(clientId !== undefined && { clientId }),
    ...(revocationKey !== undefined && { revocationKey }),
    ...(id !== undefined && { id }),
  }
}

function readUserClaims(claims: Json): TokenClaims['userClaims'] {
  const kept = Object.entries(claims).filter(
    (claim): claim is [string, string | number] =>
      PASSED_ON.test(claim[0]) && (typeof claim[1] === 'string' || typeof claim[1] === 'number'),
  )
  return Object.fromEntries(kept)
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value * 1000)
}

function isAbsentOrText(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value !== '')
}

/** The HS256 signature over `header.claims`, as it stands in a JWT. */
export function signatureOf(signed: string, secret: string): string {
  return createHmac('sha256', secret).update(signed).digest('base64url')
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): Json | undefined {
  if (!BASE64URL.test(part)) return undefined
  return readJsonObject(Buffer.from(part, 'base64url').toString('utf8'))
}
