// What people read when sign-in says no: the library's codes with sentences of ours, each with a way on.

/** Shortest and longest password, in characters. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const

/** Sentences by the library's stable codes; a code without one keeps the library's own. */
const SENTENCES: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'E-mail or password is wrong. Check both and try again.',
  INVALID_EMAIL: 'This is not an e-mail address. Write it as name@example.com.',
  INVALID_PASSWORD: 'This is not the password. Check it and try again.',
  PASSWORD_TOO_SHORT: `The password is too short. Use at least ${PASSWORD_LENGTH.min} characters; a few unrelated words are good.`,
  NAME_INVALID: 'This name cannot be used. Use 1 to 80 characters on one line.',
  FAILED_TO_CREATE_USER:
    'The account could not be made; perhaps this e-mail was taken a moment ago. Try again.',
  VALIDATION_ERROR: 'Something that was sent is not as it must be. Check the form and try again.',
  PASSWORD_TOO_LONG: `The password is too long. Use at most ${PASSWORD_LENGTH.max} characters.`,
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL:
    'An account with this e-mail exists. Sign in with it, or use another e-mail.',
  PROVIDER_NOT_FOUND: 'This way to sign in is not set up here. Use one of those shown.',
  INVALID_ORIGIN:
    'This page is not served by this server. Open its own address, or add this one to its trusted origins.',
  MISSING_OR_NULL_ORIGIN: 'The browser did not say which page is asking. Reload the page.',
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED:
    "Sign-in must start on this server's own page. Open the sign-in page.",
  INVALID_CALLBACK_URL:
    'The page to return to is not on this server. Start again from its own page.',
  SESSION_NOT_FRESH: 'This needs a recent sign-in. Sign out, sign in again, and repeat it.',
  INVALID_TOKEN: 'This link works no more. Ask for a new one.',
  TOKEN_EXPIRED: 'This link has ended. Ask for a new one.',
  USER_NOT_FOUND: 'This link works no more. Ask for a new one.',
  INVALID_USER: 'This link is for somebody else. Sign out, and open it again.',
  EMAIL_NOT_VERIFIED:
    'Confirm your e-mail first: open the link in the mail we sent you, or ask for another.',
  UNAUTHORIZED: 'You are not signed in. Sign in and try again.',
}

/** Answers as sign-in does: JSON `{ code, message }`. */
export function answer(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(
    { code, message },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  )
}

/** Gives a refusal of the library its sentence; anything else passes as it is. */
export async function withSentence(response: Response): Promise<Response> {
  if (response.status === 429) return tooMany(response)
  if (response.status < 400) return response
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  const refusal = readRefusal(body)
  const code = codeOf(refusal)
  const sentence = SENTENCES[code] ?? refusal.message
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.set('content-type', 'application/json')
  headers.set('cache-control', 'no-store')
  return new Response(JSON.stringify({ code, message: sentence }), {
    status: response.status,
    headers,
  })
}

/** The library names the first field that is not as it must be: `[body.email] Invalid email address`. */
function codeOf({ code, message }: Refusal): string {
  if (code !== 'VALIDATION_ERROR') return code
  const field = /^\[body\.(\w+)/.exec(message)?.[1] ?? ''
  return FIELD_CODES[field] ?? code
}

const FIELD_CODES: Readonly<Record<string, string>> = {
  email: 'INVALID_EMAIL',
  password: 'PASSWORD_TOO_SHORT',
  newPassword: 'PASSWORD_TOO_SHORT',
  name: 'NAME_INVALID',
}

type Refusal = { readonly code: string; readonly message: string }

function tooMany(response: Response): Response {
  const seconds = response.headers.get('x-retry-after') ?? '10'
  const message = `Too many attempts from this address. Try again in ${seconds} seconds.`
  return answer(429, 'TOO_MANY_REQUESTS', message, { 'retry-after': seconds })
}

function readRefusal(body: unknown): Refusal {
  const { code, message } = (typeof body === 'object' && body !== null ? body : {}) as Readonly<
    Record<string, unknown>
  >
  return {
    code: typeof code === 'string' ? code : 'SIGN_IN_FAILED',
    message: typeof message === 'string' ? message : 'Sign-in did not work. Try again.',
  }
}
