// Sign-in through its one door, on a real database: accounts, sessions, the gate, the limits.

import { DatabaseSync } from '@photostructure/sqlite'
import { createAuthClient } from 'better-auth/client'
import { type Dialect, Kysely, SqliteDialect, type SqliteDialectConfig, sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { makeInvitation } from './invitation.ts'
import {
  EmailInvalid,
  EmailTaken,
  NameInvalid,
  openSignIn,
  type SignIn,
  SignInMisconfigured,
  type SignInOptions,
  WeakPassword,
} from './sign-in.ts'

const ORIGIN = 'http://127.0.0.1:8080'
const SECRET = 'a secret that is only for these tests'
const PASSWORD = 'four unrelated words here'
const ADA = { name: 'Ada', email: 'ada@example.com', password: PASSWORD }

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

function openDialect(): Dialect {
  const database = new DatabaseSync(':memory:')
  closers.push(() => database.close())
  const prepare = (text: string) => {
    const statement = database.prepare(text)
    return {
      reader: /^\s*(select|pragma|with)|\breturning\b/i.test(text),
      all: (values: never[]) => statement.all(...values),
      run: (values: never[]) => statement.run(...values),
      iterate: (values: never[]) => statement.iterate(...values),
    }
  }
  const shim = { prepare, close: () => {} } as unknown as SqliteDialectConfig['database']
  return new SqliteDialect({ database: shim })
}

function open(options: Partial<SignInOptions> = {}): Promise<SignIn> {
  return openSignIn({
    dialect: openDialect(),
    secret: SECRET,
    publicUrl: ORIGIN,
    trustedOrigins: [],
    signUp: 'open',
    rateLimit: false,
    now: Date.now,
    ...options,
  })
}

type Call = {
  method?: string
  body?: unknown
  headers?: Record<string, string>
  cookie?: string
  from?: string
  base?: string
}

function call(signIn: SignIn, path: string, options: Call = {}): Promise<Response> {
  const { body, headers, cookie, from = '127.0.0.1', base = ORIGIN } = options
  const request = new Request(`${base}/api/auth${path}`, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      origin: base,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(cookie && { cookie }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return signIn.handle(request, from)
}

const signUp = (signIn: SignIn, person: object = ADA, options: Call = {}) =>
  call(signIn, '/sign-up/email', { body: person, ...options })

const signInWith = (signIn: SignIn, password: string, options: Call = {}) =>
  call(signIn, '/sign-in/email', { body: { email: ADA.email, password }, ...options })

const cookieOf = (setCookies: readonly string[]) =>
  setCookies.map((cookie) => cookie.split(';')[0]).join('; ')

const cookieFrom = (response: Response) => cookieOf(response.headers.getSetCookie())

const who = async (signIn: SignIn, cookie: string) => {
  const { sessionId: _id, ...person } = (await signIn.session(new Headers({ cookie }))) ?? {}
  return 'id' in person ? person : undefined
}

describe('an account', () => {
  test('is made by signing up, which signs in', async () => {
    const signIn = await open()
    const response = await signUp(signIn)
    expect(response.status).toBe(200)
    const person = await who(signIn, cookieFrom(response))
    expect(person).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      name: 'Ada',
      email: 'ada@example.com',
      emailVerified: false,
    })
  })

  test('is entered again with its password, whatever the case of the e-mail', async () => {
    const signIn = await open()
    const first = await who(signIn, cookieFrom(await signUp(signIn)))
    const body = { email: 'ADA@Example.COM', password: PASSWORD }
    const again = await call(signIn, '/sign-in/email', { body })
    expect(again.status).toBe(200)
    expect(await who(signIn, cookieFrom(again))).toEqual(first)
  })

  test('is left by signing out: the session is gone, not only the cookie', async () => {
    const signIn = await open()
    const cookie = cookieFrom(await signUp(signIn))
    const out = await call(signIn, '/sign-out', { body: {}, cookie })
    expect(out.status).toBe(200)
    expect(out.headers.getSetCookie().join()).toContain('sayso.session_token=; Max-Age=0')
    expect(await who(signIn, cookie)).toBeUndefined()
  })

  test('a wrong password and an unknown e-mail answer the same 401', async () => {
    const signIn = await open()
    await signUp(signIn)
    const wrong = await signInWith(signIn, 'four other words here')
    const unknown = await call(signIn, '/sign-in/email', {
      body: { email: 'nobody@example.com', password: PASSWORD },
    })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    const refusal = {
      code: 'INVALID_EMAIL_OR_PASSWORD',
      message: 'E-mail or password is wrong. Check both and try again.',
    }
    expect(await wrong.json()).toEqual(refusal)
    expect(await unknown.json()).toEqual(refusal)
    expect(wrong.headers.getSetCookie()).toEqual([])
  })

  test.each([
    [{ password: 'x'.repeat(11) }, 400, 'PASSWORD_TOO_SHORT', 'at least 12'],
    [{ password: 'x'.repeat(129) }, 400, 'PASSWORD_TOO_LONG', 'at most 128'],
    [{ password: '' }, 400, 'PASSWORD_TOO_SHORT', 'at least 12'],
    [{ email: 'nobody' }, 400, 'INVALID_EMAIL', 'name@example.com'],
    [{ name: undefined }, 400, 'NAME_INVALID', '1 to 80'],
    [{ name: ' ' }, 400, 'NAME_INVALID', '1 to 80'],
    [{ name: 'x'.repeat(81) }, 400, 'NAME_INVALID', '1 to 80'],
    [{ name: 'a\nb' }, 400, 'NAME_INVALID', '1 to 80'],
  ])('%j is refused with a way on', async (change, status, code, hint) => {
    const signIn = await open()
    const response = await signUp(signIn, { ...ADA, ...change })
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ code, message: expect.stringContaining(hint) })
    expect(response.headers.getSetCookie()).toEqual([])
  })

  test.each([12, 128])('a password of %i characters is good', async (length) => {
    const signIn = await open()
    expect((await signUp(signIn, { ...ADA, password: 'x'.repeat(length) })).status).toBe(200)
  })

  test('an e-mail is used once', async () => {
    const signIn = await open()
    await signUp(signIn)
    const again = await signUp(signIn, { ...ADA, email: 'ADA@example.com', name: 'Eve' })
    expect(again.status).toBe(422)
    expect(await again.json()).toMatchObject({ code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL' })
  })

  test('the stock client of the library works', async () => {
    const signIn = await open()
    const client = createAuthClient({
      baseURL: ORIGIN,
      fetchOptions: {
        customFetchImpl: (url, init) => signIn.handle(new Request(url, init), '127.0.0.1'),
      },
    })
    expect((await client.signUp.email(ADA)).error).toBeNull()
    const wrong = await client.signIn.email({ email: ADA.email, password: 'not the password' })
    expect(wrong.error).toMatchObject({ status: 401, code: 'INVALID_EMAIL_OR_PASSWORD' })
    expect((await client.signIn.email(ADA)).data?.user.name).toBe('Ada')
  })

  test('a picture comes from a provider only', async () => {
    const signIn = await open()
    const image = 'http://169.254.169.254/latest'
    const cookie = cookieFrom(await signUp(signIn, { ...ADA, image }))
    expect(await who(signIn, cookie)).not.toHaveProperty('pictureUrl')
    const changed = await call(signIn, '/update-user', { body: { image }, cookie })
    expect(changed.status).toBe(400)
    expect(await changed.json()).toMatchObject({ code: 'PICTURE_NOT_SETTABLE' })
  })

  test('verified is nothing one can say of oneself', async () => {
    const signIn = await open()
    const cookie = cookieFrom(await signUp(signIn, { ...ADA, emailVerified: true }))
    expect((await who(signIn, cookie))?.emailVerified ?? false).toBe(false)
    await call(signIn, '/update-user', { body: { emailVerified: true }, cookie })
    expect((await who(signIn, cookie))?.emailVerified ?? false).toBe(false)
  })

  test('a name can be changed to another good one', async () => {
    const signIn = await open()
    const cookie = cookieFrom(await signUp(signIn))
    expect(
      (await call(signIn, '/update-user', { body: { name: ' Ada L. ' }, cookie })).status,
    ).toBe(200)
    expect((await who(signIn, cookie))?.name).toBe('Ada L.')
    expect((await call(signIn, '/update-user', { body: { name: '\n' }, cookie })).status).toBe(400)
    expect((await who(signIn, cookie))?.name).toBe('Ada L.')
  })

  test('a changed password ends the other sessions if asked to', async () => {
    const signIn = await open()
    const here = cookieFrom(await signUp(signIn))
    const there = cookieFrom(await signInWith(signIn, PASSWORD))
    const body = {
      currentPassword: PASSWORD,
      newPassword: 'five other unrelated words here',
      revokeOtherSessions: true,
    }
    const changed = await call(signIn, '/change-password', { body, cookie: here })
    expect(changed.status).toBe(200)
    expect(await who(signIn, there)).toBeUndefined()
    expect(await who(signIn, cookieFrom(changed))).toBeDefined()
    expect((await signInWith(signIn, PASSWORD)).status).toBe(401)
  })
})

describe('a session', () => {
  test('nobody is signed in without a cookie, with a forged one, or with another secret’s', async () => {
    const dialect = openDialect()
    const signIn = await open({ dialect })
    const cookie = cookieFrom(await signUp(signIn))
    expect(await who(signIn, '')).toBeUndefined()
    expect(await who(signIn, cookie.replace(/.{8}$/, 'AAAAAAA%3D'))).toBeUndefined()
    expect(await who(signIn, (cookie.split('.')[1] ?? '').replace(/^/, 'sayso.'))).toBeUndefined()
    const other = await open({ dialect, secret: 'another secret for these tests' })
    expect(await who(other, cookie)).toBeUndefined()
    expect(await who(await open({ dialect }), cookie)).toMatchObject({ name: 'Ada' })
  })

  test('over http on loopback the cookie is plain, over https it is Secure', async () => {
    const plain = (await signUp(await open())).headers.getSetCookie().join()
    expect(plain).toMatch(/^sayso\.session_token=/)
    expect(plain).toContain('HttpOnly; SameSite=Lax')
    expect(plain).not.toContain('Secure')
    const base = 'https://chat.example.com'
    const secure = await signUp(await open({ publicUrl: base }), ADA, { base })
    expect(secure.headers.getSetCookie().join()).toMatch(
      /^__Secure-sayso\.session_token=.*; HttpOnly; Secure; SameSite=Lax/,
    )
  })

  test('lasts thirty days, and a visit a day later renews it', async () => {
    const dialect = openDialect()
    const signIn = await open({ dialect })
    const response = await signUp(signIn)
    const cookie = cookieFrom(response)
    expect(response.headers.getSetCookie().join()).toContain('Max-Age=2592000')
    const headers = new Headers({ cookie })
    expect(await signIn.visit(headers)).toEqual({
      person: await signIn.session(headers),
      cookies: [],
    })

    const db = new Kysely<{ auth_session: { expiresAt: string } }>({ dialect })
    const left = async (days: number) => {
      const expiresAt = new Date(Date.now() + days * 86_400_000).toISOString()
      await db.updateTable('auth_session').set({ expiresAt }).execute()
      return expiresAt
    }
    const short = await left(28)
    await signIn.session(headers)
    const untouched = await db.selectFrom('auth_session').selectAll().executeTakeFirstOrThrow()
    expect(untouched.expiresAt).toBe(short)
    const { cookies } = await signIn.visit(headers)
    expect(cookies.join()).toContain('Max-Age=2592000')
    const renewed = await db.selectFrom('auth_session').selectAll().executeTakeFirstOrThrow()
    expect(renewed.expiresAt > short).toBe(true)

    await left(-1)
    expect(await who(signIn, cookie)).toBeUndefined()
  })

  test('sessions are listed and ended one by one', async () => {
    const signIn = await open()
    const here = cookieFrom(await signUp(signIn))
    const there = cookieFrom(await signInWith(signIn, PASSWORD, { from: '203.0.113.7' }))
    const response = await call(signIn, '/list-sessions', { cookie: here })
    const list = (await response.json()) as { ipAddress: string; token: string }[]
    expect(list).toHaveLength(2)
    const other = list.find(({ ipAddress }) => ipAddress === '203.0.113.7')
    await call(signIn, '/revoke-session', { body: { token: other?.token }, cookie: here })
    expect(await who(signIn, there)).toBeUndefined()
    expect(await who(signIn, here)).toBeDefined()
  })
})

describe('the gate', () => {
  const NOW = 1_800_000_000_000
  const invitation = makeInvitation(SECRET, NOW)
  const invited = (token: string): Call => ({ headers: { 'x-sayso-invitation': token } })

  test('open: anybody may make an account', async () => {
    expect((await signUp(await open({ signUp: 'open' }))).status).toBe(200)
  })

  test.each([{}, invited(invitation)])('closed: nobody may, invited or not', async (options) => {
    const signIn = await open({ signUp: 'closed', now: () => NOW })
    const response = await signUp(signIn, ADA, options)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({
      code: 'SIGN_UP_CLOSED',
      message: 'No new accounts are made here. Ask whoever runs this place, or sign in.',
    })
    expect((await signInWith(signIn, PASSWORD)).status).toBe(401)
  })

  test('closed: people who have an account still come in', async () => {
    const dialect = openDialect()
    await signUp(await open({ dialect }))
    const signIn = await open({ dialect, signUp: 'closed' })
    expect((await signInWith(signIn, PASSWORD)).status).toBe(200)
  })

  test('invite: an invitation lets in', async () => {
    const signIn = await open({ signUp: 'invite', now: () => NOW })
    expect((await signUp(signIn, ADA, invited(invitation))).status).toBe(200)
  })

  test.each([
    [{}, NOW, 'INVITATION_NEEDED'],
    [invited(''), NOW, 'INVITATION_NEEDED'],
    [invited('rubbish'), NOW, 'INVITATION_INVALID'],
    [invited(makeInvitation('another secret', NOW)), NOW, 'INVITATION_INVALID'],
    [invited(invitation), NOW + 7 * 86_400_000, 'INVITATION_EXPIRED'],
  ])('invite: %j is refused', async (options, now, code) => {
    const signIn = await open({ signUp: 'invite', now: () => now })
    const response = await signUp(signIn, ADA, options)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({ code, message: expect.stringContaining('.') })
    expect((await signInWith(signIn, PASSWORD)).status).toBe(401)
  })

  test('a closed gate does not tell who has an account', async () => {
    const dialect = openDialect()
    await signUp(await open({ dialect }))
    const signIn = await open({ dialect, signUp: 'closed' })
    const taken = await signUp(signIn)
    const free = await signUp(signIn, { ...ADA, email: 'free@example.com' })
    expect(await taken.json()).toEqual(await free.json())
  })
})

describe('the server itself makes an account', () => {
  test.each(['open', 'invite', 'closed'] as const)('while sign-up is %s', async (mode) => {
    const signIn = await open({ signUp: mode })
    const { person, cookies } = await signIn.createAccount({ ...ADA, signedIn: true })
    expect(person).toMatchObject({ name: 'Ada', email: 'ada@example.com', emailVerified: false })
    expect(await who(signIn, cookieOf(cookies))).toEqual(person)
    expect((await signInWith(signIn, PASSWORD)).status).toBe(200)
  })

  test('the gate is closed again behind it, also meanwhile', async () => {
    const signIn = await open({ signUp: 'closed' })
    const bob = { ...ADA, email: 'bob@example.com' }
    const [made, refused] = await Promise.all([
      signIn.createAccount({ ...ADA, signedIn: false }),
      signUp(signIn, bob),
    ])
    expect(made.person.name).toBe('Ada')
    expect(refused.status).toBe(403)
    expect((await signUp(signIn, bob)).status).toBe(403)
  })

  test('without signing in leaves no session', async () => {
    const dialect = openDialect()
    const signIn = await open({ dialect })
    const { cookies } = await signIn.createAccount({ ...ADA, signedIn: false })
    expect(cookies).toEqual([])
    const rows = await sql`select * from auth_session`.execute(new Kysely({ dialect }))
    expect(rows.rows).toEqual([])
  })

  test.each([
    [{ password: 'short' }, WeakPassword],
    [{ password: 'x'.repeat(129) }, WeakPassword],
    [{ password: '' }, WeakPassword],
    [{ email: 'nobody' }, EmailInvalid],
    [{ name: '' }, NameInvalid],
    [{ email: 'TAKEN@example.com' }, EmailTaken],
  ])('%j throws with a code and a remedy', async (change, failure) => {
    const signIn = await open()
    await signIn.createAccount({ ...ADA, email: 'taken@example.com', signedIn: false })
    const making = signIn.createAccount({ ...ADA, ...change, signedIn: true })
    const error = await making.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(failure)
    expect(error).toMatchObject({
      code: expect.stringMatching(/^[a-z_]+$/),
      remedy: expect.stringMatching(/./),
    })
  })
})

describe('the limit', () => {
  const guess = (signIn: SignIn, options: Call = {}) => signInWith(signIn, 'a wrong guess', options)
  async function statuses(count: number, one: () => Promise<Response>): Promise<number[]> {
    const seen: number[] = []
    for (let at = 0; at < count; at++) seen.push((await one()).status)
    return seen
  }

  test('the sixth attempt from an address waits, others do not', async () => {
    const signIn = await open({ rateLimit: true })
    expect(await statuses(5, () => guess(signIn))).toEqual([401, 401, 401, 401, 401])
    const sixth = await guess(signIn)
    expect(sixth.status).toBe(429)
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await sixth.json()).toEqual({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringMatching(/^Too many attempts .* Try again in \d+ seconds\.$/),
    })
    expect((await guess(signIn, { from: '203.0.113.7' })).status).toBe(401)
  })

  test('the right password waits as well', async () => {
    const signIn = await open({ rateLimit: true })
    await signUp(signIn)
    await statuses(5, () => guess(signIn))
    expect((await signInWith(signIn, PASSWORD)).status).toBe(429)
  })

  test('is kept in the database: another process knows of it', async () => {
    const dialect = openDialect()
    const first = await open({ dialect, rateLimit: true })
    await statuses(5, () => guess(first))
    expect((await guess(await open({ dialect, rateLimit: true }))).status).toBe(429)
  })

  test.each([
    'x-forwarded-for',
    'x-real-ip',
    'forwarded',
    'cf-connecting-ip',
    'true-client-ip',
    'x-sayso-client-address',
  ])('%s does not make another address', async (header) => {
    const signIn = await open({ rateLimit: true })
    let at = 0
    const spoofed = () => guess(signIn, { headers: { [header]: `198.51.100.${++at}` } })
    expect(await statuses(6, spoofed)).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('a trusted proxy’s word counts, what a client put before it does not', async () => {
    const signIn = await open({ rateLimit: true, trustedProxies: ['10.0.0.0/8'] })
    let at = 0
    const via = (chain: string, from: string) => () =>
      guess(signIn, { from, headers: { 'x-forwarded-for': chain.replace('N', String(++at)) } })
    expect(await statuses(6, via('198.51.100.N, 203.0.113.7', '10.0.0.1'))).toContain(429)
    expect(await statuses(1, via('203.0.113.8', '10.0.0.1'))).toEqual([401])
    // Not through the proxy: the socket's address is the last of the chain and is not trusted.
    expect(await statuses(6, via('198.51.100.N', '203.0.113.9'))).toContain(429)
  })

  test('one network of IPv6 is one address', async () => {
    const signIn = await open({ rateLimit: true })
    let at = 0
    const hop = () => guess(signIn, { from: `2001:db8:1:1::${++at}` })
    expect(await statuses(6, hop)).toEqual([401, 401, 401, 401, 401, 429])
    expect((await guess(signIn, { from: '2001:db8:1:2::1' })).status).toBe(401)
    expect((await guess(signIn, { from: '::ffff:203.0.113.7' })).status).toBe(401)
  })

  test('off: nobody waits', async () => {
    const signIn = await open({ rateLimit: false })
    expect(new Set(await statuses(12, () => guess(signIn)))).toEqual(new Set([401]))
  })
})

describe('the door', () => {
  test.each([
    '/sign-in/username',
    '/get-access-token',
    '/refresh-token',
    '/account-info',
    '/reset-password/some-token',
    '/set-password',
    '/verify-password',
    '/delete-user',
    '/update-session',
    '/callback/github',
    '/error',
    '/',
    '',
    '/sign-in/email/',
    '//sign-in/email',
    '/sign-in%2Femail',
  ])('%j is not there', async (path) => {
    const response = await call(await open(), path, { body: {} })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a body without end is not read to its end', async () => {
    const signIn = await open()
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1024
        controller.enqueue(new Uint8Array(1024).fill(32))
      },
    })
    const init = { method: 'POST', body, duplex: 'half', headers: { origin: ORIGIN } }
    const request = new Request(`${ORIGIN}/api/auth/sign-in/email`, init as RequestInit)
    expect((await signIn.handle(request, '127.0.0.1')).status).toBe(413)
    expect(sent).toBeLessThan(65_536)
  })

  test.each(['', 'no json', '[]', 'null', '{"email":{"$ne":null},"password":{"$ne":null}}'])(
    'a body %j is refused as JSON',
    async (body) => {
      const response = await call(await open(), '/sign-in/email', { body })
      expect([400, 415]).toContain(response.status)
      expect(await response.json()).toEqual({
        code: expect.any(String),
        message: expect.any(String),
      })
    },
  )

  test.each([
    ['https://evil.example', 403],
    ['http://127.0.0.1:8080.evil.example', 403],
    ['http://127.0.0.1:8081', 403],
    ['http://evil.example/http://127.0.0.1:8080', 403],
    ['null', 403],
    [ORIGIN, 200],
    ['http://localhost:8080', 200],
    ['https://intranet.example', 200],
  ])('a page of %s signing in: %i', async (origin, status) => {
    const signIn = await open({ trustedOrigins: ['https://intranet.example'] })
    const cookie = cookieFrom(await signUp(signIn))
    const response = await signInWith(signIn, PASSWORD, { headers: { origin }, cookie })
    expect(response.status).toBe(status)
    const first = await signInWith(signIn, PASSWORD, { headers: { origin } })
    expect(first.status).toBe(status)
  })

  test('a page elsewhere cannot sign anybody out', async () => {
    const signIn = await open()
    const cookie = cookieFrom(await signUp(signIn))
    const headers = { origin: 'https://evil.example' }
    expect((await call(signIn, '/sign-out', { body: {}, cookie, headers })).status).toBe(403)
    expect(await who(signIn, cookie)).toBeDefined()
  })

  test('answers are never stored', async () => {
    const signIn = await open()
    const response = await signInWith(signIn, PASSWORD)
    expect(response.headers.get('cache-control')).toContain('no-store')
  })
})

describe('opening', () => {
  test('twice on one database changes nothing and keeps everybody', async () => {
    const dialect = openDialect()
    const tables = async () =>
      (
        await sql`select name, sql from sqlite_master order by name`.execute(
          new Kysely({ dialect }),
        )
      ).rows
    await signUp(await open({ dialect }))
    const before = await tables()
    const again = await open({ dialect })
    expect(await tables()).toEqual(before)
    expect((await signInWith(again, PASSWORD)).status).toBe(200)
  })

  test('all its tables carry its name', async () => {
    const dialect = openDialect()
    await open({ dialect })
    const found = await sql<{ name: string }>`
      select name from sqlite_master where type = 'table' and name not like 'sqlite_%'
    `.execute(new Kysely({ dialect }))
    expect(found.rows.map(({ name }) => name).sort()).toEqual([
      'auth_account',
      'auth_rate_limit',
      'auth_session',
      'auth_user',
      'auth_verification',
    ])
  })

  test('clears an account that a crash cut in half, so that its e-mail can be used', async () => {
    const dialect = openDialect()
    await signUp(await open({ dialect }))
    const db = new Kysely<Record<string, Record<string, string>>>({ dialect })
    await db.deleteFrom('auth_account').execute()
    await db.updateTable('auth_user').set({ createdAt: '2026-01-01T00:00:00.000Z' }).execute()
    expect((await signUp(await open({ dialect }))).status).toBe(200)
  })

  test.each([
    [{ secret: 'short' }, 'SAYSO_SECRET'],
    [{ oidc: { issuer: 'example', clientId: 'a', clientSecret: 'b' } }, 'SAYSO_OIDC_ISSUER'],
  ])('%j stops the start with a sentence', async (change, remedy) => {
    const error = await open(change).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(SignInMisconfigured)
    expect(error).toMatchObject({ remedy: expect.stringContaining(remedy) })
  })
})
