// What of a request reaches the sign-in library: known paths, short bodies, and only the fields our pages send.

import { answer } from './answers.ts'
import { OIDC_ID } from './oidc-sign-in.ts'

const BASE = '/api/auth'

/** Where the OpenID provider sends people back to. */
export const OIDC_CALLBACK = `/callback/${OIDC_ID}`

/** Exactly what our pages use; everything else the library offers is not there. */
const ROUTES: ReadonlySet<string> = new Set([
  '/sign-up/email',
  '/sign-in/email',
  '/sign-in/social',
  '/sign-out',
  '/get-session',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/change-password',
  '/request-password-reset',
  '/reset-password',
  '/send-verification-email',
  '/verify-email',
  '/change-email',
  '/update-user',
  '/link-social',
  '/list-accounts',
  '/unlink-account',
  '/callback/google',
  OIDC_CALLBACK,
])

/** Where a sign-in by a provider starts. */
const STARTS: ReadonlySet<string> = new Set(['/sign-in/social', '/link-social'])

/** No tokens from elsewhere, no wider scopes, no parameters of the client's making. */
const START_FIELDS: ReadonlySet<string> = new Set([
  'provider',
  'callbackURL',
  'newUserCallbackURL',
  'errorCallbackURL',
  'disableRedirect',
])

const MAX_BODY_BYTES = 16_384

/** A request that may go on. */
export type Let = {
  /** Below `/api/auth`. */
  readonly path: string
  readonly body: string
  /** Whether it cannot be answered without the OpenID provider. */
  readonly needsOidc: boolean
}

/** Reads a request; a response instead means that it ends here. */
export async function readRequest(request: Request): Promise<Let | Response> {
  const { pathname } = new URL(request.url)
  const path = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : ''
  if (!ROUTES.has(path)) return answer(404, 'NOT_FOUND', 'There is nothing here.')
  const text = await readText(request)
  if (text === undefined)
    return answer(413, 'TOO_LARGE', 'This is too long. Send less than 16 KiB.')
  if (!STARTS.has(path)) return { path, body: text, needsOidc: path === OIDC_CALLBACK }
  const fields = readFields(text)
  if (!fields) return answer(400, 'VALIDATION_ERROR', 'Say which provider, as JSON: `provider`.')
  return { path, body: JSON.stringify(fields), needsOidc: fields.provider === OIDC_ID }
}

function readFields(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    return Object.fromEntries(Object.entries(value).filter(([name]) => START_FIELDS.has(name)))
  } catch {
    return undefined
  }
}

/** The body as text; undefined if it is too long. Stops reading there. */
async function readText(request: Request): Promise<string | undefined> {
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
