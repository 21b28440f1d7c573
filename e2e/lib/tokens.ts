// Tokens made by hand, as an owner's own server would: JWTs signed with a key's secret.

import { createHmac } from 'node:crypto'
import { KEY } from './server.ts'

const [keyName = '', secret = ''] = KEY.split(':')
export const KEY_NAME = keyName

export type JwtOptions = {
  readonly clientId?: string
  readonly revocationKey?: string
  /** Seconds; negative: it has ended already. */
  readonly seconds?: number
  readonly capability?: Readonly<Record<string, readonly string[]>>
  /** Further claims, for example `ably.channel.*`. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** Another key name or secret than the test server's. */
  readonly keyName?: string
  readonly secret?: string
}

export function jwt(options: JwtOptions = {}): string {
  const { clientId, seconds = 3600, capability } = options
  const nowSeconds = Math.floor(Date.now() / 1000)
  const header = { alg: 'HS256', typ: 'JWT', kid: options.keyName ?? keyName }
  const claims = {
    iat: nowSeconds - 10,
    exp: nowSeconds + seconds,
    'x-ably-clientId': clientId,
    'x-ably-revocation-key': options.revocationKey,
    ...options.claims,
    'x-ably-capability': capability === undefined ? undefined : JSON.stringify(capability),
  }
  const signed = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const mac = createHmac('sha256', options.secret ?? secret)
    .update(signed)
    .digest('base64url')
  return `${signed}.${mac}`
}
