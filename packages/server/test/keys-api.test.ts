// Keys and tokens over our own API: who may, what is shown and what never is, what a token is worth, what is remembered.

import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type Caller, setUp, signUp } from './people.ts'
import { endAll, KEY, POLICY, type Serving, serve } from './serving.ts'

afterEach(endAll)

type Body = Record<string, unknown>
type Called = { readonly status: number; readonly body: Body }

async function call(
  server: Serving,
  method: string,
  path: string,
  body?: object,
  key = KEY,
): Promise<Called> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Body }
}

type Made = { readonly id: string; readonly key: string; readonly keyName: string }
async function make(server: Serving, terms: object): Promise<Made> {
  const { status, body } = await call(server, 'POST', '/keys', terms)
  expect([status, body]).toEqual([201, expect.anything()])
  return body as Made
}

const secretOf = ({ key }: Made) => key.slice(key.indexOf(':') + 1)

type Signing = {
  readonly apiKey: string
  readonly clientId?: string
  readonly permissions?: unknown
}

/** A token as an application's own server signs it with any JWT library. */
function signed({ apiKey, clientId, permissions }: Signing): string {
  const [kid, secret = ''] = apiKey.split(':')
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    iat,
    exp: iat + 600,
    'x-ably-clientId': clientId,
    'x-sayso-permissions': permissions,
  }
  const text = [{ alg: 'HS256', typ: 'JWT', kid }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

const ROUTES = [
  ['GET', '/keys', 'read'],
  ['POST', '/keys', 'change', { name: 'x' }],
  ['POST', '/keys/preview', 'read', { permissions: [] }],
  ['GET', '/keys/first', 'read'],
  ['PATCH', '/keys/first', 'change', { name: 'x' }],
  ['POST', '/keys/first/rotate', 'change', {}],
  ['DELETE', '/keys/first', 'change'],
  ['POST', '/tokens/inspect', 'read', { token: 'x' }],
] as const

describe('who may', () => {
  test('a key needs the scope, a person the action, and nobody else anything', async () => {
    const server = await serve()
    await setUp(server)
    const ada: Caller = await signUp(server, 'Ada')
    const decisions = await make(server, {
      name: 'decisions',
      scopes: ['decisions'],
      permissions: ['*'],
    })
    for (const [method, path, , body] of ROUTES) {
      expect([path, (await call(server, method, path, body, decisions.key)).status]).toEqual([
        path,
        403,
      ])
      expect([path, (await ada.call(method, `/api/v1${path}`, body)).status]).toEqual([path, 403])
      const nobody = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { origin: server.url },
      })
      expect([path, nobody.status]).toEqual([path, 401])
    }
    expect((await call(server, 'GET', '/keys')).body.items).toHaveLength(2)
  })

  test('a person who runs the place may; a foreign id is as a missing one', async () => {
    const server = await serve()
    const owner = await setUp(server)
    const made = await owner.call('POST', '/api/v1/keys', { name: 'hers', scopes: ['admin'] })
    expect(made.status).toBe(201)
    for (const id of ['nobody', 'session', '__proto__', '%00'])
      expect((await call(server, 'GET', `/keys/${id}`)).body).toMatchObject({
        code: 'key_unknown',
        status: 404,
      })
    expect((await call(server, 'DELETE', '/keys/session')).status).toBe(404)
  })
})

test('who may change keys gets no more by it: none of the scope `admin` is theirs to have', async () => {
  const text = readFileSync(POLICY, 'utf8')
    .replace(
      '    visitor:\n',
      '    keeper:\n      can:\n        tenant: [manage-keys, read-keys]\n    visitor:\n',
    )
    .replace(
      'types:\n',
      'types:\n  tenant:\n    actions: [manage-keys, read-keys]\n    roles: {}\n',
    )
  const server = await serve()
  await setUp(server)
  const ada: Caller = await signUp(server, 'Ada')
  expect((await call(server, 'PUT', '/policy', { text })).status).toBe(200)
  const changes = [{ assign: `tenant:harbour#keeper@user:${ada.id}` }]
  expect((await call(server, 'POST', '/changes', { changes })).status).toBe(200)
  const as = async (method: string, path: string, body?: object) =>
    (await ada.call(method, `/api/v1${path}`, body)).status
  expect(await as('GET', '/keys')).toBe(200)
  expect(await as('POST', '/keys', { name: 'mine', permissions: ['subscribe'] })).toBe(201)
  expect(await as('POST', '/keys', { name: 'ours', scopes: ['admin'] })).toBe(403)
  expect(await as('POST', '/keys/first/rotate', {})).toBe(403)
  const { id } = await make(server, { name: 'plain' })
  expect(await as('PATCH', `/keys/${id}`, { scopes: ['admin'] })).toBe(403)
  expect(await as('POST', `/keys/${id}/rotate`, {})).toBe(200)
  expect(await as('DELETE', `/keys/${id}`)).toBe(200)
})

describe('terms', () => {
  test('what is not said is the least', async () => {
    const server = await serve()
    const made = await make(server, { name: 'least' })
    expect(made).toMatchObject({
      capability: {},
      mayDelegate: 'own',
      scopes: [],
      match: 'union',
      revocableTokens: true,
      keyName: `harbour.${made.id}`,
      key: expect.stringMatching(/^harbour\.\w{12}:\w{43}$/),
    })
  })

  test.each([
    ['a list is for every channel', { permissions: ['publish'] }, { '*': ['publish'] }],
    [
      'patterns say where',
      { permissions: ['publish'], patterns: ['a', 'b:*'] },
      { a: ['publish'], 'b:*': ['publish'] },
    ],
    ['a map is taken as it is', { permissions: { a: ['metrics'] } }, { a: ['channel-metadata'] }],
    ['patterns without permissions are nothing', { patterns: ['a'] }, { a: [] }],
  ])('%s', async (_, terms, capability) => {
    const server = await serve()
    expect(await make(server, { name: 'x', ...terms })).toMatchObject({ capability })
  })

  test('bad ones are refused with what would help, and change nothing', async () => {
    const server = await serve()
    const made = await make(server, {
      name: 'taken',
      permissions: { a: ['publish'], b: ['subscribe'] },
    })
    const cases: readonly (readonly [object, number, string])[] = [
      [{ name: 'taken' }, 409, 'conflict'],
      [{ name: 'x', permissions: ['fly'] }, 400, 'invalid'],
      [{ name: 'x', permissions: { '': ['publish'] } }, 400, 'invalid'],
      [{ name: 'x', permissions: {}, patterns: ['a'] }, 400, 'invalid'],
      [{ name: 'x', mayDelegate: 'all' }, 400, 'body_invalid'],
      [{ name: 'x', scopes: ['root'] }, 400, 'body_invalid'],
      [{ name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 400, 'invalid'],
      [{ name: 'x', expiresAt: 'soon' }, 400, 'body_invalid'],
      [{ name: '' }, 400, 'body_invalid'],
      [{ name: 'x', secret: 'mine' }, 400, 'body_invalid'],
    ]
    for (const [terms, status, code] of cases)
      expect((await call(server, 'POST', '/keys', terms)).body).toMatchObject({ status, code })
    const edit = await call(server, 'PATCH', `/keys/${made.id}`, { patterns: ['c'] })
    expect(edit.body).toMatchObject({
      status: 400,
      code: 'invalid',
      remedy: expect.stringMatching(/\w/),
    })
    expect((await call(server, 'GET', '/keys')).body.items).toHaveLength(2)
  })

  test('an edit leaves alone what it does not name, and takes an end away again', async () => {
    const server = await serve()
    const expiresAt = '2099-01-01T00:00:00.000Z'
    const made = await make(server, {
      name: 'a',
      permissions: ['publish'],
      mayDelegate: 'everything',
      expiresAt,
    })
    const edited = await call(server, 'PATCH', `/keys/${made.id}`, { name: 'b' })
    expect(edited.body).toMatchObject({
      name: 'b',
      permissions: ['publish'],
      mayDelegate: 'everything',
      expiresAt,
    })
    const { body } = await call(server, 'PATCH', `/keys/${made.id}`, {
      expiresAt: null,
      mayDelegate: 'own',
    })
    expect([body.expiresAt, body.mayDelegate]).toEqual([undefined, 'own'])
  })

  test('what permissions would cover is shown before they are given', async () => {
    const server = await serve()
    const preview = (body: object) => call(server, 'POST', '/keys/preview', body)
    const { items } = (await preview({ permissions: { 'dock:*': ['subscribe'] } })).body
    expect(items).toContainEqual({
      channel: 'dock:north',
      operations: ['subscribe'],
      attached: 0,
    })
    const channels = ['user:1:messages', 'user:1', 'user:1:updates']
    expect(
      (await preview({ permissions: { 'user:*:messages': ['publish'] }, channels })).body,
    ).toEqual({
      items: [{ channel: 'user:1:messages', operations: ['publish'], attached: 0 }],
      covered: 1,
      looked: 3,
    })
  })

  test('pages follow one another', async () => {
    const server = await serve()
    for (let i = 0; i < 4; i += 1) await make(server, { name: `k${i}` })
    const names: unknown[] = []
    let path: string | undefined = '/keys?limit=2'
    while (path !== undefined) {
      const { body } = await call(server, 'GET', path)
      names.push(...(body.items as Body[]).map(({ name }) => name))
      path = body.next === undefined ? undefined : `/keys?limit=2&after=${String(body.next)}`
    }
    expect(names.sort()).toEqual(['Root', 'k0', 'k1', 'k2', 'k3'])
  })
})

describe('secrets', () => {
  test('are shown once, and stand nowhere: no answer, no audit line, no log, no file', async () => {
    const server = await serve({ SAYSO_LOG: 'debug' })
    const made = await make(server, { name: 'canary', permissions: ['*'], scopes: ['admin'] })
    const rotated = (await call(server, 'POST', `/keys/${made.id}/rotate`, { overlapSeconds: 60 }))
      .body as Made
    const secrets = [secretOf(made), secretOf(rotated)]
    const texts: string[] = []
    const read = async (method: string, path: string, body?: object, key?: string) =>
      texts.push(JSON.stringify((await call(server, method, path, body, key)).body))
    for (const path of ['/keys', `/keys/${made.id}`, '/policy', '/openapi.json'])
      await read('GET', path)
    await read('PATCH', `/keys/${made.id}`, { name: 'other' })
    for (const { key } of [made, rotated]) {
      const token = signed({ apiKey: key, clientId: 'ann' })
      await read('POST', '/tokens/inspect', { token })
      await read('POST', '/tokens/inspect', { token: `${token}x` })
      await read('POST', '/tokens/inspect', { token: key })
      await read('GET', '/keys', undefined, `${key}x`)
    }
    await fetch(`${server.url}/channels/a/messages?key=${made.key}x`).then(async (r) =>
      texts.push(await r.text()),
    )
    await call(server, 'DELETE', `/keys/${made.id}`)
    await server.stop()
    for (const secret of secrets) {
      expect(texts.filter((text) => text.includes(secret))).toEqual([])
      expect(server.log.filter((line) => line.includes(secret))).toEqual([])
      for (const file of readdirSync(server.folder, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue
        const bytes = readFileSync(join(file.parentPath, file.name))
        expect([file.name, bytes.includes(secret)]).toEqual([file.name, false])
      }
    }
  })

  test('the audit log says what was done, by whom, with nothing sealed in it', async () => {
    const server = await serve()
    const made = await make(server, { name: 'audited', permissions: ['publish'] })
    await call(server, 'PATCH', `/keys/${made.id}`, { permissions: ['subscribe'] })
    await call(server, 'POST', `/keys/${made.id}/rotate`, {})
    await call(server, 'DELETE', `/keys/${made.id}?reason=leaked`)
    await server.stop()
    const { openSqliteStore } = await import('@sayso/store/sqlite')
    const store = await openSqliteStore({ folder: server.folder })
    const lines = (await store.audit({ limit: 50 })).filter(
      ({ target }) => target === `key:${made.id}`,
    )
    await store.close()
    expect(lines.map(({ command, actor, reason }) => [command, actor, reason]).reverse()).toEqual([
      ['create-key', 'key:first', undefined],
      ['edit-key', 'key:first', undefined],
      ['rotate-key', 'key:first', undefined],
      ['revoke-key', 'key:first', 'leaked'],
    ])
    expect(JSON.stringify(lines)).not.toMatch(/sealed|v1\./i)
    expect(lines.at(-2)).toMatchObject({
      before: { capability: { '*': ['publish'] } },
      after: { capability: { '*': ['subscribe'] } },
    })
  })
})

describe('the inspection of a token', () => {
  const inspect = (server: Serving, token: string, channels?: readonly string[]) =>
    call(server, 'POST', '/tokens/inspect', { token, ...(channels && { channels }) })

  test('says whose it is, until when, and what it may do now', async () => {
    const server = await serve()
    const zero = await make(server, { name: 'zero', mayDelegate: { 'user:*': ['subscribe'] } })
    const token = signed({
      apiKey: zero.key,
      clientId: '123',
      permissions: { 'user:123': ['subscribe', 'publish'] },
    })
    expect((await inspect(server, token, ['user:123', 'user:456', 'dock:north'])).body).toEqual({
      valid: true,
      bearer: {
        clientId: '123',
        mayBeAnyone: false,
        key: { id: zero.id, keyName: zero.keyName, name: 'zero' },
        signedWith: 'present secret',
        issuedAt: expect.stringMatching(/^20.*Z$/),
        expiresAt: expect.stringMatching(/^20.*Z$/),
        says: { 'user:123': ['publish', 'subscribe'] },
        may: { 'user:123': ['subscribe'] },
        channels: [
          { channel: 'user:123', actions: ['subscribe'] },
          { channel: 'user:456', actions: [] },
          { channel: 'dock:north', actions: [], resource: 'dock:north' },
        ],
      },
    })
    await call(server, 'POST', `/keys/${zero.id}/rotate`, { overlapSeconds: 60 })
    expect((await inspect(server, token)).body).toMatchObject({
      bearer: { signedWith: 'previous secret' },
    })
    await call(server, 'PATCH', `/keys/${zero.id}`, { mayDelegate: 'own' })
    expect((await inspect(server, token, ['user:123'])).body).toMatchObject({
      bearer: { may: {}, channels: [{ actions: [] }] },
    })
  })

  test('says why one does not hold, and nothing else of one that nothing here signed', async () => {
    const server = await serve()
    const key = await make(server, { name: 'k', permissions: ['*'] })
    const sign = (apiKey: string, clientId = 'ann') => signed({ apiKey, clientId })
    const forged = sign(`${key.keyName}:wrong`)
    expect((await inspect(server, forged)).body).toEqual({
      valid: false,
      why: {
        code: 40144,
        name: 'jwt_invalid',
        message: expect.stringMatching(/signature/),
        remedy: expect.stringMatching(/\w/),
      },
    })
    expect((await inspect(server, sign('harbour.nobody:x'))).body).toMatchObject({
      valid: false,
      why: { code: 40101 },
    })
    expect((await inspect(server, 'nonsense')).body).toMatchObject({
      valid: false,
      why: { code: 40145 },
    })
    const good = sign(key.key)
    await fetch(`${server.url}/keys/${key.keyName}/revokeTokens`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(key.key).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ targets: ['clientId:ann'] }),
    })
    const later = await inspect(server, good)
    expect(later.body).toMatchObject({ valid: false, why: { code: 40141, name: 'token_revoked' } })
  })
})

describe('last use', () => {
  test('is told, outlives a restart, and looking at a token is none', async () => {
    const server = await serve()
    const key = await make(server, { name: 'k', permissions: ['*'] })
    const lastUse = async (at: Serving) =>
      (await call(at, 'GET', `/keys/${key.id}`)).body.lastUsedAt
    const token = signed({ apiKey: key.key })
    await call(server, 'POST', '/tokens/inspect', { token })
    expect(await lastUse(server)).toBeUndefined()
    await fetch(`${server.url}/channels/a/messages`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const used = await lastUse(server)
    expect(used).toMatch(/^20.*Z$/)
    expect(await lastUse(await server.again())).toBe(used)
  })

  test('says from how many addresses the key itself was used in the last hour, not its tokens', async () => {
    const server = await serve()
    const key = await make(server, { name: 'k', permissions: ['*'] })
    const places = async () => (await call(server, 'GET', `/keys/${key.id}`)).body.addressesLastHour
    const by = (authorization: string) =>
      fetch(`${server.url}/channels/a/messages`, { headers: { authorization } })
    await by(`Bearer ${signed({ apiKey: key.key })}`)
    expect(await places()).toBe(0)
    for (let n = 0; n < 2; n += 1) await by(`Basic ${Buffer.from(key.key).toString('base64')}`)
    expect(await places()).toBe(1)
  })
})

describe('joining a channel that is not there', () => {
  test('makes it if the policy lets, gives who made it the role of those let in, and tells nothing else', async () => {
    const server = await serve()
    await setUp(server)
    const ada: Caller = await signUp(server, 'Ada')
    const key = await make(server, { name: 'k', mayDelegate: 'everything' })
    const token = signed({
      apiKey: key.key,
      clientId: ada.id,
      permissions: ['*'],
    })
    const join = async (channel: string, bearer = token) => {
      const response = await fetch(`${server.url}/channels/${encodeURIComponent(channel)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}` },
      })
      return [response.status, response.headers.get('x-ably-errorcode')]
    }
    expect(await join('dock:new')).toEqual([401, '40160'])
    expect(await join('free')).toEqual([201, null])
    const text = readFileSync(POLICY, 'utf8')
      .replace('      - configure\n', '      - configure\n      - create\n')
      .replace('    rules:\n', '    rules:\n      - { id: makers, allow: create }\n')
    expect((await call(server, 'PUT', '/policy', { text })).status).toBe(200)
    expect(await join('dock:new')).toEqual([201, null])
    // It is there now: as forbidden as any that was there before, whoever may enter which.
    for (const channel of ['dock:new', 'dock:bridge'])
      expect(await join(channel)).toEqual([401, '40160'])
    const narrow = signed({
      apiKey: key.key,
      clientId: ada.id,
      permissions: { free: ['*'] },
    })
    expect(await join('dock:newer', narrow)).toEqual([401, '40160'])
    const { body } = await call(server, 'POST', '/tokens/inspect', {
      token,
      channels: ['dock:new', 'dock:newer'],
    })
    const [made, not] = (body.bearer as { channels: { actions: string[] }[] }).channels
    expect(made?.actions).toContain('publish')
    expect(not?.actions).toEqual([])
  })
})
