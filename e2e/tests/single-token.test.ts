// One token and no other: taken back by its id, and bound to an address. Behind a proxy that says who comes.

import { generateKeyPairSync, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateTokenResponse } from '@sayso/client/server'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { admin } from '../lib/admin.ts'
import { editKey, makeKey } from '../lib/keys.ts'
import { owner, type Person } from '../lib/person.ts'
import { openRaw, type Raw, type RawFrame } from '../lib/raw.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { closeClients, rest } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'

const HOME = '203.0.113.7'
const AWAY = '198.51.100.9'
const ISSUER = 'https://identity.example'
const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' })

let server: Server
let folder: string
let grace: Person
const sockets: Raw[] = []
let names = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sayso-jwks-'))
  const keys = [{ ...theirs.publicKey.export({ format: 'jwk' }), kid: 'ec', alg: 'ES256' }]
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys }))
  server = await startServer({
    env: {
      SAYSO_TRUSTED_PROXIES: '127.0.0.1',
      SAYSO_JWKS: join(folder, 'keys.json'),
      SAYSO_JWKS_ISSUER: ISSUER,
      SAYSO_JWKS_AUDIENCE: 'chat',
      SAYSO_JWKS_KEY: 'root',
    },
  })
  grace = await owner(server)
})
afterEach(() => {
  closeClients()
  for (const { ws } of sockets.splice(0)) ws.terminate()
})
afterAll(async () => {
  await server.remove()
  await rm(folder, { recursive: true, force: true })
})

function fresh(what: string): string {
  names += 1
  return `${what}-${names}`
}

async function raw(
  params: Readonly<Record<string, string>>,
  from?: string,
): Promise<Raw & { readonly first: RawFrame }> {
  const headers = from === undefined ? {} : { 'x-forwarded-for': from }
  const socket = await openRaw(server.port, params, headers)
  sockets.push(socket)
  return socket
}

/** The status and code of an ordinary request over REST. */
async function asked(authorization: string, from: string, path = '/channels/any/messages') {
  const headers = { authorization, 'x-forwarded-for': from }
  const response = await fetch(`${server.url}${path}`, { headers })
  return [response.status, Number(response.headers.get('x-ably-errorcode'))]
}

const revoke = (body: object) => admin(server, 'POST', '/tokens/revoke', body)
const ended = (socket: Raw) => socket.frames.first(({ action }) => action === 6 || action === 9)
const code = ({ error }: RawFrame) => error?.code

function es256(claims: object): string {
  const nowSeconds = Math.floor(Date.now() / 1000)
  const text = [
    { alg: 'ES256', kid: 'ec', typ: 'JWT' },
    { iss: ISSUER, aud: 'chat', iat: nowSeconds - 5, exp: nowSeconds + 600, ...claims },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const mac = sign('sha256', Buffer.from(text), {
    key: theirs.privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return `${text}.${mac.toString('base64url')}`
}

describe('a token taken back by itself', () => {
  const kinds: Readonly<Record<string, () => Promise<string>>> = {
    'a JWT of one’s own': async () => jwt({ clientId: 'ann', claims: { jti: fresh('jwt') } }),
    'one that this server issued': async () =>
      (await rest(server.port).auth.requestToken({ clientId: 'ann' })).token,
    'one of the package for servers': async () =>
      generateTokenResponse({ apiKey: KEY, clientId: 'ann' }).token,
    'one of a session': () => grace.token(),
    'one of another issuer': async () => es256({ sub: 'ann', jti: fresh('es') }),
  }
  for (const [what, make] of Object.entries(kinds)) {
    test(`${what}: its connection ends before the call returns, others of the same person stay`, async () => {
      const [lost, kept] = [await make(), await make()]
      const cut = await raw({ access_token: lost })
      const stays = await raw({ access_token: kept })
      expect([cut.first.action, stays.first.action]).toEqual([4, 4])
      const answer = await revoke({ token: lost, reason: 'the phone was lost' })
      expect(answer).toMatchObject({
        status: 200,
        body: { id: expect.any(String), key: expect.any(String), expiresAt: expect.any(String) },
      })
      expect(code(await ended(cut))).toBe(40141)
      expect(code((await raw({ access_token: lost })).first)).toBe(40141)
      expect(await asked(`Bearer ${lost}`, HOME)).toEqual([401, 40141])
      const resumed = {
        access_token: lost,
        resume: cut.first.connectionDetails?.connectionKey ?? '',
      }
      expect(code((await raw(resumed)).first)).toBe(40141)
      stays.send({ action: 17, auth: { accessToken: lost } })
      expect(code(await ended(stays))).toBe(40141)
      expect((await raw({ access_token: kept })).first.action).toBe(4)
      expect((await revoke({ token: lost })).body.code).toBe('conflict')
    })
  }

  test('by its id, when nobody has it at hand; it stays out after a restart', async () => {
    const id = fresh('jti')
    const token = jwt({ clientId: 'ann', claims: { jti: id } })
    const socket = await raw({ access_token: token })
    const expiresAt = new Date(Date.now() + 7_200_000).toISOString()
    expect(await revoke({ key: 'root', id, expiresAt })).toMatchObject({ body: { id, expiresAt } })
    expect(code(await ended(socket))).toBe(40141)
    // What is known to hold longer is not shortened.
    const sooner = new Date(Date.now() + 3_600_000).toISOString()
    expect((await revoke({ key: 'root', id, expiresAt: sooner })).body.expiresAt).toBe(expiresAt)
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await server.kill(signal)
      server = await server.restart()
      expect(code((await raw({ access_token: token })).first)).toBe(40141)
    }
    const { body } = await admin(
      server,
      'GET',
      `/audit?target=${encodeURIComponent(`token:${id}`)}`,
    )
    expect(body.items).toMatchObject([{ command: 'revoke-token' }])
    expect(JSON.stringify(body)).not.toContain(token)
  })

  test('not without a name, a key or a proof', async () => {
    const refused = async (body: object) => {
      const { status, body: problem } = await revoke(body)
      return [status, problem.code]
    }
    expect(await refused({ token: jwt({ clientId: 'ann' }) })).toEqual([400, 'invalid'])
    expect(await refused({ token: jwt({ secret: 'of nobody', claims: { jti: 'x' } }) })).toEqual([
      400,
      'invalid',
    ])
    expect(await refused({ token: jwt({ seconds: -20, claims: { jti: 'x' } }) })).toEqual([
      409,
      'conflict',
    ])
    expect(await refused({ key: 'nobody', id: 'x' })).toEqual([404, 'key_unknown'])
    expect(await refused({ id: 'x' })).toEqual([400, 'body_invalid'])
    const firm = await makeKey(server, { name: 'firm', permissions: ['*'], revocableTokens: false })
    expect(await refused({ key: firm.id, id: 'x' })).toEqual([409, 'key_not_revocable'])
  })
})

describe('a token bound to an address', () => {
  const bound = (address: unknown) =>
    jwt({ clientId: 'ann', claims: { 'x-sayso-address': address } })

  test('connects, resumes, renews and asks from there and from nowhere else', async () => {
    const token = bound([`${HOME}/32`, '2001:db8::/32'])
    const here = await raw({ access_token: token }, HOME)
    expect(here.first.action).toBe(4)
    expect((await raw({ access_token: token }, '2001:db8::5')).first.action).toBe(4)
    expect(await asked(`Bearer ${token}`, HOME)).toEqual([200, 0])
    const resume = here.first.connectionDetails?.connectionKey ?? ''
    for (const from of [AWAY, `${HOME}, ${AWAY}`, '2001:db9::5', undefined, 'nonsense']) {
      expect((await raw({ access_token: token }, from)).first).toMatchObject({
        action: 9,
        error: { code: 40147, statusCode: 401 },
      })
      expect(code((await raw({ access_token: token, resume }, from)).first)).toBe(40147)
      expect(await asked(`Bearer ${token}`, from ?? '')).toEqual([401, 40147])
    }
    // What a client says of itself behind the proxy counts for nothing.
    expect((await raw({ access_token: token }, `${AWAY}, ${HOME}`)).first.action).toBe(4)
    const away = await raw({ access_token: jwt({ clientId: 'ann' }) }, AWAY)
    away.send({ action: 17, auth: { accessToken: token } })
    expect(code(await ended(away))).toBe(40147)
    const { body } = await admin(server, 'POST', '/tokens/inspect', { token })
    expect(body).toMatchObject({
      valid: true,
      bearer: { addresses: [`${HOME}/32`, '2001:db8::/32'] },
    })
  })

  test('is what the package for servers signs, and one that names no address is no token', async () => {
    const { token } = generateTokenResponse({ apiKey: KEY, clientId: 'ann', address: HOME })
    expect(await asked(`Bearer ${token}`, HOME)).toEqual([200, 0])
    expect(await asked(`Bearer ${token}`, AWAY)).toEqual([401, 40147])
    expect(await asked(`Bearer ${bound('anywhere')}`, HOME)).toEqual([401, 40144])
  })
})

describe('a key with addresses', () => {
  test('holds there on every door; its tokens hold anywhere; an edit ends what is connected elsewhere', async () => {
    const terms = { name: 'office', permissions: ['*'], scopes: ['admin'] }
    const office = await makeKey(server, { ...terms, allowedAddresses: [`${HOME}/32`] })
    const basic = `Basic ${btoa(office.key)}`
    const bearer = `Bearer ${office.key}`
    expect(await asked(basic, HOME)).toEqual([200, 0])
    expect(await asked(basic, AWAY)).toEqual([401, 40134])
    const doors: readonly (readonly [string, string, object?])[] = [
      ['GET', '/api/v1/keys'],
      ['POST', '/access/v1/evaluation', {}],
      ['POST', '/allowed', {}],
      ['GET', '/v2/api-key/scope'],
      ['POST', `/keys/${office.keyName}/requestToken`, { keyName: office.keyName }],
      ['POST', `/keys/${office.keyName}/revokeTokens`, { targets: ['clientId:x'] }],
    ]
    for (const [method, path, body] of doors) {
      const status = async (from: string) => {
        const authorization = path.startsWith('/keys/') ? basic : bearer
        const headers = {
          authorization,
          'x-forwarded-for': from,
          'content-type': 'application/json',
        }
        const sent = body === undefined ? {} : { body: JSON.stringify(body) }
        const response = await fetch(`${server.url}${path}`, { method, headers, ...sent })
        return { status: response.status, text: await response.text() }
      }
      const [here, away] = [await status(HOME), await status(AWAY)]
      expect([path, [401, 403].includes(here.status)]).toEqual([path, false])
      expect([path, [401, 403].includes(away.status)]).toEqual([path, true])
      expect(away.text).toContain('address')
    }
    const [keyName, secret] = office.key.split(':')
    const token = jwt({ keyName: keyName ?? '', secret: secret ?? '' })
    expect((await raw({ access_token: token }, AWAY)).first.action).toBe(4)
    const here = await raw({ key: office.key }, HOME)
    const byToken = await raw({ access_token: token }, HOME)
    expect([here.first.action, byToken.first.action]).toEqual([4, 4])
    await editKey(server, office, { allowedAddresses: [AWAY] })
    expect(await ended(here)).toMatchObject({ action: 9, error: { code: 40134 } })
    expect((await byToken.publish(0, 'any', { data: 'x' })).action).toBe(1)
    await editKey(server, office, { allowedAddresses: null })
    expect((await raw({ key: office.key }, HOME)).first.action).toBe(4)
    const wrong = await admin(server, 'PATCH', `/keys/${office.id}`, { allowedAddresses: ['here'] })
    expect([wrong.status, wrong.body.code]).toEqual([400, 'body_invalid'])
  })
})
