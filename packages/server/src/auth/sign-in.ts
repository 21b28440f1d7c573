// Sign-in: e-mail and password, Google, any OpenID Connect provider. The door to the library; nobody else knows it.

import { betterAuth } from 'better-auth'
import { isAPIError } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { type Accounts, accounts } from './accounts.ts'
import { type Admission, admission } from './admission.ts'
import { answer, PASSWORD_LENGTH, withSentence } from './answers.ts'
import { withClientAddress } from './client-address.ts'
import { OIDC_CALLBACK, readRequest } from './door.ts'
import {
  EmailInvalid,
  EmailTaken,
  NameInvalid,
  SignInMisconfigured,
  WeakPassword,
} from './errors.ts'
import { isInvented } from './file-people.ts'
import { librarySettings } from './library-settings.ts'
import type { AfterAnswer } from './mailed-links.ts'
import { discover, type OidcProvider } from './oidc-discovery.ts'
import { OIDC_ID } from './oidc-sign-in.ts'
import type { SignInOptions } from './sign-in-options.ts'
import { tidyUp } from './tidy-up.ts'

/** Somebody with an account. `id` is their key everywhere: clientId, subject, policy. */
export type Person = {
  readonly id: string
  readonly name: string
  /** Absent: somebody of the users file who has none. */
  readonly email?: string
  /**
   * True only if a provider or the users file vouched for it, or somebody opened what was sent there. INVARIANT for
   * callers: an unverified e-mail proves nothing.
   */
  readonly emailVerified: boolean
  /** The provider's; fetch it with `keepPicture`, never send browsers there. */
  readonly pictureUrl?: string
}

/** Somebody with the session they called by: what it signs ends with it. */
export type SignedIn = Person & { readonly sessionId: string }

export type NewAccount = {
  readonly name: string
  readonly email: string
  /** 12–128 characters. */
  readonly password: string
  /** Whether to answer cookies of a session as well. */
  readonly signedIn: boolean
}

export type SignIn = {
  /**
   * Answers everything under `/api/auth/`. Refusals are JSON `{ code, message }`. The only way to sign in by
   * password: attempts are counted here.
   *
   * @param remoteAddress of the socket; headers that claim another are ignored
   */
  handle(request: Request, remoteAddress: string): Promise<Response>
  /** Who is signed in; reads only. 1–3 ms: exchange it for a realtime token, don't ask per message. */
  session(headers: Headers): Promise<SignedIn | undefined>
  /** Who is signed in, and the Set-Cookie values that keep it so (once a day); for a page load. */
  visit(
    headers: Headers,
  ): Promise<{ readonly person?: SignedIn; readonly cookies: readonly string[] }>
  /** Somebody by id; undefined if they have no account. */
  person(id: string): Promise<Person | undefined>
  readonly accounts: Accounts
  /**
   * Creates an account, also while sign-up is closed: for the owner and the environment.
   *
   * @throws {EmailTaken}   an account with this e-mail exists
   * @throws {EmailInvalid} not an e-mail address
   * @throws {WeakPassword} not 12–128 characters
   * @throws {NameInvalid}  not 1–80 characters on one line
   */
  createAccount(
    input: NewAccount,
  ): Promise<{ readonly person: Person; readonly cookies: readonly string[] }>
  /** Ways in besides the password, for buttons. */
  readonly providers: readonly { readonly id: string; readonly title: string }[]
  /** Why the OpenID provider could not be used when it was asked last; undefined: it could, or there is none. */
  oidcProblem(): string | undefined
}

/** How often an unreachable provider is asked again; milliseconds. */
const PROVIDER_RETRY_MS = 5_000

/**
 * Opens sign-in: creates or migrates its tables, asks the OpenID provider for its endpoints. An unreachable provider
 * does not stop the start; it is asked again when somebody wants it.
 *
 * @throws {SignInMisconfigured} a setting that cannot work
 */
export async function openSignIn(options: SignInOptions): Promise<SignIn> {
  checkSettings(options)
  const { signUp: mode, secret, now, invitations: desk } = options
  const gate = admission({ mode, secret, now, desk })
  await (
    await getMigrations(librarySettings(options, gate, undefined, NOTHING_AFTER))
  ).runMigrations()
  await tidyUp(options.dialect, options.now())
  const library = await openLibrary(options, gate)
  return {
    handle: (request, remoteAddress) => handle(options, library, request, remoteAddress),
    session: async (headers) => (await readSession(library.current(), headers, true)).person,
    visit: (headers) => readSession(library.current(), headers, false),
    person: async (id) => {
      const { internalAdapter } = await library.current().$context
      const user = await internalAdapter.findUserById(id)
      return user === null ? undefined : personOf(user)
    },
    accounts: accounts(library.current, options.dialect, now),
    createAccount: (input) =>
      gate.byServer(() => createAccount(library.current(), input, options.verifiedOnly === true)),
    providers: [
      ...(options.google ? [{ id: 'google', title: 'Google' }] : []),
      ...(options.oidc
        ? [{ id: OIDC_ID, title: options.oidc.title ?? new URL(options.oidc.issuer).host }]
        : []),
    ],
    oidcProblem: library.problem,
  }
}

type Auth = ReturnType<typeof betterAuth>

const NOTHING_AFTER: AfterAnswer = { reset: () => undefined, confirm: () => undefined }

function makeAuth(options: SignInOptions, gate: Admission, oidc?: OidcProvider): Auth {
  const soon = (work: () => Promise<unknown>): void =>
    void work().catch((error: unknown) =>
      options.log?.('error', `sign-in: a link could not be made: ${String(error)}`),
    )
  const auth: Auth = betterAuth(
    librarySettings(options, gate, oidc, {
      reset: (email) => soon(() => auth.api.requestPasswordReset({ body: { email } })),
      confirm: (email) => soon(() => auth.api.sendVerificationEmail({ body: { email } })),
    }),
  )
  return auth
}

type Library = {
  current(): Auth
  /** Why the OpenID provider cannot be used now; undefined if it can. Asks it again, but not all the time. */
  oidcProblem(): Promise<string | undefined>
  /** The same as it was when it was asked last. */
  problem(): string | undefined
}

/** The library fetches discovery without a time limit, so it hears of a provider only after we have reached it. */
async function openLibrary(options: SignInOptions, gate: Admission): Promise<Library> {
  let auth = makeAuth(options, gate)
  let problem: string | undefined
  let askedMs = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  const ask = async (issuer: string): Promise<void> => {
    const found = await discover(issuer)
    askedMs = options.now()
    if (found.ok) {
      const next = makeAuth(options, gate, found.provider)
      // Taken into use when it is ready: meanwhile passwords work as before.
      await next.$context
      auth = next
      problem = undefined
    } else {
      problem = found.problem
      options.log?.('warn', `sign-in: ${problem}; it will be asked again`)
    }
  }
  const oidcProblem = async (): Promise<string | undefined> => {
    const { oidc } = options
    const isDue = problem !== undefined && options.now() - askedMs >= PROVIDER_RETRY_MS
    if (oidc && (isDue || asking)) {
      asking ??= ask(oidc.issuer).finally(() => {
        asking = undefined
      })
      await asking
    }
    return problem
  }

  if (options.oidc) await ask(options.oidc.issuer)
  return { current: () => auth, oidcProblem, problem: () => problem }
}

async function handle(
  options: SignInOptions,
  library: Library,
  request: Request,
  remoteAddress: string,
): Promise<Response> {
  const read = await readRequest(request)
  if (read instanceof Response) return read
  const { path, body, needsOidc } = read
  if (options.oidc && needsOidc && (await library.oidcProblem()) !== undefined)
    return unreachable(path, options.publicUrl)
  const headers = withClientAddress(request.headers, remoteAddress, options.trustedProxies ?? [])
  // The body may be another than was sent; its length is counted anew.
  headers.delete('content-length')
  const { method, url } = request
  const passed = new Request(url, { method, headers, ...(body.length > 0 && { body }) })
  try {
    return await withSentence(await library.current().handler(passed))
  } catch (error) {
    options.log?.('error', `sign-in: ${path} failed: ${String(error)}`)
    return answer(503, 'SIGN_IN_UNAVAILABLE', UNAVAILABLE, { 'retry-after': '5' })
  }
}

const UNAVAILABLE = 'Sign-in does not work just now. Try again in a moment.'

const UNREACHABLE =
  'The provider does not answer just now. Try again in a moment, or sign in another way.'

/** A person comes back from a provider by a page, so the answer is a page as well. */
function unreachable(path: string, publicUrl: string): Response {
  if (path !== OIDC_CALLBACK) return answer(503, 'PROVIDER_UNREACHABLE', UNREACHABLE)
  const location = new URL('/login?error=PROVIDER_UNREACHABLE', publicUrl).href
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } })
}

type LibraryUser = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
  readonly image?: string | null | undefined
}

function personOf(user: LibraryUser): Person {
  const { id, name, email, emailVerified } = user
  return {
    id,
    name,
    emailVerified,
    ...(isInvented(email) ? {} : { email }),
    ...(user.image && { pictureUrl: user.image }),
  }
}

async function readSession(
  auth: Auth,
  headers: Headers,
  disableRefresh: boolean,
): Promise<{ person?: SignedIn; cookies: readonly string[] }> {
  const { response, headers: answered } = await auth.api.getSession({
    headers,
    query: { disableRefresh },
    returnHeaders: true,
  })
  const cookies = answered.getSetCookie()
  if (!response) return { cookies }
  return { person: { ...personOf(response.user), sessionId: response.session.id }, cookies }
}

async function createAccount(
  auth: Auth,
  { signedIn, ...body }: NewAccount,
  verifiedOnly: boolean,
): Promise<{ person: Person; cookies: readonly string[] }> {
  const { min, max } = PASSWORD_LENGTH
  if (body.password.length < min || body.password.length > max)
    throw new WeakPassword(`the password must have ${min} to ${max} characters`)
  const { internalAdapter } = await auth.$context
  // Where e-mails are confirmed first, the library says nothing of one that is taken.
  if ((await internalAdapter.findUserByEmail(body.email.toLowerCase())) !== null)
    throw new EmailTaken(`an account with \`${body.email}\` exists`)
  try {
    const made = await auth.api.signUpEmail({ body, returnHeaders: true })
    const person = personOf(made.response.user)
    if (verifiedOnly) {
      // Whoever runs the server vouches for the accounts it makes itself.
      await internalAdapter.updateUser(person.id, { emailVerified: true })
      const vouched = { ...person, emailVerified: true }
      if (!signedIn) return { person: vouched, cookies: [] }
      const { email, password } = body
      const entered = await auth.api.signInEmail({
        body: { email, password },
        returnHeaders: true,
      })
      return { person: vouched, cookies: entered.headers.getSetCookie() }
    }
    if (signedIn) return { person, cookies: made.headers.getSetCookie() }
    if (made.response.token) await internalAdapter.deleteSession(made.response.token)
    return { person, cookies: [] }
  } catch (error) {
    throw accountFailure(error, body.email)
  }
}

function accountFailure(error: unknown, email: string): unknown {
  switch (isAPIError(error) ? error.body?.code : undefined) {
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return new EmailTaken(`an account with \`${email}\` exists`)
    case 'INVALID_EMAIL':
    case 'VALIDATION_ERROR':
      return new EmailInvalid(`\`${email}\` is not an e-mail address`)
    case 'NAME_INVALID':
      return new NameInvalid('the name must have 1 to 80 characters on one line')
    default:
      return error
  }
}

function checkSettings(options: SignInOptions): void {
  if (options.secret.length < 16)
    throw new SignInMisconfigured(
      'the installation secret is shorter than 16 characters',
      'set `SAYSO_SECRET` to 32 random characters, or remove it and let the first start make one',
    )
  if (options.oidc && !URL.canParse(options.oidc.issuer))
    throw new SignInMisconfigured(
      `the OpenID issuer \`${options.oidc.issuer}\` is not a URL`,
      'set `SAYSO_OIDC_ISSUER` to the issuer as its provider spells it, starting with https://',
    )
}

export {
  EmailInvalid,
  EmailTaken,
  NameInvalid,
  SignInMisconfigured,
  WeakPassword,
} from './errors.ts'
export type { SignInOptions } from './sign-in-options.ts'
