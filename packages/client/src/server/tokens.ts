// Tokens on the application's own server: signed with an API key's secret, without asking anybody. For servers only.

import { createHmac, randomUUID } from 'node:crypto'
import { CapabilityInvalid, type Permissions, parsePermissions } from '@sayso/policy'
import { parseKeyString } from '@sayso/protocol'
import type { TokenResponse } from '../rooms/auth.ts'
import { ValidationError } from '../rooms/errors.ts'

export type TokenTerms = {
  /** Who the token is for. Absent: somebody without a name. */
  readonly clientId?: string | number | null
  /** Seconds; default 900, at most 86 400. */
  readonly expiresIn?: number
  /**
   * A list for every channel, or lists by channel pattern. Absent: what the key itself may do. Empty: nothing. The key's
   * own ceiling and the policy still decide.
   */
  readonly permissions?: Permissions
  /** The only addresses and networks it may be shown from, as `203.0.113.7` or `10.0.0.0/8`. Absent: anywhere. */
  readonly address?: string | readonly string[]
}

const DEFAULT_SECONDS = 900
const MOST_SECONDS = 86_400

/** Signs tokens with one key: `new Tokens({ apiKey }).generateTokenResponse({ clientId, permissions })`. */
export class Tokens {
  readonly #keyName: string
  readonly #secret: string
  readonly #now: () => number

  /** @throws {ValidationError} the key is missing, or is not of the form `app.key:secret` */
  constructor({
    apiKey,
    now = Date.now,
  }: { readonly apiKey: string; readonly now?: () => number }) {
    const key = typeof apiKey === 'string' ? parseKeyString(apiKey) : undefined
    if (key === undefined)
      throw new ValidationError('the API key must be given whole, `app.key:secret`')
    this.#keyName = key.keyName
    this.#secret = key.secret
    this.#now = now
  }

  /**
   * Makes a token: a JWT, HS256, that any Ably client takes. Synchronous; nothing is asked over the network.
   *
   * @throws {ValidationError} permissions, clientId or lifetime that the server would not take
   */
  generateTokenResponse({
    clientId,
    expiresIn = DEFAULT_SECONDS,
    permissions,
    address,
  }: TokenTerms = {}): TokenResponse {
    if (!Number.isFinite(expiresIn) || expiresIn <= 0 || expiresIn > MOST_SECONDS)
      throw new ValidationError(
        `\`expiresIn\` must be more than 0 and at most ${MOST_SECONDS} seconds`,
      )
    if (permissions !== undefined) requirePermissions(permissions)
    const issuedSeconds = Math.floor(this.#now() / 1000)
    const endSeconds = issuedSeconds + Math.ceil(expiresIn)
    const claims = {
      iat: issuedSeconds,
      exp: endSeconds,
      'x-ably-clientId': identityOf(clientId),
      'x-sayso-permissions': permissions,
      'x-sayso-address': address,
      jti: randomUUID(),
    }
    const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid: this.#keyName })}.${encode(claims)}`
    const mac = createHmac('sha256', this.#secret).update(signed).digest('base64url')
    return { token: `${signed}.${mac}`, expiresIn, expiresAt: endSeconds * 1000 }
  }
}

/** The same in one call. @throws {ValidationError} */
export function generateTokenResponse(
  terms: TokenTerms & { readonly apiKey: string },
): TokenResponse {
  const { apiKey, ...rest } = terms
  return new Tokens({ apiKey }).generateTokenResponse(rest)
}

function requirePermissions(permissions: unknown): void {
  try {
    // As an object, never as JSON text: a text would be signed as a text.
    if (typeof permissions === 'string')
      throw new ValidationError('the permissions are neither a list nor an object')
    parsePermissions(permissions)
  } catch (error) {
    if (error instanceof CapabilityInvalid)
      throw new ValidationError(`${error.message}: ${error.remedy}`)
    throw error
  }
}

/** @throws {ValidationError} empty, or `*`, which would let its bearer be anybody */
function identityOf(clientId: TokenTerms['clientId']): string | undefined {
  if (clientId === undefined || clientId === null || clientId === 'null') return undefined
  const name = String(clientId)
  if (name === '' || name === '*')
    throw new ValidationError('the clientId must be a name of somebody, not empty and not `*`')
  return name
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
