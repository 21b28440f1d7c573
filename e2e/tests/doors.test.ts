// The doors of the REST interface, pushed at: methods an address does not have, addresses that are none, what a browser
// is told of them, pages of what has many versions.

import * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openRaw } from '../lib/raw.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { at, closeClients, rest } from '../lib/stock.ts'
import { KEY_NAME } from '../lib/tokens.ts'

let server: Server
let rooms = 0

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeClients)
afterAll(() => server.remove())

function room(): string {
  rooms += 1
  return `door:${rooms}`
}

const headers = { authorization: `Basic ${btoa(KEY)}` }
const origin = 'https://shop.example'

async function ask(method: string, path: string, more: Record<string, string> = {}) {
  const response = await fetch(`${server.url}${path}`, { method, headers: { ...headers, ...more } })
  const text = await response.text()
  return { response, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
}

describe('methods', () => {
  const wrong: readonly (readonly [string, string, string])[] = [
    ['POST', '/time', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/channels/x/messages', 'POST, GET, HEAD, OPTIONS'],
    ['PUT', '/channels/x', 'GET, HEAD, POST, OPTIONS'],
    ['POST', '/channels/x/messages/y', 'GET, HEAD, PATCH, OPTIONS'],
    ['GET', '/messages', 'POST, OPTIONS'],
    ['GET', `/keys/${KEY_NAME}/revokeTokens`, 'POST, OPTIONS'],
    ['PATCH', '/chat/v4/rooms/r/messages/y', 'GET, HEAD, PUT, OPTIONS'],
  ]
  test.each(wrong)('%s %s is not allowed, and says what is', async (method, path, allow) => {
    const { response, body } = await ask(method, path)
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-ably-errorcode')).toBe('40500')
    expect(body).toMatchObject({ error: { code: 40500, statusCode: 405 } })
  })

  test('OPTIONS without an origin says what an address takes, HEAD has no body', async () => {
    const asked = await ask('OPTIONS', '/channels/x/messages')
    expect(asked.response.status).toBe(204)
    expect(asked.response.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS')
    const head = await ask('HEAD', '/channels/x/messages')
    expect([head.response.status, head.body]).toEqual([200, undefined])
    expect(head.response.headers.get('link')).toContain('rel="first"')
  })

  test('a token request by any other method is as if it were not there', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { response, body } = await ask(method, `/keys/${KEY_NAME}/requestToken`)
      expect(response.status).toBe(404)
      expect(body).toMatchObject({ error: { code: 40400, statusCode: 404 } })
    }
  })
})

describe('addresses', () => {
  test('whose percent-encoding cannot be read are refused, and stand for no channel', async () => {
    for (const path of ['/channels/%E0%A4%A/messages', '/channels/%zz', '/channels/a%/presence']) {
      const { response, body } = await ask('GET', path)
      expect([path, response.status]).toEqual([path, 400])
      expect(body).toMatchObject({ error: { code: 40000, statusCode: 400 } })
    }
  })

  test('that are nothing are told so to browsers as well', async () => {
    for (const path of ['/channels/x/nothing', '/keys/x/nothing', '/chat/v4/rooms/x/nothing']) {
      const { response, body } = await ask('GET', path, { origin })
      expect([path, response.status]).toEqual([path, 404])
      expect(body).toMatchObject({ error: { code: 40400 } })
      expect(response.headers.get('access-control-allow-origin')).toBe(origin)
      const asked = await ask('OPTIONS', path, { origin, 'access-control-request-method': 'POST' })
      expect(asked.response.status).toBe(204)
    }
    const refused = await ask('DELETE', '/channels/x/messages', { origin })
    expect(refused.response.headers.get('access-control-allow-origin')).toBe(origin)
  })

  test('of push say that there is none, to the stock client and to browsers', async () => {
    const { response, body } = await ask('POST', '/push/publish', { origin })
    expect(response.status).toBe(400)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(body).toMatchObject({ error: { code: 40000, message: expect.stringContaining('push') } })
    const client = rest(server.port)
    const failing = client.push.admin.deviceRegistrations.list({})
    await expect(failing).rejects.toMatchObject({ code: 40000, statusCode: 400 })
  })

  test('of our own pages and API are never opened to other origins', async () => {
    for (const path of ['/', '/chat/general', '/api/v1/session', '/api/realtime/token']) {
      const response = await fetch(`${server.url}${path}`, { headers: { origin } })
      expect([path, response.headers.get('access-control-allow-origin')]).toEqual([path, null])
    }
  })
})

describe.each([
  ['JSON', false],
  ['MessagePack', true],
])('versions in %s', (_, useBinaryProtocol) => {
  test('are read page by page, oldest first, each with what the message has gathered', async () => {
    const channel = new Ably.Rest(at(server.port, { key: KEY, useBinaryProtocol })).channels.get(
      room(),
    )
    const { serials } = await channel.publish('n', '0')
    const serial = String(serials[0])
    for (const data of ['1', '2', '3', '4'])
      await channel.updateMessage({ serial, data } as Ably.Message)
    await channel.annotations.publish(serial, { type: 'note:total.v1' })
    const found: unknown[] = []
    let page: Ably.PaginatedResult<Ably.Message> | null = await channel.getMessageVersions(serial, {
      limit: '2',
    })
    const sizes: number[] = []
    while (page !== null) {
      sizes.push(page.items.length)
      for (const { data, annotations } of page.items) found.push([data, annotations?.summary])
      page = page.hasNext() ? await page.next() : null
    }
    const summary = { 'note:total.v1': { total: 1 } }
    expect(sizes).toEqual([2, 2, 1])
    expect(found).toEqual(['0', '1', '2', '3', '4'].map((data) => [data, summary]))
  })
})

test('an edit in a room answers with the reactions the message has', async () => {
  const base = `${server.url}/chat/v4/rooms/${encodeURIComponent(room())}/messages`
  const say = async (method: string, path: string, body: object) => {
    const response = await fetch(base + path, {
      method,
      headers: { ...headers, 'x-ably-clientid': btoa('ann'), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as { serial: string; reactions: unknown }
  }
  const { serial, reactions } = await say('POST', '', { text: 'a' })
  expect(reactions).toEqual({})
  await say('POST', `/${serial}/reactions`, { type: 'distinct', name: '👍' })
  const distinct = { '👍': { total: 1, clientIds: ['ann'], clipped: false } }
  const edited = await say('PUT', `/${serial}`, { message: { text: 'b' } })
  expect(edited.reactions).toEqual({ distinct })
  const deleted = await say('POST', `/${serial}/delete`, {})
  expect(deleted.reactions).toEqual({ distinct })
})

test('a deletion in a room takes an empty body, and an empty key makes nothing a repeat', async () => {
  const base = `${server.url}/chat/v4/rooms/${encodeURIComponent(room())}/messages`
  const init = {
    method: 'POST',
    headers: { ...headers, 'x-ably-clientid': btoa('ann'), 'content-type': 'application/json' },
  }
  const send = async (text: string) => {
    const body = JSON.stringify({ text })
    const response = await fetch(`${base}?idempotencyKey=`, { ...init, body })
    return (await response.json()) as { serial: string; text: string }
  }
  const [first, second] = [await send('a'), await send('b')]
  expect([first.text, second.text]).toEqual(['a', 'b'])
  const deleted = await fetch(`${base}/${first.serial}/delete`, init)
  expect(deleted.status).toBe(200)
  expect(await deleted.json()).toMatchObject({ action: 'message.delete', text: '' })
})

test('an edit is not published by mistake', async () => {
  const channel = rest(server.port).channels.get(room())
  const { serials } = await channel.publish('n', 'a')
  const edit = { serial: String(serials[0]), data: 'b', action: 'message.update' } as Ably.Message
  await expect(channel.publish(edit)).rejects.toMatchObject({ code: 40030, statusCode: 400 })
  expect((await channel.history()).items.map(({ data }) => data)).toEqual(['a'])
})

test('a client of the first protocol version begins anew instead of missing what it cannot ask for', async () => {
  const first = await openRaw(server.port, { key: KEY, v: '1.2' })
  const resume = first.first.connectionDetails?.connectionKey ?? ''
  await first.cut()
  const old = await openRaw(server.port, { key: KEY, v: '1.2', resume })
  expect(old.first).toMatchObject({ action: 4, error: { code: 80018 } })
  expect(old.first.connectionId).not.toBe(first.first.connectionId)
  const present = await openRaw(server.port, { key: KEY, v: '99', resume })
  expect(present.first.connectionId).toBe(first.first.connectionId)
  expect(present.first.error).toBeUndefined()
  for (const socket of [old, present]) await socket.cut()
})
