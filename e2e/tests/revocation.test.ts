// Tokens that are taken back before their end: who holds one is cut off at once, and stays out after a restart.

import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { openRaw, type Params, type Raw, type RawFrame } from '../lib/raw.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, failure, realtime, rest, until } from '../lib/stock.ts'
import { jwt, KEY_NAME } from '../lib/tokens.ts'

let server: Server
const sockets: Raw[] = []
let names = 0

beforeAll(async () => {
  server = await startServer()
})
afterEach(() => {
  closeClients()
  for (const { ws } of sockets.splice(0)) ws.terminate()
})
afterAll(() => server.remove())

function fresh(what: string): string {
  names += 1
  return `${what}-${names}`
}

async function raw(params: Params): Promise<Raw & { readonly first: RawFrame }> {
  const socket = await openRaw(server.port, params)
  sockets.push(socket)
  return socket
}

const auth = () => rest(server.port).auth
/** A native token: its instant of issue is exact. */
const token = async (params: Ably.TokenParams) => (await auth().requestToken(params)).token
const codeIn = ({ error }: RawFrame) => error?.code

describe('revoking by clientId', () => {
  test('cuts the connection with 40141; a client that can renew is back at once', async () => {
    const clientId = fresh('ann')
    const { asked, authCallback } = asking(() => token({ clientId }))
    const client = realtime(server.port, { authCallback })
    await until(client, 'connected')
    const { id } = client.connection
    const ended = new Promise<Ably.ConnectionStateChange>((resolve) =>
      client.connection.once('disconnected', resolve),
    )
    const other = await raw({ access_token: await token({ clientId: fresh('bob') }) })
    const result = await auth().revokeTokens([{ type: 'clientId', value: clientId }])
    expect(result).toMatchObject({ successCount: 1, failureCount: 0 })
    expect(result.results[0]).toMatchObject({ target: `clientId:${clientId}` })
    expect((await ended).reason).toMatchObject({ code: 40141, statusCode: 401 })
    await until(client, 'connected')
    expect([client.connection.id, asked()]).toEqual([id, 2])
    expect((await other.publish(0, 'any', { data: 'x' })).action).toBe(1)
  })

  test('the token is dead on every path, also after a restart', async () => {
    const clientId = fresh('ann')
    const dead = await token({ clientId })
    const native = await raw({ access_token: dead })
    const signed = jwt({ clientId })
    await auth().revokeTokens([{ type: 'clientId', value: clientId }])
    expect(codeIn(await native.frames.first(({ action }) => action === 6))).toBe(40141)
    await native.events.first((event) => event === 'close')
    const refused = async () => {
      for (const access_token of [dead, signed]) {
        const { first } = await raw({ access_token })
        expect(first).toMatchObject({ action: 9, error: { code: 40141, statusCode: 401 } })
        const response = await fetch(`${server.url}/channels/any/messages`, {
          headers: { authorization: `Bearer ${access_token}` },
        })
        expect([response.status, response.headers.get('x-ably-errorcode')]).toEqual([401, '40141'])
      }
    }
    await refused()
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await server.kill(signal)
      server = await server.restart()
      await refused()
    }
    const later = await raw({ access_token: await token({ clientId }) })
    expect(later.first.action).toBe(4)
  })

  test('a renewal in band with a revoked token is refused', async () => {
    const clientId = fresh('ann')
    const dead = await token({ clientId })
    await auth().revokeTokens([{ type: 'clientId', value: clientId }])
    const socket = await raw({ access_token: await token({ clientId }) })
    socket.send({ action: 17, auth: { accessToken: dead } })
    expect(codeIn(await socket.frames.first(({ action }) => action === 9))).toBe(40141)
  })
})

describe('revoking by other marks', () => {
  test('by revocation key', async () => {
    const revocationKey = fresh('group')
    const mine = await raw({ access_token: jwt({ clientId: fresh('ann'), revocationKey }) })
    const others = await raw({ access_token: jwt({ clientId: fresh('bob') }) })
    await auth().revokeTokens([{ type: 'revocationKey', value: revocationKey }])
    expect(codeIn(await mine.frames.first(({ action }) => action === 6))).toBe(40141)
    expect((await others.publish(0, 'any', { data: 'x' })).action).toBe(1)
  })

  test('by a channel as the capability spells it', async () => {
    const name = fresh('pier:x')
    const named = await raw({ access_token: jwt({ capability: { [name]: ['*'] } }) })
    const wider = await raw({ access_token: jwt({ capability: { '*': ['*'] } }) })
    await auth().revokeTokens([{ type: 'channel', value: name }])
    expect(codeIn(await named.frames.first(({ action }) => action === 6))).toBe(40141)
    expect((await wider.publish(0, name, { data: 'x' })).action).toBe(1)
  })

  test('only what was issued before the instant', async () => {
    const clientId = fresh('ann')
    const kept = await raw({ access_token: await token({ clientId }) })
    const issuedBefore = (await rest(server.port).time()) - 60_000
    const result = await auth().revokeTokens([{ type: 'clientId', value: clientId }], {
      issuedBefore,
    })
    expect(result.results[0]).toMatchObject({ issuedBefore })
    expect((await kept.publish(0, 'any', { data: 'x' })).action).toBe(1)
  })
})

describe('with time to renew', () => {
  test('the client is asked for another token, and nothing is interrupted', async () => {
    const clientId = fresh('ann')
    const { asked, authCallback } = asking(() => token({ clientId }))
    const client = realtime(server.port, { authCallback })
    const states = heard<Ably.ConnectionState>()
    client.connection.on(({ current }) => states.add(current))
    await until(client, 'connected')
    const before = await rest(server.port).time()
    const updated = new Promise<void>((resolve) =>
      client.connection.once('update', () => resolve()),
    )
    const result = await auth().revokeTokens([{ type: 'clientId', value: clientId }], {
      allowReauthMargin: true,
    })
    await updated
    expect(asked()).toBe(2)
    expect(states.all).not.toContain('disconnected')
    const [first] = result.results
    expect(first && 'appliesAt' in first && first.appliesAt).toBeGreaterThan(before + 30_000)
  })

  test('who asks for less at once loses it at once', async () => {
    const clientId = fresh('ann')
    const access_token = await token({ clientId })
    const socket = await raw({ access_token })
    const targets = [{ type: 'clientId', value: clientId }]
    await auth().revokeTokens(targets, { allowReauthMargin: true })
    expect((await socket.frames.first(({ action }) => action === 17)).action).toBe(17)
    expect((await raw({ access_token })).first.action).toBe(4)
    await auth().revokeTokens(targets)
    expect(codeIn(await socket.frames.first(({ action }) => action === 6))).toBe(40141)
    await auth().revokeTokens(targets, { allowReauthMargin: true })
    expect(codeIn((await raw({ access_token })).first)).toBe(40141)
  })
})

describe('what is refused', () => {
  test('a token cannot revoke, nor another key, nor can nonsense be revoked', async () => {
    const targets = [{ type: 'clientId', value: 'x' }]
    const byToken = rest(server.port, { token: jwt() }).auth.revokeTokens(targets)
    expect(await failure(byToken)).toMatchObject({ code: 40162, statusCode: 401 })
    const post = async (keyName: string, body: object, headers: Record<string, string> = {}) => {
      const response = await fetch(`${server.url}/keys/${keyName}/revokeTokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
      const { error } = (await response.json()) as { error?: Ably.ErrorInfo }
      return [response.status, error?.code]
    }
    const key = { authorization: `Basic ${btoa(KEY)}` }
    expect(await post(KEY_NAME, { targets: ['clientId:x'] })).toEqual([401, 40101])
    expect(await post('e2eapp.other', { targets: ['clientId:x'] }, key)).toEqual([401, 40133])
    expect(await post(KEY_NAME, { targets: [] }, key)).toEqual([400, 40003])
    const future = Date.now() + 60_000
    expect((await post(KEY_NAME, { targets: ['clientId:x'], issuedBefore: future }, key))[0]).toBe(
      400,
    )
    const ancient = Date.now() - 7_200_000
    expect((await post(KEY_NAME, { targets: ['clientId:x'], issuedBefore: ancient }, key))[0]).toBe(
      400,
    )
    const mixed = await auth().revokeTokens([...targets, { type: 'shoeSize', value: '43' }])
    expect(mixed).toMatchObject({ successCount: 1, failureCount: 1 })
    expect(mixed.results[1]).toMatchObject({ target: 'shoeSize:43', error: { statusCode: 400 } })
  })
})
