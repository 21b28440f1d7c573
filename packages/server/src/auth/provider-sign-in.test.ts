// Sign-in by providers: the whole code flow with PKCE against a real OpenID provider, run here, driven like a browser.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from '@photostructure/sqlite'
import { type Dialect, Kysely, SqliteDialect, type SqliteDialectConfig, sql } from 'kysely'
import Provider, { type ClientMetadata } from 'oidc-provider'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeInvitation } from './invitation.ts'
import { openSignIn, type SignIn, type SignInOptions } from './sign-in.ts'

const ORIGIN = 'http://127.0.0.1:8080'
const SECRET = 'a secret that is only for these tests'
const PASSWORD = 'four unrelated words here'

// The provider tells everybody that it is not for production.
beforeEach(() => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockReturnValue()
})

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
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

type Claims = Readonly<Record<string, unknown>>

async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void) {
  const server: Server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A provider whose people agree to everything; who they are is asked at each sign-in. */
async function runProvider(
  whoIsThere: () => Claims & { sub: string },
  client: Partial<ClientMetadata> = {},
  inIdToken = false,
) {
  const handlers: { answer?: (request: IncomingMessage, response: ServerResponse) => void } = {}
  const issuer = await listen((request, response) => handlers.answer?.(request, response))
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'sayso',
        client_secret: 'a client secret/with+odd:characters',
        redirect_uris: [`${ORIGIN}/api/auth/callback/oidc`],
        ...client,
      },
    ],
    pkce: { required: () => true },
    conformIdTokenClaims: !inIdToken,
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'picture', 'preferred_username'],
    },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...whoIsThere(), sub: id }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['only for these tests'] },
  })
  const agree = async (request: IncomingMessage, response: ServerResponse) => {
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, {
        login: { accountId: whoIsThere().sub },
      })
    const grant = new provider.Grant({
      accountId: session?.accountId ?? '',
      clientId: String(params.client_id),
    })
    grant.addOIDCScope(String(params.scope))
    return provider.interactionFinished(request, response, {
      consent: { grantId: await grant.save() },
    })
  }
  const serve = provider.callback()
  handlers.answer = (request, response) => {
    if (request.url?.startsWith('/interaction/')) void agree(request, response)
    else void serve(request, response)
  }
  return {
    issuer,
    clientId: 'sayso',
    clientSecret: 'a client secret/with+odd:characters',
    title: 'Example',
  }
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

/** Follows redirects with a jar of cookies per origin, our own origin answered by `handle`. */
class Browser {
  readonly #jar = new Map<string, Map<string, string>>()
  readonly #signIn: SignIn
  readonly visited: URL[] = []

  constructor(signIn: SignIn) {
    this.#signIn = signIn
  }

  cookies(origin = ORIGIN): string {
    return [...(this.#jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async request(url: URL, init: RequestInit = {}): Promise<Response> {
    this.visited.push(url)
    const headers = new Headers(init.headers)
    const cookie = this.cookies(url.origin)
    if (cookie) headers.set('cookie', cookie)
    const request = new Request(url, { ...init, headers, redirect: 'manual' })
    const response =
      url.origin === ORIGIN ? await this.#signIn.handle(request, '127.0.0.1') : await fetch(request)
    const jar = this.#jar.get(url.origin) ?? new Map<string, string>()
    this.#jar.set(url.origin, jar)
    for (const setCookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? []
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(setCookie)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    return this.request(new URL(`/api/auth${path}`, ORIGIN), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
      body: JSON.stringify(body),
    })
  }

  /** Follows from the provider's first page; answers the page of ours where it ends. */
  async follow(start: string, stopBefore = ''): Promise<URL> {
    let url = new URL(start)
    for (let hop = 0; hop < 12; hop++) {
      if (stopBefore && url.pathname.startsWith(stopBefore)) return url
      if (url.origin === ORIGIN && !url.pathname.startsWith('/api/auth')) return url
      const response = await this.request(url)
      const location = response.headers.get('location')
      if (location === null) throw new Error(`${url} ${response.status} ${await response.text()}`)
      url = new URL(location, url)
    }
    throw new Error('redirects without end')
  }

  async startAt(provider: string, headers: Record<string, string> = {}): Promise<string> {
    const body = { provider, callbackURL: '/chat', disableRedirect: true }
    const response = await this.post('/sign-in/social', body, headers)
    if (response.status !== 200) throw new Error(await response.text())
    return ((await response.json()) as { url: string }).url
  }

  async signInBy(provider: string, headers: Record<string, string> = {}): Promise<URL> {
    return this.follow(await this.startAt(provider, headers))
  }

  async person() {
    const found = await this.#signIn.session(new Headers({ cookie: this.cookies() }))
    if (found === undefined) return undefined
    const { sessionId: _id, ...person } = found
    return person
  }
}

const ADA = {
  sub: 'ada-at-provider',
  email: 'Ada@example.com',
  email_verified: true,
  name: 'Ada Lovelace',
  picture: 'https://pictures.example/ada.png',
}

describe('any OpenID provider', () => {
  test('signs in by the whole code flow, with PKCE, state and nonce', async () => {
    const signIn = await open({ oidc: await runProvider(() => ADA) })
    expect(signIn.providers).toEqual([{ id: 'oidc', title: 'Example' }])
    const browser = new Browser(signIn)
    const end = await browser.signInBy('oidc')
    expect(end.href).toBe(`${ORIGIN}/chat`)
    expect(await browser.person()).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      emailVerified: true,
      pictureUrl: 'https://pictures.example/ada.png',
    })
    const asked = browser.visited.find(({ pathname }) => pathname === '/auth')?.searchParams
    expect(Object.fromEntries(asked ?? [])).toEqual({
      client_id: 'sayso',
      response_type: 'code',
      redirect_uri: `${ORIGIN}/api/auth/callback/oidc`,
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{32}$/),
      nonce: expect.stringMatching(/^[\w-]{32}$/),
    })
  })

  test('knows the person again, whatever else changed at the provider', async () => {
    let claims: Claims & { sub: string } = ADA
    const signIn = await open({ oidc: await runProvider(() => claims) })
    const first = new Browser(signIn)
    await first.signInBy('oidc')
    claims = { ...ADA, email: 'new@example.com', name: 'Ada King' }
    const second = new Browser(signIn)
    await second.signInBy('oidc')
    expect((await second.person())?.id).toBe((await first.person())?.id)
    expect((await second.person())?.email).toBe('ada@example.com')
  })

  test.each(['client_secret_basic', 'client_secret_post'] as const)(
    'a client that must prove itself by %s',
    async (method) => {
      const oidc = await runProvider(() => ADA, { token_endpoint_auth_method: method })
      const browser = new Browser(await open({ oidc }))
      expect((await browser.signInBy('oidc')).href).toBe(`${ORIGIN}/chat`)
    },
  )

  test('claims in the id token or at userinfo are the same to us', async () => {
    const browser = new Browser(await open({ oidc: await runProvider(() => ADA, {}, true) }))
    await browser.signInBy('oidc')
    expect(await browser.person()).toMatchObject({ name: 'Ada Lovelace', emailVerified: true })
  })

  test.each([
    [{ email_verified: false }, false],
    [{ email_verified: undefined }, false],
    [{ email_verified: 'true' }, true],
    [{ email_verified: 'false' }, false],
    [{ email_verified: 1 }, false],
  ])('an e-mail with %j is verified: %s', async (change, emailVerified) => {
    const oidc = await runProvider(() => ({ ...ADA, ...change }))
    const browser = new Browser(await open({ oidc }))
    await browser.signInBy('oidc')
    expect((await browser.person())?.emailVerified ?? false).toBe(emailVerified)
  })

  test('somebody without a name goes by another', async () => {
    const oidc = await runProvider(() => ({ sub: 'x', email: 'grace@example.com' }))
    const browser = new Browser(await open({ oidc }))
    await browser.signInBy('oidc')
    expect(await browser.person()).toMatchObject({ name: 'grace' })
  })

  test('somebody without an e-mail comes back with the reason', async () => {
    const browser = new Browser(await open({ oidc: await runProvider(() => ({ sub: 'x' })) }))
    const end = await browser.signInBy('oidc')
    expect(end.href).toBe(`${ORIGIN}/login?error=email_not_found`)
    expect(await browser.person()).toBeUndefined()
  })

  test('the provider’s tokens are not kept', async () => {
    const dialect = openDialect()
    const signIn = await open({ dialect, oidc: await runProvider(() => ADA) })
    await new Browser(signIn).signInBy('oidc')
    await new Browser(signIn).signInBy('oidc')
    const { rows } = await sql`
      select accessToken, refreshToken, idToken, providerId, accountId from auth_account
    `.execute(new Kysely({ dialect }))
    expect(rows).toEqual([
      {
        accessToken: null,
        refreshToken: null,
        idToken: null,
        providerId: 'oidc',
        accountId: 'ada-at-provider',
      },
    ])
  })

  test('with a wrong secret nobody comes in', async () => {
    const oidc = await runProvider(() => ADA)
    const browser = new Browser(await open({ oidc: { ...oidc, clientSecret: 'wrong' } }))
    expect((await browser.signInBy('oidc')).href).toBe(`${ORIGIN}/login?error=invalid_code`)
    expect(await browser.person()).toBeUndefined()
  })
})

describe('the way back', () => {
  const BACK = '/api/auth/callback/oidc'

  test('works once', async () => {
    const browser = new Browser(await open({ oidc: await runProvider(() => ADA) }))
    const back = await browser.follow(await browser.startAt('oidc'), BACK)
    expect((await browser.follow(back.href)).href).toBe(`${ORIGIN}/chat`)
    expect((await browser.follow(back.href)).searchParams.get('error')).toBe('state_mismatch')
  })

  test('does not work in another browser: nobody is signed in as somebody else', async () => {
    const signIn = await open({ oidc: await runProvider(() => ADA) })
    const mallory = new Browser(signIn)
    const back = await mallory.follow(await mallory.startAt('oidc'), BACK)
    const victim = new Browser(signIn)
    expect((await victim.follow(back.href)).searchParams.get('error')).toBe('state_mismatch')
    expect(await victim.person()).toBeUndefined()
  })

  test.each([
    ['state', 'forged', 'state_mismatch'],
    ['code', 'forged', 'invalid_code'],
    ['iss', 'https://evil.example', 'issuer_mismatch'],
  ])('with another %s is refused', async (name, value, error) => {
    const browser = new Browser(await open({ oidc: await runProvider(() => ADA) }))
    const back = await browser.follow(await browser.startAt('oidc'), BACK)
    back.searchParams.set(name, value)
    expect((await browser.follow(back.href)).searchParams.get('error')).toBe(error)
    expect(await browser.person()).toBeUndefined()
  })

  test('leads to this server only', async () => {
    const browser = new Browser(await open({ oidc: await runProvider(() => ADA) }))
    for (const name of ['callbackURL', 'errorCallbackURL', 'newUserCallbackURL'])
      for (const url of ['https://evil.example', '//evil.example', '/\\evil.example']) {
        const body = { provider: 'oidc', callbackURL: '/chat', [name]: url }
        expect((await browser.post('/sign-in/social', body)).status, `${name} ${url}`).toBe(403)
      }
  })

  test('a client adds nothing to what the provider is asked', async () => {
    const browser = new Browser(await open({ oidc: await runProvider(() => ADA) }))
    const response = await browser.post('/sign-in/social', {
      provider: 'oidc',
      callbackURL: '/chat',
      scopes: ['admin'],
      additionalParams: { prompt: 'none' },
      loginHint: 'eve',
      idToken: { token: 'a.b.c' },
    })
    const { url } = (await response.json()) as { url: string }
    expect(new URL(url).searchParams.get('scope')).toBe('openid profile email')
    expect(new URL(url).searchParams.has('prompt')).toBe(false)
    expect(new URL(url).searchParams.has('login_hint')).toBe(false)
  })
})

describe('an e-mail a provider asserts opens no account that exists', () => {
  const body = { name: 'Ada', email: 'ada@example.com', password: PASSWORD }

  test('made here by password', async () => {
    const signIn = await open({ oidc: await runProvider(() => ADA) })
    const owner = new Browser(signIn)
    await owner.post('/sign-up/email', body)
    const other = new Browser(signIn)
    const end = await other.signInBy('oidc')
    expect(end.href).toBe(`${ORIGIN}/login?error=account_not_linked`)
    expect(await other.person()).toBeUndefined()
    expect(await owner.person()).toMatchObject({ name: 'Ada', emailVerified: false })
  })

  test('and a password chosen before does not open one a provider made', async () => {
    const signIn = await open({ oidc: await runProvider(() => ADA) })
    const ada = new Browser(signIn)
    await ada.signInBy('oidc')
    const other = new Browser(signIn)
    expect((await other.post('/sign-up/email', body)).status).toBe(422)
    expect((await other.post('/sign-in/email', body)).status).toBe(401)
  })

  test('until somebody signed in links it, with the same e-mail', async () => {
    let claims: Claims & { sub: string } = { ...ADA, sub: 'eve', email: 'eve@example.com' }
    const signIn = await open({ oidc: await runProvider(() => claims) })
    const ada = new Browser(signIn)
    await ada.post('/sign-up/email', body)
    const link = async () => {
      const ask = { provider: 'oidc', callbackURL: '/chat', disableRedirect: true }
      const response = await ada.post('/link-social', ask)
      return ada.follow(((await response.json()) as { url: string }).url)
    }
    expect((await link()).searchParams.get('error')).toBe('email_does_not_match')
    claims = { ...ADA, email_verified: false }
    expect((await link()).searchParams.get('error')).toBe('unable_to_link_account')
    claims = ADA
    // The provider still remembers who signed in before; a new browser there is a new person.
    const fresh = new Browser(signIn)
    await fresh.post('/sign-in/email', body)
    const response = await fresh.post('/link-social', {
      provider: 'oidc',
      callbackURL: '/chat',
      disableRedirect: true,
    })
    const { url } = (await response.json()) as { url: string }
    expect((await fresh.follow(url)).href).toBe(`${ORIGIN}/chat`)
    const byProvider = new Browser(signIn)
    await byProvider.signInBy('oidc')
    expect((await byProvider.person())?.id).toBe((await fresh.person())?.id)
  })
})

describe('the gate holds for providers as well', () => {
  const end = async (options: Partial<SignInOptions>, headers: Record<string, string> = {}) => {
    const browser = new Browser(await open({ oidc: await runProvider(() => ADA), ...options }))
    const url = await browser.signInBy('oidc', headers)
    return { error: url.searchParams.get('error'), person: await browser.person() }
  }

  test('closed', async () => {
    const invitation = makeInvitation(SECRET, Date.now())
    const { error, person } = await end({ signUp: 'closed' }, { 'x-sayso-invitation': invitation })
    expect(error).toBe('SIGN_UP_CLOSED')
    expect(person).toBeUndefined()
  })

  test('closed, for somebody known', async () => {
    const dialect = openDialect()
    const oidc = await runProvider(() => ADA)
    await new Browser(await open({ dialect, oidc })).signInBy('oidc')
    expect(await end({ dialect, oidc, signUp: 'closed' })).toMatchObject({
      error: null,
      person: { name: 'Ada Lovelace' },
    })
  })

  test('invite, without an invitation', async () => {
    expect(await end({ signUp: 'invite' })).toEqual({
      error: 'INVITATION_NEEDED',
      person: undefined,
    })
  })

  test('invite, with one: it travels with the sign-in', async () => {
    const invitation = makeInvitation(SECRET, Date.now())
    const { error, person } = await end({ signUp: 'invite' }, { 'x-sayso-invitation': invitation })
    expect(error).toBeNull()
    expect(person).toMatchObject({ name: 'Ada Lovelace' })
  })

  test('invite, with one of another installation', async () => {
    const invitation = makeInvitation('another secret', Date.now())
    const { error } = await end({ signUp: 'invite' }, { 'x-sayso-invitation': invitation })
    expect(error).toBe('INVITATION_INVALID')
  })
})

describe('a provider that does not answer', () => {
  test('does not stop the start, is said, and is asked again', async () => {
    const document: { body?: object } = {}
    const issuer = await listen((_, response) => {
      response.statusCode = document.body ? 200 : 500
      response.end(JSON.stringify(document.body))
    })
    let nowMs = 0
    const heard: string[] = []
    const signIn = await open({
      oidc: { issuer, clientId: 'a', clientSecret: 'b' },
      now: () => nowMs,
      log: (level, message) => heard.push(`${level} ${message}`),
    })
    const browser = new Browser(signIn)
    expect(heard.join()).toContain('answered 500')
    const start = () => browser.post('/sign-in/social', { provider: 'oidc', callbackURL: '/chat' })
    expect((await start()).status).toBe(503)
    expect(await (await start()).json()).toMatchObject({ code: 'PROVIDER_UNREACHABLE' })
    const back = await browser.follow(`${ORIGIN}/api/auth/callback/oidc?code=a&state=b`)
    expect(back.href).toBe(`${ORIGIN}/login?error=PROVIDER_UNREACHABLE`)

    document.body = {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
    }
    expect((await start()).status, 'not asked all the time').toBe(503)
    nowMs += 5_000
    expect((await start()).status).toBe(200)
    expect((await start()).status).toBe(200)
  })

  test('or speaks for another issuer is not used', async () => {
    const oidc = await runProvider(() => ADA)
    const impostor = await listen(async (_, response) => {
      const url = `${oidc.issuer}/.well-known/openid-configuration`
      response.setHeader('content-type', 'application/json')
      response.end(await (await fetch(url)).text())
    })
    const heard: string[] = []
    const signIn = await open({
      oidc: { ...oidc, issuer: impostor },
      log: (_, message) => heard.push(message),
    })
    const start = new Browser(signIn).post('/sign-in/social', { provider: 'oidc' })
    expect((await start).status).toBe(503)
    expect(heard.join()).toContain(`speaks for \`${oidc.issuer}\``)
  })
})

describe('Google', () => {
  test('is asked with our client, PKCE and the way back', async () => {
    const google = { clientId: 'our-client.apps.googleusercontent.com', clientSecret: 'secret' }
    const signIn = await open({ google })
    expect(signIn.providers).toEqual([{ id: 'google', title: 'Google' }])
    const url = new URL(await new Browser(signIn).startAt('google'))
    expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'our-client.apps.googleusercontent.com',
      response_type: 'code',
      scope: 'email profile openid',
      redirect_uri: `${ORIGIN}/api/auth/callback/google`,
      code_challenge_method: 'S256',
      prompt: 'select_account',
    })
    expect(url.searchParams.get('state')).toMatch(/^[\w-]{32}$/)
  })

  test('is not there unless it is set up', async () => {
    const signIn = await open()
    expect(signIn.providers).toEqual([])
    const response = await new Browser(signIn).post('/sign-in/social', { provider: 'google' })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'PROVIDER_NOT_FOUND' })
  })
})
