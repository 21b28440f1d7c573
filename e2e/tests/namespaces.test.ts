// Namespaces as the unmodified client meets them: channels that keep nothing, messages that do not change, and channels
// for people with an identity. And meta channels, the state of a channel, and who was here.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { openLink } from '../lib/link.ts'
import { ROOT, type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, codeOf, realtime, rest, until } from '../lib/stock.ts'
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
  server = await startServer({ env: { SAYSO_POLICY: file } })
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

async function listen(client: Ably.Realtime, name: string, options: Ably.ChannelOptions = {}) {
  const messages = heard<Ably.InboundMessage>()
  const channel = client.channels.get(name, options)
  await channel.subscribe((message) => messages.add(message))
  return { channel, messages }
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
    expect(dataOf(here.messages.all)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect((await here.channel.history()).items).toEqual([])
    away.close()
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
  const ann = realtime(
    server.port,
    asking(() => jwt({ clientId: 'ann' })),
  ).channels.get(name)
  await ann.attach()
  await ann.publish('n', 'a')
  await realtime(server.port).channels.get(name).attach()
})
