// The REST interface as the unmodified client uses it, and as one speaks to it by hand: many channels at once, which
// channels there are, pages, versions of the wire, errors.

import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { packed } from '../lib/msgpack.ts'
import { openRaw } from '../lib/raw.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { closeClients, codeOf, failure, realtime, rest, until } from '../lib/stock.ts'
import { jwt, KEY_NAME } from '../lib/tokens.ts'

let server: Server
let rooms = 0

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeClients)
afterAll(() => server.remove())

function room(): string {
  rooms += 1
  return `shelf:${rooms}`
}

const basic = { authorization: `Basic ${btoa(KEY)}` }

async function call(
  path: string,
  {
    headers = {},
    ...init
  }: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<{ response: Response; body: unknown }> {
  const response = await fetch(`${server.url}${path}`, {
    ...init,
    headers: { ...basic, 'content-type': 'application/json', ...headers },
  })
  return { response, body: await response.json() }
}

/** What the client answers; its types say a list. */
type BatchPresence = Ably.BatchResult<
  Ably.BatchPresenceSuccessResult | Ably.BatchPresenceFailureResult
>

type Page<T> = Ably.PaginatedResult<T>

/** Reads a list to its end, a page at a time. */
async function all<T>(first: Page<T>): Promise<T[]> {
  const items = [...first.items]
  let page: Page<T> | null = first
  while (page?.hasNext() === true) {
    page = await page.next()
    items.push(...(page?.items ?? []))
  }
  return items
}

describe.each([
  ['MessagePack', true],
  ['JSON', false],
])('in %s', (_format, useBinaryProtocol) => {
  const options = { useBinaryProtocol }

  test('a batch publishes to each channel by itself', async () => {
    const [open, closed] = [room(), room()]
    const token = jwt({ capability: { [open]: ['publish'], other: ['subscribe'] } })
    const specs = [
      { channels: [open, closed], messages: [{ data: 'a' }, { data: 'b' }] },
      { channels: open, messages: { data: 'c' } },
    ] as Ably.BatchPublishSpec[]
    const [first, second] = await rest(server.port, { ...options, token }).batchPublish(specs)
    expect(first).toMatchObject({ successCount: 1, failureCount: 1 })
    expect(first?.results[0]).toMatchObject({
      channel: open,
      messageId: expect.stringMatching(/:0$/),
    })
    expect(first?.results[1]).toMatchObject({
      channel: closed,
      error: { code: 40160, statusCode: 401 },
    })
    expect(second).toMatchObject({ successCount: 1, failureCount: 0 })
    const history = await rest(server.port).channels.get(open).history({ direction: 'forwards' })
    expect(history.items.map(({ data }) => data).sort()).toEqual(['a', 'b', 'c'])
    const one = await rest(server.port, options).batchPublish({
      channels: [open, ''],
      messages: [{ data: { deep: [1] } }],
    })
    expect(one.results[1]).toMatchObject({ channel: '', error: { code: 40010, statusCode: 400 } })
  })

  test('a batch asks who is present on each channel by itself', async () => {
    const [open, closed, empty] = [room(), room(), room()]
    await realtime(server.port, { clientId: 'ann' })
      .channels.get(open)
      .presence.enter({ at: 'sea' })
    const token = jwt({ capability: { [open]: ['subscribe'], [empty]: ['presence'] } })
    const asked = await rest(server.port, { ...options, token }).batchPresence([
      open,
      closed,
      empty,
    ])
    const result = asked as unknown as BatchPresence
    expect(result).toMatchObject({ successCount: 2, failureCount: 1 })
    expect(result.results[0]).toMatchObject({ channel: open, presence: [{ clientId: 'ann' }] })
    expect(result.results[1]).toMatchObject({ channel: closed, error: { code: 40160 } })
    expect(result.results[2]).toEqual({ channel: empty, presence: [] })
  })

  test('pages of history and presence lead from one to the next', async () => {
    const name = room()
    const channel = rest(server.port, options).channels.get(name)
    for (let index = 0; index < 7; index += 1) await channel.publish('n', `${index}`)
    const messages = await all(await channel.history({ limit: 2, direction: 'forwards' }))
    expect(messages.map(({ data }) => data)).toEqual([...'0123456'])
    const back = await all(await channel.history({ limit: 3 }))
    expect(back.map(({ data }) => data)).toEqual([...'6543210'])
    const here = realtime(server.port).channels.get(name)
    for (let index = 0; index < 5; index += 1) await here.presence.enterClient(`guest ${index}`)
    const members = await all(await channel.presence.get({ limit: 2 }))
    expect(members.map(({ clientId }) => clientId)).toEqual(
      [0, 1, 2, 3, 4].map((index) => `guest ${index}`),
    )
    const one = await channel.presence.get({ clientId: 'guest 3' })
    expect(one.items).toHaveLength(1)
  })

  test('the status of a channel counts who is there, by what they may do', async () => {
    const name = room()
    const channel = rest(server.port, options).channels.get(name)
    expect(await channel.status()).toMatchObject({
      channelId: name,
      status: { isActive: false, occupancy: { metrics: { connections: 0, subscribers: 0 } } },
    })
    await realtime(server.port, { clientId: 'ann' }).channels.get(name).presence.enter()
    const quiet = realtime(server.port).channels.get(name, { modes: ['SUBSCRIBE'] })
    await quiet.attach()
    const { status } = await channel.status()
    expect(status).toMatchObject({
      isActive: true,
      occupancy: {
        metrics: {
          connections: 2,
          publishers: 1,
          subscribers: 2,
          presenceConnections: 1,
          presenceMembers: 1,
          presenceSubscribers: 1,
        },
      },
    })
    const token = jwt({ capability: { [name]: ['subscribe'] } })
    expect(await codeOf(rest(server.port, { token }).channels.get(name).status())).toBe(40160)
  })

  test('the channels that live now are listed, by name or with their status', async () => {
    const prefix = `row${rooms}${useBinaryProtocol ? 'm' : 'j'}`
    const client = realtime(server.port)
    for (const letter of ['c', 'a', 'b']) await client.channels.get(`${prefix}:${letter}`).attach()
    const reader = rest(server.port, options)
    const listed = await reader.request('get', '/channels', 3, { prefix, limit: 2 })
    expect(listed.items).toEqual([`${prefix}:a`, `${prefix}:b`])
    const rest2 = await listed.next()
    expect(rest2?.items).toEqual([`${prefix}:c`])
    expect(rest2?.hasNext()).toBe(false)
    const detailed = await reader.request('get', '/channels', 3, { prefix, by: 'value' })
    expect(detailed.items[0]).toMatchObject({
      channelId: `${prefix}:a`,
      status: { isActive: true },
    })
    const token = jwt({ capability: { [`${prefix}:*`]: ['*'] } })
    const denied = await rest(server.port, { token }).request('get', '/channels', 3)
    expect([denied.statusCode, denied.errorCode]).toEqual([401, 40160])
  })

  test('whoever shows the key of a connection publishes as that connection', async () => {
    const name = room()
    const client = realtime(server.port, { clientId: 'ann' })
    await until(client, 'connected')
    const heardThere = heard<Ably.InboundMessage>()
    await client.channels.get(name).subscribe((message) => heardThere.add(message))
    const connectionKey = client.connection.key ?? ''
    const publish = (body: object) =>
      rest(server.port, options).request('post', `/channels/${name}/messages`, 4, {}, body)
    const done = await publish({ data: 'x', connectionKey })
    expect(done.statusCode).toBe(201)
    const [message] = await heardThere.count(1)
    expect(message).toMatchObject({ clientId: 'ann', connectionId: client.connection.id })
    const wrong = await publish({ data: 'x', connectionKey: `${connectionKey}0` })
    expect([wrong.statusCode, wrong.errorCode]).toEqual([400, 40006])
    const eve = rest(server.port, { token: jwt({ clientId: 'eve' }) })
    const other = await eve.request(
      'post',
      `/channels/${name}/messages`,
      4,
      {},
      {
        data: 'x',
        connectionKey,
      },
    )
    expect(other.errorCode).toBe(40012)
  })

  test('statistics are an empty list for who may ask for them', async () => {
    expect((await rest(server.port, options).stats()).items).toEqual([])
    const token = jwt({ capability: { '*': ['subscribe'] } })
    expect(await codeOf(rest(server.port, { token }).stats())).toBe(40160)
  })
})

describe('versions of the wire', () => {
  test('the shape of an answer goes by the version each request asks for', async () => {
    const name = room()
    const body = JSON.stringify({ channels: [name, '[broken'], messages: { data: 'x' } })
    const publish = async (version: string, text = body) =>
      (
        await call('/messages', {
          method: 'POST',
          body: text,
          headers: { 'x-ably-version': version },
        })
      ).body
    expect(await publish('2')).toMatchObject([
      { channel: name },
      { channel: '[broken', error: { code: 40010 } },
    ])
    expect(await publish('3')).toMatchObject({ successCount: 1, failureCount: 1 })
    expect(await publish('6', `[${body}]`)).toMatchObject([{ successCount: 1, failureCount: 1 }])
    const targets = JSON.stringify({ targets: ['clientId:nobody-at-all'] })
    const revoke = async (version: string) =>
      (
        await call(`/keys/${KEY_NAME}/revokeTokens`, {
          method: 'POST',
          body: targets,
          headers: { 'x-ably-version': version },
        })
      ).body
    expect(await revoke('2')).toMatchObject([{ target: 'clientId:nobody-at-all' }])
    expect(await revoke('3')).toMatchObject({ successCount: 1 })
    await realtime(server.port).channels.get(name).attach()
    const list = async (version: string) =>
      (await call(`/channels?prefix=${name}`, { headers: { 'x-ably-version': version } })).body
    expect(await list('2')).toMatchObject([{ channelId: name }])
    expect(await list('3')).toEqual([name])
  })
})

describe('requests by hand', () => {
  test('a key may stand in the address, and a token in either spelling', async () => {
    const path = `/channels/${room()}/messages`
    for (const query of [`key=${KEY}`, `access_token=${jwt()}`, `accessToken=${jwt()}`]) {
      const response = await fetch(`${server.url}${path}?${query}`)
      expect(response.status).toBe(200)
    }
  })

  test('a token is taken raw and in base64; a wrong scheme is nobody', async () => {
    const path = `/channels/${room()}/messages`
    const asked = async (authorization: string) =>
      (await fetch(`${server.url}${path}`, { headers: { authorization } })).status
    expect(await asked(`Bearer ${jwt()}`)).toBe(200)
    expect(await asked(`Bearer ${btoa(jwt())}`)).toBe(200)
    expect(await asked(`Digest ${jwt()}`)).toBe(401)
  })

  test('bodies are read in both encodings, answers written in the one asked for', async () => {
    const name = room()
    const bytes = packed({ name: 'n', data: Buffer.from([0, 255]) })
    const posted = await fetch(`${server.url}/channels/${name}/messages`, {
      method: 'POST',
      headers: { ...basic, 'content-type': 'application/x-msgpack', accept: 'application/json' },
      body: new Uint8Array(bytes),
    })
    expect(posted.status).toBe(201)
    expect(posted.headers.get('content-type')).toBe('application/json')
    expect(await posted.json()).toMatchObject({ channel: name, serials: { length: 1 } })
    const read = await fetch(`${server.url}/channels/${name}/messages`, {
      headers: { ...basic, accept: 'application/x-msgpack' },
    })
    // As MessagePack's own kind of bytes, and nothing else.
    const answer = Buffer.from(await read.arrayBuffer())
    expect(answer.includes(Buffer.from([0xc4, 2, 0, 255]))).toBe(true)
    const asJson = await call(`/channels/${name}/messages?format=json`, {
      headers: { accept: 'application/x-msgpack' },
    })
    expect(asJson.body).toMatchObject([{ data: 'AP8=', encoding: 'base64' }])
  })

  test('errors name themselves in body and headers, whatever went wrong', async () => {
    const expected = async (path: string, status: number, code: number, init = {}) => {
      const { response, body } = await call(path, init)
      expect([path, response.status, response.headers.get('x-ably-errorcode')]).toEqual([
        path,
        status,
        String(code),
      ])
      expect(response.headers.get('x-ably-errormessage')).toMatch(/\S/)
      expect(body).toMatchObject({ error: { code, statusCode: status } })
    }
    const post = (body: string) => ({ method: 'POST', body })
    await expected('/channels/%5Bbroken/messages', 400, 40010)
    await expected('/channels/x/messages', 400, 40001, post('{'))
    await expected('/channels/x/messages?_forceNack=true', 400, 40099, post('{"data":"x"}'))
    await expected('/channels/x/messages?limit=0', 400, 40003)
    await expected('/channels/x/messages?direction=sideways', 400, 40003)
    await expected('/channels/x/messages/nowhere', 404, 40400)
    await expected('/messages', 400, 40000, post('{"channels":[],"messages":{}}'))
    await expected('/presence', 400, 40003)
    await expected('/nothing', 404, 40400)
    await expected(`/keys/${KEY_NAME}/requestToken`, 404, 40400)
    await expected('/channels/x/messages', 401, 40101, { headers: { authorization: '' } })
    const foreign = jwt({ keyName: 'elsewhere.root' })
    await expected('/channels/x/messages', 404, 40400, {
      headers: { authorization: `Bearer ${foreign}` },
    })
  })

  test('a JWT of another app is told so on a socket as well', async () => {
    for (const keyName of ['elsewhere.root', 'elsewhere']) {
      const socket = await openRaw(server.port, { access_token: jwt({ keyName }) })
      socket.ws.terminate()
      expect(socket.first.error).toMatchObject({ code: 40400, statusCode: 404 })
    }
  })

  test('a name with every awkward character is one name on every path', async () => {
    const name = 'a b/c?d=e&f%20ü:💥#+~'
    const channel = rest(server.port).channels.get(name)
    const messages = heard<Ably.InboundMessage>()
    await realtime(server.port)
      .channels.get(name)
      .subscribe((message) => messages.add(message))
    await channel.publish('n', 'd')
    await messages.count(1)
    expect((await channel.history()).items).toHaveLength(1)
    expect(await failure(channel.getMessage('nowhere'))).toMatchObject({ code: 40400 })
  })
})
