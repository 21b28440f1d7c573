// The clients as they were published, this version and the one before: unpatched, and served alike.

import * as Ably from 'ably'
import * as Previous from 'ably-previous'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { type Link, openLink } from '../lib/link.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { asking, at, codeOf } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'
import { type Installed, installed } from '../lib/unpatched.ts'

let server: Server
const links: Link[] = []
const open: { close(): void }[] = []
let rooms = 0

beforeAll(async () => {
  server = await startServer()
})
afterEach(async () => {
  for (const client of open.splice(0)) client.close()
  for (const link of links.splice(0)) await link.close()
})
afterAll(() => server.remove())

/** Noted from the archives of the registry, whose hashes the lock holds. */
const PUBLISHED: Readonly<Record<string, Installed>> = {
  ably: {
    version: '2.28.0',
    integrity:
      'sha512-VHWAWaPRt+ysEQryI9Y0xN/fr0db4rvvUvk6akC9dAu06Ytax3/Vc8te2Z4IOwe+2AK41JpLxEbamEQVlqraIw==',
    files: 'f71818bad63cf81378ae36e981aa8670f39b15c75e19c3c569fa07c9ac4824bc',
  },
  'ably-previous': {
    version: '2.27.0',
    integrity:
      'sha512-xu5RT/PT66Ro1uZ0/sbohtW6CSk62/aRqJCRHeEcKPeyqBmAiL0bhkPuibs8O+3m5IV1l7z9GHy9R2RV9k4Z+g==',
    files: 'b5d5b49c0c3e900b08e42f32664259fbbf6b06cd7e69e4a2fdd6d20e1cb7c995',
  },
}

test.each(Object.entries(PUBLISHED))('%s is installed as it was published', async (name, is) => {
  expect(await installed(name)).toEqual(is)
})

const versions = [
  ['this', Ably],
  // Its types are its own; what is used here is the same in both.
  ['previous', Previous as unknown as typeof Ably],
] as const

const cases = versions.flatMap(([version, client]) =>
  [true, false].map(
    (binary) => [version, binary ? 'MessagePack' : 'JSON', client, binary] as const,
  ),
)

describe.each(cases)('the %s client in %s', (_version, _format, { Realtime, Rest }, binary) => {
  function realtime(options: Ably.ClientOptions = {}, port = server.port): Ably.Realtime {
    const { token, authCallback } = options
    const credentials = token === undefined && authCallback === undefined ? { key: KEY } : {}
    const client = new Realtime(at(port, { useBinaryProtocol: binary, ...credentials, ...options }))
    open.push(client)
    return client
  }

  const rest = () => new Rest(at(server.port, { useBinaryProtocol: binary, key: KEY }))
  const room = () => {
    rooms += 1
    return `berth:${rooms}`
  }
  const when = (client: Ably.Realtime, state: Ably.ConnectionState) =>
    new Promise<Ably.ConnectionStateChange>((resolve) => client.connection.once(state, resolve))

  test('publishes, subscribes and reads back every kind of payload', async () => {
    const name = room()
    const messages = heard<Ably.InboundMessage>()
    await realtime()
      .channels.get(name)
      .subscribe((message) => messages.add(message))
    const payloads = ['text', { deep: [1, null] }, Buffer.from([0, 255])]
    const channel = realtime({ clientId: 'ann' }).channels.get(name)
    for (const data of payloads) await channel.publish('n', data)
    const arrived = await messages.count(3)
    expect(arrived.map(({ data }) => data)).toEqual(payloads)
    expect(arrived.every(({ clientId }) => clientId === 'ann')).toBe(true)
    const { items } = await rest().channels.get(name).history({ direction: 'forwards' })
    expect(items.map(({ data }) => data)).toEqual(payloads)
  })

  test('edits and deletes', async () => {
    const name = room()
    const channel = realtime().channels.get(name)
    const { serials } = await channel.publish('n', 'first')
    const serial = String(serials[0])
    await channel.updateMessage({ serial, data: 'second' } as Ably.Message)
    expect(await channel.getMessage(serial)).toMatchObject({ data: 'second', serial })
    await rest()
      .channels.get(name)
      .deleteMessage({ serial } as Ably.Message)
    const versions = await channel.getMessageVersions(serial)
    expect(versions.items.map(({ action }) => action)).toEqual([
      'message.create',
      'message.update',
      'message.delete',
    ])
  })

  test('is present, and resumes without losing anything', async () => {
    const name = room()
    const link = await openLink(server.port)
    links.push(link)
    const client = realtime({ clientId: 'ann' }, link.port)
    const channel = client.channels.get(name)
    const messages = heard<Ably.InboundMessage>()
    await channel.subscribe((message) => messages.add(message))
    await channel.presence.enter('calm')
    expect(await channel.presence.get()).toMatchObject([{ clientId: 'ann', data: 'calm' }])
    const { id } = client.connection
    const back = new Promise<Ably.ChannelStateChange>((resolve) =>
      channel.once('attached', resolve),
    )
    link.shut()
    for (const data of ['1', '2']) await rest().channels.get(name).publish('n', data)
    link.open()
    expect((await back).resumed).toBe(true)
    await channel.publish('n', '3')
    expect((await messages.count(3)).map(({ data }) => data)).toEqual(['1', '2', '3'])
    expect(client.connection.id).toBe(id)
    const there = await rest().channels.get(name).presence.get()
    expect(there.items).toMatchObject([{ clientId: 'ann' }])
  })

  test('rewinds, and is held to its modes', async () => {
    const name = room()
    await rest().channels.get(name).publish('n', 'before')
    const messages = heard<Ably.InboundMessage>()
    const channel = realtime().channels.get(name, {
      params: { rewind: '1' },
      modes: ['SUBSCRIBE'],
    })
    await channel.subscribe((message) => messages.add(message))
    expect((await messages.count(1))[0]?.data).toBe('before')
    expect(await codeOf(channel.publish('n', 'd'))).toBe(40165)
  })

  test('renews its token in band, and when it is revoked', async () => {
    const clientId = room()
    const { asked, authCallback } = asking(
      async () => (await rest().auth.requestToken({ clientId })).token,
    )
    const client = realtime({ authCallback })
    await when(client, 'connected')
    await client.auth.authorize()
    expect([asked(), client.auth.clientId]).toEqual([2, clientId])
    const ended = when(client, 'disconnected')
    await rest().auth.revokeTokens([{ type: 'clientId', value: clientId }])
    expect((await ended).reason?.code).toBe(40141)
    await when(client, 'connected')
    expect(asked()).toBe(3)
  })

  test('who holds a revoked token alone, or none for the channel, stays out', async () => {
    const clientId = room()
    const { token } = await rest().auth.requestToken({ clientId })
    const client = realtime({ token })
    await when(client, 'connected')
    const failed = when(client, 'failed')
    await rest().auth.revokeTokens([{ type: 'clientId', value: clientId }])
    // Not a word to come back at once with: the client gives up, as it cannot renew.
    expect((await failed).reason?.code).toBe(40171)
    const narrow = realtime({ token: jwt({ capability: { [room()]: ['subscribe'] } }) })
    expect(await codeOf(narrow.channels.get(room()).attach())).toBe(40160)
    expect(narrow.connection.state).toBe('connected')
  })

  test('asks many channels at once', async () => {
    const names = [room(), room()]
    const result = await rest().batchPublish({ channels: names, messages: [{ data: 'x' }] })
    expect(result).toMatchObject({ successCount: 2, failureCount: 0 })
    expect(await rest().channels.get(String(names[0])).status()).toMatchObject({
      status: { isActive: false },
    })
  })
})
