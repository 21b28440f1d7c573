// Namespaces as the unmodified client meets them: channels that keep nothing, messages that do not change, and channels
// for people with an identity. And what is told of channels: who is here in numbers, who was here, meta channels.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openLink } from '../lib/link.ts'
import { ROOT, type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, codeOf, listen, realtime, rest, until } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'

let server: Server
let folder: string
let rooms = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sayso-policy-'))
  const usual = process.env.SAYSO_TEST_POLICY ?? join(ROOT, 'packages/server/default-policy.yaml')
  const file = join(folder, 'policy.yaml')
  const namespaces = [
    'namespaces:',
    '  log: { persisted: false }',
    '  stone: { mutable: false }',
    '  club: { identified: true }',
  ]
  await writeFile(file, `${await readFile(usual, 'utf8')}\n${namespaces.join('\n')}\n`)
  server = await startServer({ env: { SAYSO_POLICY: file, SAYSO_SANDBOX: '1' } })
})
afterEach(() => closeClients())
afterAll(async () => {
  await server.remove()
  await rm(folder, { recursive: true })
})

function named(namespace: string): string {
  rooms += 1
  return `${namespace}:${rooms}`
}

const dataOf = (messages: readonly Ably.InboundMessage[]) => messages.map(({ data }) => data)

describe.each([
  ['JSON', false],
  ['MessagePack', true],
])('a channel that keeps nothing, in %s', (_, useBinaryProtocol) => {
  test('delivers live, has no history, and gives what was missed to who comes back', async () => {
    const name = named('log')
    const link = await openLink(server.port)
    const away = realtime(link.port, { useBinaryProtocol })
    const here = await listen(realtime(server.port, { useBinaryProtocol }), name)
    const there = await listen(away, name)
    const { serials } = await here.channel.publish([{ data: 'a' }, { data: 'b' }])
    expect(serials).toHaveLength(2)
    await there.messages.count(2)
    link.shut()
    await until(away, 'disconnected')
    await here.channel.publish('n', 'c')
    await rest(server.port, { useBinaryProtocol }).channels.get(name).publish('n', 'd')
    // Something stored in between moves the order on.
    await rest(server.port, { useBinaryProtocol }).channels.get(named('other')).publish('n', 'x')
    await here.channel.publish('n', 'e')
    link.open()
    await there.messages.count(5)
    await here.channel.publish('n', 'f')
    await there.messages.count(6)
    expect(dataOf(there.messages.all)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(dataOf(await here.messages.count(6))).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect((await here.channel.history()).items).toEqual([])
    away.close()
    await link.close()
  })

  test('rewinds over what is still remembered, and goes on from there', async () => {
    const name = named('log')
    const { channel } = await listen(realtime(server.port, { useBinaryProtocol }), name)
    await channel.publish([{ data: 'a' }, { data: 'b' }])
    await rest(server.port).channels.get(named('other')).publish('n', 'stored in between')
    for (const data of ['c', 'd']) await channel.publish('n', data)
    const link = await openLink(server.port)
    const rewound = async (rewind: string, through = server.port) =>
      listen(realtime(through, { useBinaryProtocol }), name, { params: { rewind } })
    const three = await rewound('3', link.port)
    expect(dataOf(await three.messages.count(3))).toEqual(['b', 'c', 'd'])
    const all = await rewound('2m')
    expect(dataOf(await all.messages.count(4))).toEqual(['a', 'b', 'c', 'd'])
    link.cut()
    await channel.publish('n', 'e')
    expect(dataOf(await three.messages.count(4))).toEqual(['b', 'c', 'd', 'e'])
    expect(dataOf(await all.messages.count(5))).toEqual(['a', 'b', 'c', 'd', 'e'])
    await link.close()
  })

  test('a repeat with ids of one’s own is told once', async () => {
    const name = named('log')
    const { channel, messages } = await listen(realtime(server.port, { useBinaryProtocol }), name)
    const first = await channel.publish({ id: 'one', data: 'a' })
    const again = await channel.publish({ id: 'one', data: 'a' })
    expect(again).toEqual(first)
    await channel.publish('n', 'end')
    await messages.first(({ data }) => data === 'end')
    expect(dataOf(messages.all)).toEqual(['a', 'end'])
  })

  test('its messages cannot be changed or annotated', async () => {
    const name = named('log')
    const channel = realtime(server.port, { useBinaryProtocol, clientId: 'ann' }).channels.get(name)
    const { serials } = await channel.publish('n', 'a')
    const serial = String(serials[0])
    expect(await codeOf(channel.annotations.publish(serial, { type: 'a:flag.v1' }))).toBe(93002)
  })
})

test('messages that do not change are told and kept as they were', async () => {
  const channel = realtime(server.port, { clientId: 'ann' }).channels.get(named('stone'))
  const { serials } = await channel.publish('n', 'a')
  const serial = String(serials[0])
  expect(await codeOf(channel.updateMessage({ serial, data: 'b' } as Ably.Message))).toBe(93002)
  expect(await codeOf(channel.annotations.publish(serial, { type: 'a:flag.v1' }))).toBe(93002)
  expect(dataOf((await channel.history()).items)).toEqual(['a'])
})

test('where only identified people may be, a token without an identity stays outside', async () => {
  const name = named('club')
  const nobody = realtime(
    server.port,
    asking(() => jwt()),
  ).channels.get(name)
  expect(await codeOf(nobody.attach())).toBe(40161)
  expect(await codeOf(nobody.history())).toBe(40161)
  const over = rest(
    server.port,
    asking(() => jwt()),
  ).channels.get(name)
  expect(await codeOf(over.presence.get())).toBe(40161)
  const ann = realtime(
    server.port,
    asking(() => jwt({ clientId: 'ann' })),
  ).channels.get(name)
  await ann.attach()
  await ann.publish('n', 'a')
  await realtime(server.port).channels.get(name).attach()
})

describe.each([
  ['JSON', false],
  ['MessagePack', true],
])('what is told of channels, in %s', (_, useBinaryProtocol) => {
  test('occupancy: at once, with every change, to who may know it, as long as they may', async () => {
    const name = named('other')
    const options = { params: { occupancy: 'metrics' } }
    const watching = await listen(realtime(server.port, { useBinaryProtocol }), name, options)
    expect(watching.channel.params).toEqual(options.params)
    const metrics = (message: Ably.InboundMessage) => message.data.metrics
    const first = await watching.messages.first(() => true)
    expect([first.name, first.action]).toEqual(['[meta]occupancy', 'meta'])
    expect(metrics(first)).toEqual({
      connections: 1,
      presenceConnections: 1,
      presenceMembers: 0,
      presenceSubscribers: 1,
      publishers: 1,
      subscribers: 1,
      objectPublishers: 0,
      objectSubscribers: 0,
    })
    const without = { [name]: ['subscribe', 'publish'] }
    const blind = asking(() => jwt({ clientId: 'ann', capability: without }))
    const other = await listen(
      realtime(server.port, { useBinaryProtocol, ...blind }),
      name,
      options,
    )
    expect(other.channel.params ?? {}).toEqual({})
    await watching.messages.first((message) => metrics(message)?.connections === 2)
    await watching.channel.presence.enterClient('bob')
    await watching.messages.first((message) => metrics(message)?.presenceMembers === 1)
    await other.channel.detach()
    const last = await watching.messages.first(
      (message) => metrics(message)?.connections === 1 && metrics(message).presenceMembers === 1,
    )
    expect(metrics(last).publishers).toBe(1)
    await watching.channel.publish('n', 'end')
    await watching.messages.first(({ data }) => data === 'end')
    expect(other.messages.all).toEqual([])
  })

  test('occupancy: one number for who asks for one; of others there are none', async () => {
    const client = realtime(server.port, { useBinaryProtocol })
    const one = { params: { occupancy: 'metrics.subscribers' } }
    const { messages } = await listen(client, named('other'), one)
    expect((await messages.first(() => true)).data).toEqual({ metrics: { subscribers: 1 } })
    const none = client.channels.get(named('other'), { params: { occupancy: 'weather' } })
    expect(await codeOf(none.attach())).toBe(40003)
  })

  test('presence history: what happened, both ways, page by page', async () => {
    const name = named('other')
    const channel = realtime(server.port, { useBinaryProtocol }).channels.get(name)
    await channel.presence.enterClient('ann', { a: 1 })
    await channel.presence.updateClient('ann', 'b')
    await channel.presence.enterClient('bob')
    await channel.presence.leaveClient('ann')
    const told = (page: Ably.PaginatedResult<Ably.PresenceMessage> | null) =>
      page?.items.map(({ action, clientId, data }) => [action, clientId, data])
    const over = rest(server.port, { useBinaryProtocol }).channels.get(name)
    const page = await over.presence.history({ direction: 'forwards', limit: 3 })
    expect(told(page)).toEqual([
      ['enter', 'ann', { a: 1 }],
      ['update', 'ann', 'b'],
      ['enter', 'bob', undefined],
    ])
    const next = await page.next()
    expect(told(next)).toEqual([['leave', 'ann', 'b']])
    expect(next?.hasNext()).toBe(false)
    const [newest] = (await channel.presence.history()).items
    expect(newest?.action).toBe('leave')
    const blind = asking(() => jwt({ clientId: 'ann', capability: { [name]: ['subscribe'] } }))
    const theirs = rest(server.port, blind).channels.get(name)
    expect(await codeOf(theirs.presence.history())).toBe(40160)
  })

  test('presence history: two minutes in memory where a channel keeps nothing', async () => {
    const name = named('log')
    const channel = realtime(server.port, { useBinaryProtocol }).channels.get(name)
    await channel.presence.enterClient('ann', 'x')
    await channel.presence.leaveClient('ann')
    const { items } = await rest(server.port).channels.get(name).presence.history()
    expect(items.map(({ action, data }) => [action, data])).toEqual([
      ['leave', 'x'],
      ['enter', 'x'],
    ])
  })

  test('meta channels tell of connections and channels, by a capability of their own', async () => {
    const name = named('other')
    const made = await fetch(`${server.url}/apps`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ keys: [{}, { capability: { '[meta]*': ['*'] } }] }),
    })
    const { keys } = (await made.json()) as { keys: { keyStr: string }[] }
    const [key = '', metaKey = ''] = keys.map(({ keyStr }) => keyStr)
    const watcher = realtime(server.port, { useBinaryProtocol, key: metaKey })
    const connections = await listen(watcher, '[meta]connection.lifecycle')
    const channels = await listen(watcher, '[meta]channel.lifecycle')
    const withParams = await listen(watcher, '[meta?rewind=1]channel.lifecycle')
    const client = realtime(server.port, { key, clientId: 'ann' })
    await client.channels.get(name).attach()
    const { id } = client.connection
    await client.channels.get(name).detach()
    client.close()
    const about = (message: Ably.InboundMessage) => message.data.name === name
    await channels.messages.first((message) => about(message) && message.name === 'channel.closed')
    expect(channels.messages.all.filter(about).map((message) => message.name)).toEqual([
      'channel.opened',
      'channel.closed',
    ])
    await withParams.messages.first(
      (message) => about(message) && String(message.name).endsWith('closed'),
    )
    expect(withParams.channel.params).toEqual({ rewind: '1' })
    const gone = await connections.messages.first(
      (message) => message.name === 'connection.closed' && message.data.connectionId === id,
    )
    expect(gone.data.clientId).toBe('ann')
    expect(connections.channel.modes).toEqual(['subscribe', 'presence_subscribe'])
    expect(await codeOf(connections.channel.publish('n', 'x'))).toBe(40160)
    const plain = realtime(
      server.port,
      asking(() => jwt({ capability: { '*': ['*'] } })),
    )
    expect(await codeOf(plain.channels.get('[meta]channel.lifecycle').attach())).toBe(40160)
  })
})
