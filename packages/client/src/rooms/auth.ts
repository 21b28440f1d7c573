// How a client gets its tokens: from an endpoint of the application's own server, or from a function. Both give what
// `generateTokenResponse` made; the stock client is handed what it expects.

import type * as Ably from 'ably'
import {
  RoomError,
  TimeoutError,
  TokenError,
  UnauthorizedError,
  ValidationError,
} from './errors.ts'

/** What `generateTokenResponse` returns, and an endpoint answers with as JSON. */
export type TokenResponse = {
  readonly token: string
  /** Seconds it lives from its issue. */
  readonly expiresIn: number
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

export type AuthOptions = {
  /** Asked with GET; a path is of the page's own origin. */
  readonly authEndpoint?: string
  readonly authHeaders?: Readonly<Record<string, string>>
  readonly authParams?: Readonly<Record<string, string | number>>
  /** Overrides for `fetch`, for example `{ method: 'POST' }`. */
  readonly authRequestOptions?: RequestInit
  /** In place of an endpoint: gives the token itself. */
  readonly authAction?: () => Promise<TokenResponse> | TokenResponse
  /** `app.key:secret`, for trusted places only: the key goes over the wire. */
  readonly apiKey?: string
  readonly clientId?: string | number
}

/** How long the endpoint may take; milliseconds. */
const ANSWER_WITHIN_MS = 10_000

/**
 * The stock client's own options for these: `new Ably.Realtime({ ...stockAuth(options), … })`.
 *
 * @throws {ValidationError} none of the ways is given, or a parameter is neither text nor number
 */
export function stockAuth(options: AuthOptions): Ably.ClientOptions {
  const { authEndpoint, authAction, apiKey } = options
  const clientId = options.clientId === undefined ? {} : { clientId: String(options.clientId) }
  for (const [name, value] of Object.entries(options.authParams ?? {}))
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new ValidationError(`the parameter \`${name}\` is neither a text nor a number`)
  if (authEndpoint !== undefined) return { ...callback(() => asked(authEndpoint, options)) }
  if (authAction !== undefined) return { ...callback(async () => authAction()) }
  if (apiKey !== undefined) return { key: apiKey, ...clientId }
  throw new ValidationError('give `authEndpoint`, `authAction` or `apiKey`')
}

function callback(get: () => Promise<TokenResponse>): Pick<Ably.ClientOptions, 'authCallback'> {
  return {
    authCallback: (_, done) => {
      get().then(
        (response) => done(null, tokenDetails(response)),
        (error: unknown) => done(refusal(error), null),
      )
    },
  }
}

/** The same token in the stock client's shape: what an `authUrl` of the stock client may answer with, as JSON. */
export function tokenDetails({ token, expiresIn, expiresAt }: TokenResponse): Ably.TokenDetails {
  return { token, expires: expiresAt, issued: expiresAt - expiresIn * 1000 } as Ably.TokenDetails
}

async function asked(endpoint: string, options: AuthOptions): Promise<TokenResponse> {
  const query = new URLSearchParams(
    Object.entries(options.authParams ?? {}).map(([name, value]) => [name, String(value)]),
  ).toString()
  const address =
    query === '' ? endpoint : `${endpoint}${endpoint.includes('?') ? '&' : '?'}${query}`
  const { clientId, authHeaders } = options
  const response = await fetch(address, {
    method: 'GET',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    ...options.authRequestOptions,
    headers: {
      'content-type': 'application/json',
      ...(clientId === undefined ? {} : { 'x-client-id': String(clientId) }),
      ...authHeaders,
    },
  }).catch((cause: unknown) => {
    const isLate = cause instanceof Error && cause.name === 'TimeoutError'
    throw isLate
      ? new TimeoutError(`the token endpoint did not answer within ${ANSWER_WITHIN_MS} ms`)
      : new TokenError('the token endpoint was not reached')
  })
  if (response.status === 401 || response.status === 403)
    throw new UnauthorizedError(`the token endpoint refused with ${response.status}`)
  if (!response.ok) throw new TokenError(`the token endpoint answered ${response.status}`)
  return checked(await response.json().catch(() => undefined))
}

function checked(body: unknown): TokenResponse {
  const { token, expiresIn, expiresAt } = (body ?? {}) as Partial<TokenResponse>
  if (typeof token === 'string' && typeof expiresIn === 'number' && typeof expiresAt === 'number')
    return { token, expiresIn, expiresAt }
  throw new TokenError('the token endpoint gave no `{ token, expiresIn, expiresAt }`')
}

/** In the shape the stock client passes on: 403 makes it stop, everything else try again. */
function refusal(error: unknown): Ably.ErrorInfo {
  const typed = error instanceof RoomError ? error : new TokenError(String(error))
  const isFinal = typed.code === 'unauthorized'
  const info = {
    message: typed.message,
    code: isFinal ? 40100 : 40140,
    statusCode: isFinal ? 403 : 401,
  }
  return info as Ably.ErrorInfo
}
