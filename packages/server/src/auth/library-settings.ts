// How the sign-in library is set: small surface, nothing told to third parties, nothing kept that we do not need.

import type { BetterAuthOptions } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import type { Admission } from './admission.ts'
import { PASSWORD_LENGTH } from './answers.ts'
import { ADDRESS_HEADER } from './client-address.ts'
import { deriveKey } from './derived-key.ts'
import { filePeopleGuard } from './file-people.ts'
import {
  type AfterAnswer,
  afterMailedLink,
  type Before,
  beforeMailedLink,
  mailedLinks,
} from './mailed-links.ts'
import type { OidcProvider } from './oidc-discovery.ts'
import { oidcSignIn } from './oidc-sign-in.ts'
import { passwordHashing } from './password-hashing.ts'
import { cleanName, nameOfProfile } from './person-name.ts'
import type { SignInOptions } from './sign-in-options.ts'

const DAY_S = 86_400

/** Settings of the library for one opening; `oidc` once the provider has answered. */
export function librarySettings(
  options: SignInOptions,
  gate: Admission,
  oidc: OidcProvider | undefined,
  afterAnswer: AfterAnswer,
): BetterAuthOptions {
  const links = mailedLinks(options)
  return {
    appName: 'Sayso',
    baseURL: options.publicUrl,
    basePath: '/api/auth',
    secret: deriveKey(options.secret, 'sign-in library').toString('base64url'),
    // No transactions: sign-up hashes inside one, and the one writer must not wait for a hash. `tidyUp` repairs
    // what a crash between two writes could leave.
    database: { dialect: options.dialect, type: 'sqlite', transaction: false },
    trustedOrigins: [...options.trustedOrigins, ...loopbackAliases(options.publicUrl)],
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: passwordHashing(options.filePeople),
      revokeSessionsOnPasswordReset: true,
      ...links.emailAndPassword,
    },
    ...(links.emailVerification && { emailVerification: links.emailVerification }),
    ...tables,
    rateLimit: rateLimit(options),
    socialProviders: options.google
      ? { google: { ...options.google, disableIdTokenSignIn: true, prompt: 'select_account' } }
      : {},
    plugins: oidc && options.oidc ? [oidcSignIn(options.oidc, oidc)] : [],
    hooks: {
      before: beforeEach(options, gate, afterAnswer),
      after: createAuthMiddleware(async (ctx) => {
        await afterMailedLink(ctx as unknown as Before, options)
      }),
    },
    databaseHooks: writes(options, gate),
    advanced: {
      // A mail is never waited for: how long it takes would tell who has an account.
      backgroundTasks: {
        handler: (work) =>
          void work.catch((error: unknown) =>
            options.log?.('error', `sign-in: a mail was not taken in: ${String(error)}`),
          ),
      },
      cookiePrefix: 'sayso',
      useSecureCookies: options.publicUrl.startsWith('https:'),
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: {
        ipAddressHeaders: [ADDRESS_HEADER],
        trustedProxies: [...(options.trustedProxies ?? [])],
      },
    },
    onAPIError: { errorURL: new URL('/login', options.publicUrl).href },
    telemetry: { enabled: false },
    logger: {
      disabled: options.log === undefined,
      level: 'error',
      log: (level, message) => {
        if (level === 'warn' || level === 'error') options.log?.(level, `sign-in: ${message}`)
      },
    },
  }
}

/** The tables share the store's file: their names say whose they are. */
const tables = {
  // A new address counts once somebody has opened what was sent there.
  user: { modelName: 'auth_user', changeEmail: { enabled: true } },
  session: {
    modelName: 'auth_session',
    expiresIn: 30 * DAY_S,
    updateAge: DAY_S,
    // A cached session would outlive a sign-out elsewhere.
    cookieCache: { enabled: false },
  },
  account: {
    modelName: 'auth_account',
    // INVARIANT: an e-mail a provider asserts never opens an account that exists: linking is explicit.
    accountLinking: { enabled: true, disableImplicitLinking: true },
  },
  verification: {
    modelName: 'auth_verification',
    // A link for a new password cannot be read off the database.
    storeIdentifier: { default: 'plain', overrides: { 'reset-password': 'hashed' } },
  },
} as const satisfies BetterAuthOptions

function rateLimit(options: SignInOptions): NonNullable<BetterAuthOptions['rateLimit']> {
  return {
    enabled: options.rateLimit,
    storage: 'database',
    modelName: 'auth_rate_limit',
    window: 10,
    max: 100,
    customRules: {
      '/sign-in/email': { window: 10, max: 5 },
      '/sign-up/email': { window: 10, max: 5 },
      '/sign-in/social': { window: 10, max: 10 },
      '/request-password-reset': { window: 600, max: 5 },
      '/send-verification-email': { window: 600, max: 5 },
      '/reset-password': { window: 60, max: 10 },
      '/verify-email': { window: 60, max: 20 },
      '/change-email': { window: 600, max: 5 },
      // Reading costs less than counting.
      '/get-session': false,
    },
  }
}

/** What every request passes before the library acts on it. */
function beforeEach(options: SignInOptions, gate: Admission, afterAnswer: AfterAnswer) {
  return createAuthMiddleware(async (ctx) => {
    const call = ctx as unknown as Before
    const answered =
      (await filePeopleGuard(call, options.filePeople)) ??
      (await beforeMailedLink(call, options, afterAnswer))
    if (answered !== undefined) return answered
    if (ctx.path === '/sign-up/email')
      await gate.demand(await gate.invitation(ctx.headers), emailIn(ctx.body))
    if (ctx.path === '/update-user' && ctx.body?.image !== undefined)
      throw new APIError('BAD_REQUEST', {
        code: 'PICTURE_NOT_SETTABLE',
        message: 'Pictures come from the provider you sign in with. Change it there.',
      })
    if (ctx.path === '/sign-in/social') await gate.remember(ctx.headers)
    return undefined
  })
}

function emailIn(body: unknown): string {
  const email = (body as { readonly email?: unknown } | undefined)?.email
  return typeof email === 'string' ? email : ''
}

/** What is written about people: only admitted ones, cleaned names, and none of a provider's tokens. */
function writes(
  options: SignInOptions,
  gate: Admission,
): NonNullable<BetterAuthOptions['databaseHooks']> {
  const withoutTokens = {
    accessToken: null,
    refreshToken: null,
    idToken: null,
    accessTokenExpiresAt: null,
    refreshTokenExpiresAt: null,
  }
  return {
    user: {
      create: {
        before: async (person, ctx) => {
          await gate.hold(await gate.invitation(ctx?.headers), person.email)
          const isFromProvider = ctx?.path.startsWith('/callback/') ?? false
          const name = isFromProvider ? nameOfProfile(person) : cleanName(person.name)
          if (name === undefined) throw nameInvalid()
          return { data: { ...person, name, image: isFromProvider ? person.image : null } }
        },
        after: async (person, ctx) => {
          await gate.accept(await gate.invitation(ctx?.headers), person)
        },
      },
      update: {
        before: async (change, ctx) => {
          // Whoever opened what was sent to a new address has it.
          const proved =
            ctx?.path === '/verify-email' && change.email !== undefined
              ? { emailVerified: true }
              : {}
          if (change.name === undefined) return { data: { ...change, ...proved } }
          const name = cleanName(change.name)
          if (name === undefined) throw nameInvalid()
          return { data: { ...change, ...proved, name } }
        },
        after: async (person) => options.personChanged?.(person.id),
      },
    },
    session: {
      delete: {
        after: async ({ id, userId }) => options.sessionEnded?.({ id, personId: userId }),
      },
    },
    account: {
      create: { before: async (account) => ({ data: { ...account, ...withoutTokens } }) },
      update: { before: async (account) => ({ data: { ...account, ...withoutTokens } }) },
    },
  }
}

function nameInvalid(): APIError {
  return new APIError('BAD_REQUEST', {
    code: 'NAME_INVALID',
    message: 'the name must have 1 to 80 characters on one line',
  })
}

/** On one's own machine `localhost` and `127.0.0.1` are the same place; people type either. */
function loopbackAliases(publicUrl: string): readonly string[] {
  const { protocol, hostname, port } = new URL(publicUrl)
  const names = ['localhost', '127.0.0.1', '[::1]']
  if (!names.includes(hostname)) return []
  return names.map((name) => `${protocol}//${name}${port && `:${port}`}`)
}
