// Channels as the unmodified client looks at them: rewound, under names with params, through filters; and what a
// connection may ask for in its address.

import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { type Link, openLink } from '../lib/link.ts'
import { openRaw, type Params, type Raw, type RawFrame } from '../lib/raw.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import {
  asking,
  closeClients,
  codeOf,
  failure,
  listen,
  realtime,
  rest,
  until,
} from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'

let server: Server
const links: Link[] = []
const sockets: Raw[] = []
let rooms = 0

beforeAll(async () => {
  server = await startServer()
})
afterEach(async () => {
  closeClients()
  for (const { ws } of sockets.splice(0)) ws.terminate()
  for (const link of links.splice(0)) await link.close()
})
afterAll(() => server.remove())

function room(): string {
  rooms += 1
  return `pier:${rooms}`
}

async function raw(params: Params = { key: KEY }): Promise<Raw & { readonly first: RawFrame }> {
  const socket = await openRaw(server.port, params)
  sockets.push(socket)
  return socket
}

async function link(): Promise<Link> {
  const made = await openLink(server.port)
  links.push(made)
  return made
}

const dataOf = (messages: readonly { data?: unknown }[]) => messages.map(({ data }) => data)

async function say(name: string, ...data: readonly string[]): Promise<Ably.PublishResult[]> {
  const channel = rest(server.port).channels.get(name)
  const results: Ably.PublishResult[] = []
  for (const each of data) results.push(await channel.publish('n', each))
  return results
}

describe.each([
  ['MessagePack', true],
  ['JSON', false],
])('rewind in %s', (_format, useBinaryProtocol) => {
  const options = { useBinaryProtocol }

  test('the last messages come first, then what is said now, each once', async () => {
    const name = room()
    await say(name, '1', '2', '3', '4')
    const { channel, messages } = await listen(realtime(server.port, options), name, {
      params: { rewind: '2' },
    })
    expect(channel.params).toEqual({ rewind: '2' })
    await say(name, '5')
    expect(dataOf(await messages.count(3))).toEqual(['3', '4', '5'])
  })

  test('by time, and with a limit', async () => {
    const name = room()
    await say(name, '1', '2', '3')
    const recent = await listen(realtime(server.port, options), name, { params: { rewind: '2m' } })
    expect(dataOf(await recent.messages.count(3))).toEqual(['1', '2', '3'])
    const limited = await listen(realtime(server.port, options), name, {
      params: { rewind: '30s', rewindLimit: '1' },
    })
    await say(name, '4')
    expect(dataOf(await limited.messages.count(2))).toEqual(['3', '4'])
  })

  test('an edited message comes once, where it was first said, as it is now', async () => {
    const name = room()
    const [first] = await say(name, 'a', 'b', 'c')
    const serial = String(first?.serials[0])
    await rest(server.port)
      .channels.get(name)
      .updateMessage({ serial, data: 'a, edited' } as Ably.Message)
    const { messages } = await listen(realtime(server.port, options), name, {
      params: { rewind: '3' },
    })
    const arrived = await messages.count(3)
    expect(arrived.map(({ data, action }) => [data, action])).toEqual([
      ['a, edited', 'message.update'],
      ['b', 'message.create'],
      ['c', 'message.create'],
    ])
  })
})

describe('rewind', () => {
  test('ATTACHED stands before the backlog and says that one follows', async () => {
    const name = room()
    await say(name, '1')
    const early = await raw()
    const { channelSerial } = await early.attach(name)
    await say(name, '2')
    const socket = await raw()
    const attached = await socket.attach(name, { params: { rewind: '1' } })
    expect(attached).toMatchObject({ channelSerial, params: { rewind: '1' } })
    expect((attached.flags ?? 0) & 7).toBe(2)
    const empty = await raw()
    const nothing = await empty.attach(room(), { params: { rewind: '5' } })
    expect((nothing.flags ?? 0) & 7).toBe(0)
    expect(nothing.channelSerial).toMatch(/\S/)
    const whole = await raw()
    const begun = await whole.attach(name, { params: { rewind: '9' } })
    expect(begun.channelSerial).toMatch(/^0{14}-000@/)
    await whole.frames.first(({ messages }) => messages?.[0]?.data === '2')
  })

  test('a resume does not rewind again, nor does a second attach', async () => {
    const name = room()
    await say(name, '1')
    const way = await link()
    const client = realtime(way.port)
    const { channel, messages } = await listen(client, name, { params: { rewind: '1' } })
    await messages.count(1)
    const back = new Promise<Ably.ChannelStateChange>((resolve) =>
      channel.once('attached', resolve),
    )
    way.cut()
    expect((await back).resumed).toBe(true)
    await channel.setOptions({ params: { rewind: '1' }, modes: ['SUBSCRIBE', 'PUBLISH'] })
    await say(name, '2')
    await messages.count(2)
    expect(dataOf(messages.all)).toEqual(['1', '2'])
    const socket = await raw()
    const resuming = await socket.attach(name, { params: { rewind: '1' }, flags: 1 << 5 })
    expect((resuming.flags ?? 0) & 2).toBe(0)
  })

  test('what cannot be read as one fails the attach, and nothing else', async () => {
    const client = realtime(server.port)
    const failed = await failure(
      client.channels.get(room(), { params: { rewind: 'yesterday' } }).attach(),
    )
    expect(failed).toMatchObject({ code: 40003, statusCode: 400 })
    expect(client.connection.state).toBe('connected')
  })

  test('without the right to history it shows only what was said while one might listen', async () => {
    const name = room()
    await say(name, '1', '2')
    const token = jwt({ capability: { [name]: ['subscribe'] } })
    const { messages } = await listen(realtime(server.port, { token }), name, {
      params: { rewind: '1' },
    })
    expect(dataOf(await messages.count(1))).toEqual(['2'])
    const none = jwt({ capability: { [name]: ['publish', 'history'] } })
    const channel = realtime(server.port, { token: none }).channels.get(name, {
      params: { rewind: '1' },
    })
    await channel.attach()
    expect(channel.modes).toEqual(['publish'])
  })
})

describe('names with params', () => {
  test('are the channel itself, with its people and its messages', async () => {
    const name = room()
    await say(name, '1', '2')
    const derived = `[?rewind=1]${name}`
    const client = realtime(server.port, { clientId: 'ann' })
    const { channel, messages } = await listen(client, derived)
    const plain = await listen(realtime(server.port), name)
    await channel.publish('n', '3')
    expect(dataOf(await messages.count(2))).toEqual(['2', '3'])
    expect(dataOf(await plain.messages.count(1))).toEqual(['3'])
    const entered = new Promise((resolve) => plain.channel.presence.subscribe('enter', resolve))
    await channel.presence.enter()
    expect(await entered).toMatchObject({ clientId: 'ann' })
    const left = new Promise((resolve) => plain.channel.presence.subscribe('leave', resolve))
    await channel.detach()
    await left
    const history = await rest(server.port).channels.get(derived).history()
    expect(dataOf(history.items)).toEqual(['3', '2', '1'])
  })

  test('one connection may look at a channel in several ways', async () => {
    const name = room()
    await say(name, '1')
    const client = realtime(server.port)
    const plain = await listen(client, name)
    const rewound = await listen(client, `[?rewind=1]${name}`)
    await say(name, '2')
    expect(dataOf(await rewound.messages.count(2))).toEqual(['1', '2'])
    await rewound.channel.detach()
    await say(name, '3')
    expect(dataOf(await plain.messages.count(2))).toEqual(['2', '3'])
    expect(rewound.messages.all).toHaveLength(2)
  })

  test('brackets that mean nothing are refused, for that channel only', async () => {
    const client = realtime(server.port)
    for (const name of ['[', '[]x', '[?]x', '[nothing]x', '[?rewind=1]', '[?rewind]x', ':x', '']) {
      if (name !== '') {
        expect(await codeOf(client.channels.get(name).attach())).toBe(40010)
      }
      const answer = await (await raw()).publish(0, name, { data: 'x' })
      expect(answer.error?.code).toBe(40010)
    }
    await until(client, 'connected')
  })
})

describe('filtered channels', () => {
  const filtered = (expression: string, name: string) =>
    `[filter=${Buffer.from(expression).toString('base64')}]${name}`

  test('show what the expression is true for, live and after a resume', async () => {
    const name = room()
    const way = await link()
    const client = realtime(way.port)
    const messages = heard<Ably.InboundMessage>()
    const channel = client.channels.getDerived(name, {
      filter: 'headers.level == `"high"` && name == `"alarm"`',
    })
    await channel.subscribe((message) => messages.add(message))
    const publish = (data: string, level: string, event = 'alarm') =>
      rest(server.port)
        .channels.get(name)
        .publish({ name: event, data, extras: { headers: { level } } })
    await publish('1', 'high')
    await publish('2', 'low')
    await publish('3', 'high', 'other')
    const back = new Promise((resolve) => channel.once('attached', resolve))
    way.shut()
    await publish('4', 'low')
    await publish('5', 'high')
    way.open()
    await back
    await publish('6', 'high')
    expect(dataOf(await messages.count(3))).toEqual(['1', '5', '6'])
  })

  test('look into data that is JSON, at each message of a publish by itself', async () => {
    const name = room()
    const { messages } = await listen(realtime(server.port), filtered('data.price > `5`', name))
    const channel = rest(server.port).channels.get(name)
    await channel.publish([{ data: { price: 3 } }, { data: { price: 7 } }, { data: 'no price' }])
    // Whatever else were let through would be heard before it.
    await channel.publish({ data: { price: 9 } })
    expect(dataOf(await messages.count(2))).toEqual([{ price: 7 }, { price: 9 }])
  })

  test('are for subscribing only', async () => {
    const client = realtime(server.port, { clientId: 'ann' })
    const channel = client.channels.get(filtered('name == `"x"`', room()))
    await channel.attach()
    expect(channel.modes).toEqual(['subscribe'])
    expect(await codeOf(channel.publish('n', 'd'))).toBe(40000)
    expect(await codeOf(channel.presence.enter())).toBe(40000)
  })

  test('an expression that is none, or does more than filter, is refused', async () => {
    const client = realtime(server.port)
    const doubling = `name == \`"x"\` || ${'[@, @] | '.repeat(24)}[0]`
    for (const expression of [
      'name ==',
      '{a: name}',
      doubling,
      'map(&name, @)',
      'x'.repeat(1200),
    ]) {
      const error = await failure(client.channels.get(filtered(expression, room())).attach())
      expect(error).toMatchObject({ code: 40003, statusCode: 400 })
    }
  })

  test('a token sees through a filter what it may see without one', async () => {
    const name = room()
    const client = realtime(server.port, {
      token: jwt({ capability: { [name]: ['subscribe'] } }),
    })
    const { messages } = await listen(client, filtered('name == `"n"`', name))
    await say(name, '1')
    await messages.count(1)
    expect(await codeOf(client.channels.get(filtered('name', room())).attach())).toBe(40160)
  })
})

describe('what a connection asks for in its address', () => {
  test('a heartbeat interval is granted within bounds', async () => {
    const asked = async (heartbeatInterval: string) =>
      (await raw({ key: KEY, heartbeatInterval })).first.connectionDetails
    expect(await asked('7000')).toMatchObject({ maxIdleInterval: 7_000 })
    expect(await asked('1')).toMatchObject({ maxIdleInterval: 5_000 })
    expect(await asked('99999999')).toMatchObject({ maxIdleInterval: 1_800_000 })
    expect(await asked('soon')).toMatchObject({ maxIdleInterval: 15_000 })
  })

  test('presence outlasts a lost socket for as long as asked', async () => {
    const name = room()
    const left = heard<Ably.PresenceMessage>()
    await realtime(server.port)
      .channels.get(name)
      .presence.subscribe('leave', (event) => left.add(event))
    const way = await link()
    const short = { transportParams: { remainPresentFor: 1_000 } }
    const brief = realtime(way.port, { clientId: 'brief', ...short })
    await brief.channels.get(name).presence.enter()
    const usual = realtime(way.port, { clientId: 'usual' })
    await usual.channels.get(name).presence.enter()
    way.shut()
    const [first] = await left.count(1)
    expect(first).toMatchObject({ clientId: 'brief', action: 'leave' })
    expect(first?.id?.startsWith(String(first?.connectionId))).toBe(false)
    expect(left.all).toHaveLength(1)
  })

  test('a resume by somebody else is refused with 40102', async () => {
    const ann = await raw({ access_token: jwt({ clientId: 'ann' }) })
    const resume = ann.first.connectionDetails?.connectionKey ?? ''
    await ann.cut()
    const eve = await raw({ access_token: jwt({ clientId: 'eve' }), resume })
    expect(eve.first).toMatchObject({ action: 9, error: { code: 40102, statusCode: 401 } })
    const back = await raw({ access_token: jwt({ clientId: 'ann' }), resume })
    expect(back.first).toMatchObject({ action: 4, connectionId: ann.first.connectionId })
  })

  test('a client with nothing to resume from says so and starts anew', async () => {
    const recover = JSON.stringify({ connectionKey: 'made-up', msgSerial: 3, channelSerials: {} })
    const client = realtime(server.port, { recover, ...asking(() => jwt({ clientId: 'ann' })) })
    const change = await new Promise<Ably.ConnectionStateChange>((resolve) =>
      client.connection.once('connected', resolve),
    )
    expect(change.reason).toMatchObject({ code: 80018, statusCode: 400 })
    await client.channels.get(room()).publish('n', 'd')
  })
})
