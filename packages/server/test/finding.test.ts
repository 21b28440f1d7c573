// Finding, unread and mentions through the doors: only what may be read now, live on `[me]`, right after deletion and restart.

import * as Ably from 'ably'
import { afterEach, describe, expect, test } from 'vitest'
import { type Caller, callerOf, setUp, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const clients: Ably.Realtime[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await endAll()
})

const NORTH = 'dock:north'
const BRIDGE = 'dock:bridge'

function rest(server: Serving): Ably.Rest {
  return new Ably.Rest({ endpoint: '127.0.0.1', port: server.port, tls: false, key: KEY })
}

/** Says something as somebody; the serial. */
async function say(
  server: Serving,
  channel: string,
  clientId: string,
  data: string,
  extras?: object,
) {
  const message = { name: 'message', data, clientId, ...(extras === undefined ? {} : { extras }) }
  const { serials } = await rest(server).channels.get(channel).publish(message)
  return serials[0] ?? ''
}

async function read<T>(person: Caller, path: string): Promise<T> {
  const response = await person.call('GET', `/api/v1${path}`)
  expect(response.status).toBe(200)
  return (await response.json()) as T
}

type Found = {
  items: { serial: string; text: string; author?: { name: string }; key: string; title: string }[]
  next?: string
  channels: { key: string }[]
  people: { name: string }[]
}
type Unread = { items: { channel: string; count: number; mentions: number; first?: string }[] }

const find = (person: Caller, query: string) => read<Found>(person, `/search?${query}`)
const texts = ({ items }: Found) => items.map(({ text }) => text)
const unread = async (person: Caller, channel = NORTH) =>
  (await read<Unread>(person, '/me/unread')).items.find((each) => each.channel === channel)

const asKey = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
async function give(server: Serving, person: string, role: string, on: string, method = 'POST') {
  const body = JSON.stringify({ person, role, on })
  const response = await fetch(`${server.url}/api/v1/role_assignments`, {
    method,
    headers: asKey,
    body,
  })
  expect(response.status).toBe(200)
}

/** What `[me]` says, one by one. */
async function listening(server: Serving, person: Caller) {
  const client = new Ably.Realtime({
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    authUrl: `${server.url}/api/realtime/token`,
    authHeaders: { cookie: person.cookie },
    logLevel: 0,
  })
  clients.push(client)
  const said: Ably.InboundMessage[] = []
  let wake = () => {}
  await client.channels.get('[me]').subscribe((message) => {
    said.push(message)
    wake()
  })
  return async (name: string) => {
    for (;;) {
      const message = said.shift()
      if (message?.name === name) return message.data as { items: Record<string, unknown>[] }
      if (message === undefined) await new Promise<void>((resolve) => (wake = resolve))
    }
  }
}

describe('search', () => {
  test('finds what may be read, and nothing else, as rights are now', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    await say(server, NORTH, ada.id, 'the tide is high')
    await say(server, BRIDGE, 'captain', 'the tide is a secret')
    expect(texts(await find(ada, 'q=tid'))).toEqual(['the tide is high'])
    await give(server, ada.id, 'pilot', BRIDGE.replace('dock:', 'dock:'))
    expect(texts(await find(ada, 'q=tid'))).toEqual(['the tide is a secret', 'the tide is high'])
    expect(texts(await find(ada, 'q=tide&in=bridge'))).toEqual(['the tide is a secret'])
    expect(texts(await find(ada, `q=tide&from=${ada.id}`))).toEqual(['the tide is high'])
    await give(server, ada.id, 'pilot', BRIDGE, 'DELETE')
    const lost = await find(ada, 'q=tide')
    expect(texts(lost)).toEqual(['the tide is high'])
    expect(await find(ada, 'q=tide&in=bridge')).toMatchObject({ items: [] })
    expect(lost.items[0]).toMatchObject({
      key: 'north',
      title: 'North dock',
      author: { name: 'Ada' },
    })
  })

  test('follows edits and deletions, goes on by pages, and names channels and people', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    const serial = await say(server, NORTH, ada.id, 'an anchor')
    const channel = rest(server).channels.get(NORTH)
    await channel.updateMessage({ serial, name: 'message', data: 'a rope' })
    expect(texts(await find(ada, 'q=anchor'))).toEqual([])
    expect(texts(await find(ada, 'q=rope'))).toEqual(['a rope'])
    await channel.deleteMessage({ serial })
    expect(texts(await find(ada, 'q=rope'))).toEqual([])
    for (let at = 0; at < 5; at += 1) await say(server, NORTH, ada.id, `sail ${at}`)
    const first = await find(ada, 'q=sail&limit=3')
    expect(texts(first)).toEqual(['sail 4', 'sail 3', 'sail 2'])
    expect(texts(await find(ada, `q=sail&limit=3&after=${first.next}`))).toEqual([
      'sail 1',
      'sail 0',
    ])
    const named = await find(ada, 'q=nor')
    expect(named.channels.map(({ key }) => key)).toEqual(['north'])
    expect((await find(ada, 'q=ada')).people.map(({ name }) => name)).toEqual(['Ada'])
  })

  test('names people of another tenant to nobody, beside a channel neither', async () => {
    const server = await serve()
    const grace = await setUp(server)
    const bob = await signUp(server, 'Bob')
    const changed = await grace.call('POST', '/api/v1/changes', {
      changes: [
        { resource: 'tenant:island', attributes: {} },
        { resource: 'dock:far', attributes: {} },
        { relate: 'dock:far#tenant@tenant:island' },
        { person: 'user:kai', attributes: { name: 'Kai of the island' } },
        { assign: 'dock:far#sailor@user:kai' },
        { assign: `dock:far#sailor@user:${bob.id}` },
      ],
    })
    expect(changed.status).toBe(200)
    const listed = async (key: string) =>
      (await read<Found>(bob, `/channels/${key}/people`)).people.map(({ name }) => name)
    expect(await listed('north')).not.toContain('Kai of the island')
    expect(await listed('far')).toEqual(['Bob', 'Kai of the island'])
    expect((await find(bob, 'q=kai')).people).toEqual([])
    expect((await find(bob, 'q=grace')).people).toHaveLength(1)
  })

  test('refuses what it does not know, and those who are not signed in', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    for (const query of ['has=gold', 'before=soon', 'limit=0', 'after=x'])
      expect((await ada.call('GET', `/api/v1/search?q=a&${query}`)).status).toBe(400)
    expect((await fetch(`${server.url}/api/v1/search?q=a`)).status).toBe(401)
  })
})

describe('unread', () => {
  test('counts what others said since one came, until it is read, also after a restart', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    await say(server, NORTH, 'bob', 'before')
    expect(await unread(ada)).toMatchObject({ count: 0, mentions: 0 })
    const first = await say(server, NORTH, 'bob', 'one')
    const mine = { people: [ada.id] }
    const second = await say(server, NORTH, 'bob', 'two', { mentions: mine })
    const last = await say(server, NORTH, ada.id, 'my own')
    expect(await unread(ada)).toEqual({ channel: NORTH, count: 2, mentions: 1, first, last })
    const again = await server.again()
    const later = await callerOf(again, ada.cookie)
    expect(await unread(later)).toEqual({ channel: NORTH, count: 2, mentions: 1, first, last })
    await later.call('PUT', `/api/v1/me/state/read/${encodeURIComponent(NORTH)}`, { serial: first })
    expect(await unread(later)).toEqual({
      channel: NORTH,
      count: 1,
      mentions: 1,
      first: second,
      last,
    })
    await rest(again).channels.get(NORTH).deleteMessage({ serial: second })
    expect(await unread(later)).toEqual({ channel: NORTH, count: 0, mentions: 0, last })
  })

  test('is told live to who may read, and to nobody else', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    const hear = await listening(server, ada)
    await hear('snapshot')
    await say(server, BRIDGE, 'captain', 'not for all')
    const serial = await say(server, NORTH, 'bob', 'ahoy', { mentions: { everyone: true } })
    expect(await hear('news')).toEqual({
      items: [{ channel: NORTH, serial, count: 1, mentions: 1 }],
    })
    await rest(server).channels.get(NORTH).deleteMessage({ serial })
    expect(await hear('news')).toEqual({ items: [{ channel: NORTH, recount: true }] })
    await give(server, ada.id, 'pilot', BRIDGE)
    const next = await say(server, BRIDGE, 'captain', 'for pilots')
    expect(await hear('news')).toMatchObject({ items: [{ channel: BRIDGE, serial: next }] })
    await give(server, ada.id, 'pilot', BRIDGE, 'DELETE')
    await say(server, BRIDGE, 'captain', 'not for all again')
    const last = await say(server, NORTH, 'bob', 'bye')
    expect(await hear('news')).toMatchObject({ items: [{ channel: NORTH, serial: last }] })
    // What one has said oneself, for one's other devices.
    const own = await say(server, NORTH, ada.id, 'farewell')
    expect(await hear('news')).toEqual({
      items: [{ channel: NORTH, serial: own, count: 0, mentions: 0 }],
    })
  })
})

describe('what was said last', () => {
  const newest = (person: Caller, ...channels: string[]) =>
    read<Found>(person, `/me/newest?channels=${channels.map(encodeURIComponent).join(',')}`)

  test('is told of channels that may be read, as rights are now', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    expect((await newest(ada, NORTH)).items).toEqual([])
    await say(server, NORTH, 'bob', 'first')
    const serial = await say(server, NORTH, ada.id, `the **last** one ${'o'.repeat(300)}`)
    await say(server, BRIDGE, 'captain', 'a secret')
    const both = await newest(ada, NORTH, BRIDGE, 'nowhere', '')
    expect(both.items).toMatchObject([{ serial, key: 'north', author: { name: 'Ada' } }])
    expect(both.items[0]?.text).toHaveLength(200)
    await give(server, ada.id, 'pilot', BRIDGE)
    expect(texts(await newest(ada, BRIDGE))).toEqual(['a secret'])
    await give(server, ada.id, 'pilot', BRIDGE, 'DELETE')
    expect(texts(await newest(ada, BRIDGE))).toEqual([])
    const many = Array.from({ length: 51 }, (_, at) => `c${at}`).join(',')
    expect((await ada.call('GET', `/api/v1/me/newest?channels=${many}`)).status).toBe(400)
    expect((await fetch(`${server.url}/api/v1/me/newest?channels=${NORTH}`)).status).toBe(401)
  })

  test('goes by edits and deletions, and over what stands elsewhere', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    const root = await say(server, NORTH, 'bob', 'a question')
    const ref = { type: 'thread', timeserial: root }
    for (let at = 0; at < 60; at += 1) await say(server, NORTH, 'bob', `answer ${at}`, { ref })
    expect(texts(await newest(ada, NORTH))).toEqual(['a question'])
    const channel = rest(server).channels.get(NORTH)
    await channel.updateMessage({ serial: root, name: 'message', data: 'another question' })
    expect(texts(await newest(ada, NORTH))).toEqual(['another question'])
    const also = await say(server, NORTH, 'bob', 'told to all', { ref, also: true })
    expect(texts(await newest(ada, NORTH))).toEqual(['told to all'])
    await channel.deleteMessage({ serial: also })
    expect(texts(await newest(ada, NORTH))).toEqual(['another question'])
  })
})

describe('mentions', () => {
  test('lists those of the person, of their roles and of everybody, in what they may read', async () => {
    const server = await serve()
    const grace = await setUp(server)
    const ada = await signUp(server, 'Ada')
    await give(server, ada.id, 'pilot', BRIDGE)
    await say(server, NORTH, 'bob', 'to Ada', { mentions: { people: [ada.id] } })
    await say(server, NORTH, 'bob', 'to Grace', { mentions: { people: [grace.id] } })
    await say(server, BRIDGE, 'bob', 'to pilots', { mentions: { roles: ['pilot'] } })
    await say(server, NORTH, 'bob', 'to pilots elsewhere', { mentions: { roles: ['pilot'] } })
    await say(server, NORTH, 'bob', 'to all', { mentions: { everyone: true } })
    await say(server, NORTH, ada.id, 'to myself', { mentions: { people: [ada.id] } })
    expect(texts(await read<Found>(ada, '/me/mentions'))).toEqual(['to all', 'to pilots', 'to Ada'])
    await give(server, ada.id, 'pilot', BRIDGE, 'DELETE')
    expect(texts(await read<Found>(ada, '/me/mentions'))).toEqual(['to all', 'to Ada'])
    const [first] = (await read<Found>(ada, '/me/mentions?limit=1')).items
    expect(first?.text).toBe('to all')
  })
})
