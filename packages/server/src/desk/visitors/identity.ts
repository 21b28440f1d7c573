// Who a visitor is, as the owner's own server says: a JWT signed with a key of the widget, HS256 and nothing else.

import { parseJwt, signatureOf, type UnprovedJwt } from '../../auth/jwt.ts'
import { sameText } from '../../auth/same-text.ts'
import { CLOCK_LEEWAY_MS, MAX_TOKEN_MS } from '../../auth/token-claims.ts'
import type { Widget } from '../widgets/widget.ts'

/** Longer texts are refused unread; characters. */
const MOST_CHARACTERS = 8_192
const MOST_ATTRIBUTES = 50
const MAIL = /^[^\s@<>"]{1,120}@[^\s@<>"]{1,120}$/

export type AttributeValue = string | number | boolean

export type Identity = {
  /** As the owner's server calls them. */
  readonly externalId: string
  readonly name?: string
  readonly email?: string
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  /** There if the token may be used once only. */
  readonly tokenId?: string
  readonly expiresAtMs: number
}

export type IdentityReason =
  | 'unreadable'
  | 'algorithm'
  | 'key_unknown'
  | 'signature'
  | 'audience'
  | 'no_end'
  | 'too_long'
  | 'not_yet'
  | 'expired'
  | 'claims'
  | 'used'

export type IdentityReading =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly reason: IdentityReason; readonly message: string }

/**
 * Proves an identity. Nothing that the token says is used before its signature holds.
 *
 * @param open opens a sealed secret
 */
export function proveIdentity(
  text: string,
  widget: Pick<Widget, 'id' | 'tenant' | 'keys'>,
  open: (sealed: string) => string,
  nowMs: number,
): IdentityReading {
  const jwt = text.length > MOST_CHARACTERS ? undefined : parseJwt(text)
  if (jwt === undefined) return refuse('unreadable', 'the identity is no JWT')
  const { alg, crit, kid } = jwt.header
  if (alg !== 'HS256' || crit !== undefined)
    return refuse('algorithm', 'the identity must be signed with `HS256`')
  const keys = widget.keys.filter(({ id }) => kid === undefined || id === kid)
  if (keys.length === 0) return refuse('key_unknown', 'the widget has no key of that `kid`')
  if (!keys.some(({ sealedSecret }) => isBy(jwt, open(sealedSecret))))
    return refuse('signature', 'the signature of the identity does not hold')
  return readClaims(jwt.claims, widget, nowMs)
}

function isBy(jwt: UnprovedJwt, secret: string): boolean {
  return sameText(jwt.mac, signatureOf(jwt.signed, secret))
}

type Json = UnprovedJwt['claims']

function readClaims(
  claims: Json,
  { id, tenant }: Pick<Widget, 'id' | 'tenant'>,
  nowMs: number,
): IdentityReading {
  const { aud } = claims
  const audience = Array.isArray(aud) ? aud : [aud]
  if (!audience.some((each) => each === id || each === tenant))
    return refuse('audience', '`aud` must be the id of the widget, or the key of its tenant')
  const expiresAtMs = instantIn(claims.exp)
  if (expiresAtMs === undefined) return refuse('no_end', 'the identity has no `exp` in seconds')
  const startMs = instantIn(claims.iat)
  if (startMs === undefined) return refuse('claims', 'the identity has no `iat` in seconds')
  const notBeforeMs = claims.nbf === undefined ? startMs : instantIn(claims.nbf)
  if (notBeforeMs === undefined || Math.max(startMs, notBeforeMs) > nowMs + CLOCK_LEEWAY_MS)
    return refuse('not_yet', 'the identity starts in the future: set the clock of your server')
  if (expiresAtMs - startMs > MAX_TOKEN_MS)
    return refuse('too_long', 'the identity lives longer than 24 hours')
  if (expiresAtMs <= nowMs) return refuse('expired', 'the identity has expired')
  return readSaid(claims, expiresAtMs)
}

function readSaid(claims: Json, expiresAtMs: number): IdentityReading {
  const { sub, name, email, attributes, jti } = claims
  if (!isText(sub, 256)) return refuse('claims', '`sub` must be a text of 1 to 256 characters')
  if (name !== undefined && !isText(name, 80))
    return refuse('claims', '`name` must be a text of 1 to 80 characters')
  if (email !== undefined && !(isText(email, 241) && MAIL.test(email)))
    return refuse('claims', '`email` is no address')
  if (jti !== undefined && !isText(jti, 256))
    return refuse('claims', '`jti` must be a text of 1 to 256 characters')
  if (attributes !== undefined && !isAttributes(attributes))
    return refuse(
      'claims',
      `\`attributes\` must be an object of at most ${MOST_ATTRIBUTES} texts, numbers and booleans`,
    )
  const identity = {
    externalId: sub,
    expiresAtMs,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(attributes !== undefined && { attributes }),
    ...(jti !== undefined && { tokenId: jti }),
  }
  return { ok: true, identity }
}

/** True for attributes as owners may give them: few, short, without depth. */
export function isAttributes(value: unknown): value is Readonly<Record<string, AttributeValue>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const all = Object.entries(value)
  return all.length <= MOST_ATTRIBUTES && all.every(([key, each]) => isKey(key) && isValue(each))
}

/** True for what may be an address of e-mail. */
export function isMail(text: string): boolean {
  return MAIL.test(text)
}

function isKey(key: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_ .-]{0,63}$/.test(key)
}

function isValue(value: unknown): value is AttributeValue {
  if (typeof value === 'string') return value.length <= 1_000
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= most
}

function instantIn(seconds: unknown): number | undefined {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds * 1_000)) return undefined
  return seconds * 1_000
}

function refuse(reason: IdentityReason, message: string): IdentityReading {
  return { ok: false, reason, message }
}
