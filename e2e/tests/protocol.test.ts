// The protocol as the unmodified client sees it, in both encodings: credentials, publishing, presence, history, renewal,
// resuming, edits, and rights that change while it is connected.

import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { type Link, openLink } from '../lib/link.ts'
import { move, owner, type Person, signUp } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import {
  asking,
  at,
  closeClients,
  codeOf,
  failure,
  listen,
  realtime,
  rest,
  until,
} from '../lib/stock.ts'
import { jwt, KEY_NAME } from '../lib/tokens.ts'
import { channelOf, document, home, inner, readOnly } from '../lib/words.ts'

let server: Server
let ada: Person
let bob: Person
const links: Link[] = []
const others: Server[] = []
let rooms = 0

beforeAll(async () => {
  server = await startServer()
  await owner(server)
  ada = await signUp(server, 'Ada Lovelace')
  bob = await signUp(server, 'Bob Kahn')
})
afterEach(async () => {
  closeClients()
  for (const link of links.splice(0)) await link.close()
  for (const other of others.splice(0)) await other.remove()
})
afterAll(() => server.remove())

/** The role that lets one write where newcomers only read. */
const [promotion] = document.settings?.promotions ?? []
const writing = { role: promotion?.replaces, on: `${promotion?.type}:${readOnly}` }

/** A channel nobody else uses; no resource type governs it, so keys and tokens alone decide. */
function room(): string {
  rooms += 1
  return `quay:${rooms}`
}

async function linkTo(port: number): Promise<Link> {
  const link = await openLink(port)
  links.push(link)
  return link
}

const as = (person: Person) => asking(() => person.token())

/** Adds the next number to what was sent. */
function next(sent: string[]): string {
  const data = `${sent.length}`
  sent.push(data)
  return data
}

const dataOf = (messages: readonly Ably.InboundMessage[]) => messages.map(({ data }) => data)

/** Resolves with the next change of a channel, of whatever kind. */
function nextChange(
  channel: Ably.RealtimeChannel,
  event: Ably.ChannelEvent,
): Promise<Ably.ChannelStateChange> {
  return new Promise((resolve) => channel.once(event, resolve))
}

describe('credentials', () => {
  test('a key connects, and may be anyone', async () => {
    const client = realtime(server.port)
    await until(client, 'connected')
    expect(client.auth.clientId === undefined || client.auth.clientId === '*').toBe(true)
  })

  const wrong: Readonly<Record<string, string>> = {
    'a wrong secret': `${KEY_NAME}:nosuchsecret`,
    'an unknown key': 'e2eapp.nobody:nosuchsecret',
    'an unknown app': 'elsewhere.root:nosuchsecret',
  }
  for (const [what, key] of Object.entries(wrong)) {
    test(`${what} fails the connection with 40101`, async () => {
      const client = realtime(server.port, { key })
      await until(client, 'failed')
      expect(client.connection.errorReason).toMatchObject({ code: 40101, statusCode: 401 })
    })
  }

  test('over REST an unknown key is 40400 with 401, a wrong secret 40101', async () => {
    const unknown = await failure(
      rest(server.port, { key: 'e2eapp.nobody:nosuchsecret' }).channels.get('quay').history(),
    )
    expect(unknown).toMatchObject({ code: 40400, statusCode: 401 })
    const secret = await failure(
      rest(server.port, { key: `${KEY_NAME}:nosuchsecret` })
        .channels.get('quay')
        .history(),
    )
    expect(secret).toMatchObject({ code: 40101, statusCode: 401 })
  })

  test('a token request signed by whoever holds the key becomes a token', async () => {
    const signer = rest(server.port)
    const client = realtime(server.port, {
      authCallback: (_params, callback) => {
        signer.auth.createTokenRequest({ clientId: 'ann', ttl: 60_000 }).then(
          (request) => callback(null, request),
          (error) => callback(error, null),
        )
      },
    })
    await until(client, 'connected')
    expect(client.auth.clientId).toBe('ann')
    const name = room()
    await client.channels.get(name).publish('n', 'd')
    const page = await rest(server.port).channels.get(name).history()
    expect(page.items[0]).toMatchObject({ clientId: 'ann', data: 'd' })
  })

  test('a signed token request works once, for two minutes, and unchanged', async () => {
    const signer = rest(server.port)
    const ask = async (body: object) => {
      const response = await fetch(`${server.url}/keys/${KEY_NAME}/requestToken`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const answer = (await response.json()) as { token?: string; error?: Ably.ErrorInfo }
      return { status: response.status, code: answer.error?.code }
    }
    const request = await signer.auth.createTokenRequest({ clientId: 'ann' })
    expect(await ask(request)).toEqual({ status: 201, code: undefined })
    expect(await ask(request)).toEqual({ status: 401, code: 40105 })
    const old = await signer.auth.createTokenRequest({}, { ...at(server.port), key: KEY })
    expect((await ask({ ...old, timestamp: old.timestamp - 300_000 })).status).toBe(401)
    const changed = await signer.auth.createTokenRequest({ clientId: 'ann' })
    expect(await ask({ ...changed, clientId: 'eve' })).toEqual({ status: 401, code: 40101 })
  })

  test('a token holds what was asked for within the key, and nothing more', async () => {
    const name = room()
    const details = await rest(server.port).auth.requestToken({
      capability: { [name]: ['subscribe', 'history'] },
    })
    expect(JSON.parse(details.capability as unknown as string)).toEqual({
      [name]: ['history', 'subscribe'],
    })
    const client = realtime(server.port, { token: details.token })
    const { channel } = await listen(client, name)
    expect([...(channel.modes ?? [])].sort()).toEqual(['presence_subscribe', 'subscribe'])
    expect(await codeOf(channel.publish('n', 'd'))).toBe(40160)
    expect(client.connection.state).toBe('connected')
    expect(await codeOf(client.channels.get(room()).attach())).toBe(40160)
  })

  test('a JWT is a token; a badly signed one makes the client renew it', async () => {
    const good = realtime(server.port, { ...asking(() => jwt({ clientId: 'joe' })) })
    await until(good, 'connected')
    expect(good.auth.clientId).toBe('joe')
    let asked = 0
    const renewing = realtime(server.port, {
      ...asking(() => {
        asked += 1
        return asked === 1 ? jwt({ secret: 'of somebody else' }) : jwt()
      }),
    })
    await until(renewing, 'connected')
    expect(asked).toBe(2)
  })

  test('a session token connects as the person, for governed channels only', async () => {
    const client = realtime(server.port, { ...as(ada) })
    await until(client, 'connected')
    expect(client.auth.clientId).toBe(ada.id)
    const channel = client.channels.get(channelOf(home))
    await channel.attach()
    expect(channel.modes).toContain('publish')
    const read = client.channels.get(channelOf(readOnly))
    await read.attach()
    expect(read.modes).not.toContain('publish')
    expect(await codeOf(client.channels.get(channelOf(inner)).attach())).toBe(40160)
    expect(await codeOf(client.channels.get(room()).attach())).toBe(40160)
  })

  test('a token for one person is not for another', async () => {
    const client = realtime(server.port, {
      ...asking(() => jwt({ clientId: 'bob' })),
      transportParams: { clientId: 'eve' },
    })
    await until(client, 'failed')
    expect(client.connection.errorReason?.code).toBe(40102)
  })
})

describe.each([
  ['MessagePack', true],
  ['JSON', false],
])('in %s', (_format, useBinaryProtocol) => {
  const options = { useBinaryProtocol }

  test('every kind of payload arrives as it was sent, in either encoding', async () => {
    const name = room()
    const { messages } = await listen(realtime(server.port, options), name)
    const { messages: crossed } = await listen(
      realtime(server.port, { useBinaryProtocol: !useBinaryProtocol }),
      name,
    )
    const publisher = realtime(server.port, options).channels.get(name)
    const payloads = [
      'text ü 🚢',
      { deep: [1, null, { a: 'b' }] },
      [1, 2],
      Buffer.from([0, 255, 1]),
    ]
    for (const data of payloads) {
      await publisher.publish({ name: 'n', data, extras: { headers: { k: 'v' } } })
    }
    await publisher.publish('nothing', undefined)
    for (const arrived of [await messages.count(5), await crossed.count(5)]) {
      expect(dataOf(arrived)).toEqual([...payloads, undefined])
      expect(arrived[0]?.extras).toEqual({ headers: { k: 'v' } })
      expect(arrived.every(({ id, serial, timestamp }) => id && serial && timestamp)).toBe(true)
    }
    const page = await rest(server.port, options).channels.get(name).history()
    expect(page.items.map(({ data }) => data).reverse()).toEqual([...payloads, undefined])
  })

  test('a publish resolves with one serial per message, in the order of delivery', async () => {
    const name = room()
    const { messages } = await listen(realtime(server.port, options), name)
    const publisher = realtime(server.port, options).channels.get(name)
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, index) => publisher.publish('n', `${index}`)),
    )
    const batch = await publisher.publish([{ data: 'a' }, { data: 'b' }])
    const serials = [...results, batch].flatMap((result) => result.serials)
    expect(serials).toHaveLength(42)
    const arrived = await messages.count(42)
    expect(arrived.map(({ serial }) => serial)).toEqual(serials)
    expect([...serials].sort()).toEqual(serials)
  })

  test('a refused publish rejects with the reason and breaks nothing', async () => {
    const token = jwt({ capability: { 'quay:*': ['subscribe', 'publish'] }, clientId: 'ann' })
    const client = realtime(server.port, { ...options, token })
    await until(client, 'connected')
    const name = room()
    const [fine, denied, tooLarge, forced, alsoFine] = await Promise.allSettled([
      client.channels.get(name).publish('n', 'one'),
      client.channels.get('elsewhere').publish('n', 'two'),
      client.channels.get(name).publish('n', 'x'.repeat(65_600)),
      client.channels.get(name).publish({ name: 'n', data: 'three' }, { _forceNack: 'true' }),
      client.channels.get(name).publish('n', 'four'),
    ])
    expect([fine, alsoFine].map((each) => each?.status)).toEqual(['fulfilled', 'fulfilled'])
    expect(denied).toMatchObject({ reason: { code: 40160, statusCode: 401 } })
    expect(tooLarge).toMatchObject({ reason: { code: 40009 } })
    expect(forced).toMatchObject({ reason: { code: 40099 } })
    expect(await codeOf(client.channels.get(name).publish({ clientId: 'eve', data: 'five' }))).toBe(
      40012,
    )
    expect(client.connection.state).toBe('connected')
    const page = await rest(server.port).channels.get(name).history({ direction: 'forwards' })
    expect(page.items.map(({ data }) => data)).toEqual(['one', 'four'])
  })

  test('without echo the publisher hears others only', async () => {
    const name = room()
    const quiet = realtime(server.port, { ...options, echoMessages: false })
    const { channel, messages } = await listen(quiet, name)
    const other = realtime(server.port, options)
    const { channel: theirs, messages: heardThere } = await listen(other, name)
    await channel.publish('n', 'mine')
    await theirs.publish('n', 'theirs')
    expect(dataOf(await heardThere.count(2))).toEqual(['mine', 'theirs'])
    expect(dataOf(await messages.count(1))).toEqual(['theirs'])
    expect(messages.all).toHaveLength(1)
  })

  test('an attachment has the modes it asked for, and is held to them', async () => {
    const name = room()
    const client = realtime(server.port, options)
    const { channel, messages } = await listen(client, name, { modes: ['SUBSCRIBE'] })
    expect(channel.modes).toEqual(['subscribe'])
    expect(await codeOf(channel.publish('n', 'd'))).toBe(40165)
    expect(await codeOf(channel.presence.enterClient('ann'))).toBe(40165)
    await channel.setOptions({ modes: ['SUBSCRIBE', 'PUBLISH'] })
    expect([...(channel.modes ?? [])].sort()).toEqual(['publish', 'subscribe'])
    await channel.publish('n', 'd')
    expect(dataOf(await messages.count(1))).toEqual(['d'])
  })

  test('presence: enter, update and leave are heard, and who comes later is told who is there', async () => {
    const name = room()
    const watching = realtime(server.port, options)
    const events = heard<Ably.PresenceMessage>()
    await watching.channels.get(name).presence.subscribe((event) => events.add(event))
    const token = () => jwt({ clientId: 'ann' })
    const ann = realtime(server.port, { ...options, ...asking(token) }).channels.get(name)
    await ann.presence.enter({ mood: 'calm' })
    await ann.presence.update('busy')
    const late = realtime(server.port, options).channels.get(name)
    expect((await late.presence.get()).map(({ clientId, data }) => [clientId, data])).toEqual([
      ['ann', 'busy'],
    ])
    const listed = await rest(server.port, options).channels.get(name).presence.get()
    expect(listed.items).toMatchObject([{ clientId: 'ann', data: 'busy', action: 'present' }])
    const gone = heard<Ably.PresenceMessage>()
    await late.presence.subscribe('leave', (event) => gone.add(event))
    await ann.presence.leave()
    await gone.count(1)
    const seen = await events.count(3)
    expect(seen.map(({ action, clientId, data }) => [action, clientId, data])).toEqual([
      ['enter', 'ann', { mood: 'calm' }],
      ['update', 'ann', 'busy'],
      ['leave', 'ann', 'busy'],
    ])
    expect(await late.presence.get()).toEqual([])
  })

  test('presence: closing the connection leaves at once, and a key may stand in for many', async () => {
    const name = room()
    const events = heard<Ably.PresenceMessage>()
    await realtime(server.port, options)
      .channels.get(name)
      .presence.subscribe('leave', (event) => events.add(event))
    const client = realtime(server.port, options)
    const channel = client.channels.get(name)
    for (let index = 0; index < 5; index += 1) await channel.presence.enterClient(`guest-${index}`)
    expect(await rest(server.port, options).channels.get(name).presence.get()).toMatchObject({
      items: { length: 5 },
    })
    client.close()
    const left = (await events.count(5)).map(({ clientId }) => clientId)
    expect([...left].sort()).toEqual([0, 1, 2, 3, 4].map((index) => `guest-${index}`))
  })

  test('history: limits, both directions, bounds and paging to the end', async () => {
    const name = room()
    const publisher = rest(server.port, options).channels.get(name)
    for (let index = 0; index < 11; index += 1) await publisher.publish('n', `${index}`)
    const walk = async (first: Ably.PaginatedResult<Ably.InboundMessage>) => {
      const pages: unknown[][] = []
      let page: Ably.PaginatedResult<Ably.InboundMessage> | null = first
      while (page !== null) {
        pages.push(page.items.map(({ data }) => data))
        page = page.hasNext() ? await page.next() : null
      }
      return pages
    }
    const all = Array.from({ length: 11 }, (_, index) => `${index}`)
    const backwards = await walk(await publisher.history({ limit: 4 }))
    expect(backwards).toEqual([
      all.slice(7).reverse(),
      all.slice(3, 7).reverse(),
      all.slice(0, 3).reverse(),
    ])
    const forwards = await walk(await publisher.history({ limit: 5, direction: 'forwards' }))
    expect(forwards).toEqual([all.slice(0, 5), all.slice(5, 10), ['10']])
    const exact = await publisher.history({ limit: 11 })
    expect([exact.items.length, exact.hasNext(), exact.isLast()]).toEqual([11, false, true])
    const middle = (await publisher.history({ direction: 'forwards' })).items[5]
    const since = await publisher.history({ start: middle?.timestamp ?? 0, direction: 'forwards' })
    expect(dataOf(since.items)).toEqual(expect.arrayContaining(['5', '10']))
    expect(await codeOf(publisher.history({ limit: 1001 }))).toBe(40003)
    const again = await (await publisher.history({ limit: 4 })).first()
    expect(dataOf(again?.items ?? [])).toEqual(all.slice(7).reverse())
  })

  test('history until attach and what is heard after it make the whole, without a gap', async () => {
    const name = room()
    const publisher = rest(server.port, options).channels.get(name)
    for (let index = 0; index < 3; index += 1) await publisher.publish('n', `${index}`)
    const { channel, messages } = await listen(realtime(server.port, options), name)
    for (let index = 3; index < 6; index += 1) await publisher.publish('n', `${index}`)
    const later = dataOf(await messages.count(3))
    const before = await channel.history({ untilAttach: true })
    expect([...dataOf(before.items).reverse(), ...later]).toEqual([...'012345'])
  })

  test('a repeat with ids of one’s own is published once, live and over REST', async () => {
    const name = room()
    const { messages } = await listen(realtime(server.port, options), name)
    const live = realtime(server.port, options).channels.get(name)
    const first = await live.publish({ id: 'mine:0', data: '1' })
    expect(await live.publish({ id: 'mine:0', data: '1' })).toEqual(first)
    const over = rest(server.port, options).channels.get(name)
    const batch = [
      { id: 'two:0', data: '2' },
      { id: 'two:1', data: '3' },
    ]
    const serials = (await over.publish(batch)).serials
    expect((await over.publish(batch)).serials).toEqual(serials)
    expect(serials).toHaveLength(2)
    await over.publish('last', '4')
    expect(dataOf(await messages.count(4))).toEqual([...'1234'])
    expect(await codeOf(over.publish([{ id: 'a:0' }, { id: 'b:1' }]))).toBe(40031)
  })

  test('edits: update, append and delete one message, heard live and kept in its place', async () => {
    const name = room()
    const { channel, messages } = await listen(
      realtime(server.port, { ...options, ...asking(() => jwt({ clientId: 'ann' })) }),
      name,
    )
    const { serials } = await channel.publish({
      name: 'n',
      data: 'first',
      extras: { headers: { a: 1 } },
    })
    await channel.publish('n', 'second')
    const serial = String(serials[0])
    const update = await channel.updateMessage({ serial, data: 'better' } as Ably.Message, {
      description: 'typo',
      metadata: { why: 'spelling' },
    })
    await channel.appendMessage({ serial, data: '!' } as Ably.Message)
    const seen = await messages.first(({ action }) => action === 'message.update')
    expect(seen).toMatchObject({
      serial,
      name: 'n',
      data: 'better',
      extras: { headers: { a: 1 } },
      version: {
        serial: update.versionSerial,
        clientId: 'ann',
        description: 'typo',
        metadata: { why: 'spelling' },
      },
    })
    expect(String(update.versionSerial) > serial).toBe(true)
    const over = rest(server.port, options).channels.get(name)
    const page = await over.history({ direction: 'forwards' })
    expect(dataOf(page.items)).toEqual(['better!', 'second'])
    const removed = await over.deleteMessage({ serial, data: '' } as Ably.Message)
    expect(removed.versionSerial).not.toBeNull()
    await messages.first(({ action }) => action === 'message.delete')
    expect(await over.getMessage(serial)).toMatchObject({ action: 'message.delete', data: '' })
    const versions = await over.getMessageVersions(serial)
    expect(versions.items.map(({ action, data }) => [action, data])).toEqual([
      ['message.create', 'first'],
      ['message.update', 'better'],
      ['message.update', 'better!'],
      ['message.delete', ''],
    ])
    expect(await codeOf(over.getMessage('01700000000000-000@nowhere:000'))).toBe(40400)
  })

  test('drop: the connection and the channel go on where they were, nothing lost, nothing twice', async () => {
    const name = room()
    const link = await linkTo(server.port)
    const client = realtime(link.port, options)
    const { channel, messages } = await listen(client, name)
    const publisher = rest(server.port, options).channels.get(name)
    const sent: string[] = []
    const { id } = client.connection
    for (let round = 0; round < 5; round += 1) {
      await publisher.publish('n', next(sent))
      const back = nextChange(channel, 'attached')
      link.shut()
      for (let index = 0; index < 10; index += 1) await publisher.publish('n', next(sent))
      link.open()
      expect((await back).resumed).toBe(true)
      await publisher.publish('n', next(sent))
      await messages.count(sent.length)
    }
    expect(dataOf(messages.all)).toEqual(sent)
    expect(client.connection.id).toBe(id)
  })

  test('recover: a new client goes on for one that is gone', async () => {
    const name = room()
    const link = await linkTo(server.port)
    const gone = realtime(link.port, options)
    const { messages } = await listen(gone, name)
    const publisher = rest(server.port, options).channels.get(name)
    await publisher.publish('n', '1')
    await messages.count(1)
    const recover = gone.connection.createRecoveryKey() ?? ''
    const { id } = gone.connection
    link.shut()
    await publisher.publish('n', '2')
    await publisher.publish('n', '3')
    const client = realtime(server.port, { ...options, recover })
    await until(client, 'connected')
    expect(client.connection.id).toBe(id)
    const later = heard<Ably.InboundMessage>()
    const channel = client.channels.get(name)
    const attached = nextChange(channel, 'attached')
    await channel.subscribe((message) => later.add(message))
    expect((await attached).resumed).toBe(true)
    await publisher.publish('n', '4')
    expect(dataOf(await later.count(3))).toEqual([...'234'])
  })
})

describe('renewal', () => {
  test('authorize() widens and narrows what is attached, on the same connection', async () => {
    const name = room()
    const token = (operations: readonly string[]) => jwt({ capability: { [name]: operations } })
    let operations: readonly string[] = ['subscribe', 'publish']
    const client = realtime(server.port, { ...asking(() => token(operations)) })
    const { channel, messages } = await listen(client, name)
    const { id } = client.connection
    const changes = heard<Ably.ChannelStateChange>()
    channel.on((change) => changes.add(change))
    operations = ['subscribe']
    await client.auth.authorize()
    expect(await codeOf(channel.publish('n', '1'))).toBe(40160)
    operations = ['subscribe', 'publish']
    await client.auth.authorize()
    await channel.publish('n', '2')
    expect(dataOf(await messages.count(1))).toEqual(['2'])
    expect([client.connection.id, changes.all]).toEqual([id, []])
    operations = ['history']
    const failed = nextChange(channel, 'failed')
    await client.auth.authorize()
    expect((await failed).reason?.code).toBe(40160)
    expect(client.connection.state).toBe('connected')
  })

  test('the view of one’s rights follows the token', async () => {
    let operations: readonly string[] = ['subscribe', 'publish']
    const name = room()
    const client = realtime(server.port, {
      ...asking(() => jwt({ capability: { [name]: operations } })),
    })
    const view = await listen(client, `[permissions]${name}`)
    operations = ['subscribe']
    await client.auth.authorize()
    const [snapshot, change] = await view.messages.count(2)
    expect(snapshot?.data.actions).toEqual(expect.arrayContaining(['publish', 'subscribe']))
    expect(change).toMatchObject({
      name: 'change',
      data: { actions: ['subscribe'], gained: [], lost: ['publish'] },
    })
  })

  test('a token for somebody else ends the connection', async () => {
    let clientId = 'ann'
    const client = realtime(server.port, { ...asking(() => jwt({ clientId })) })
    await until(client, 'connected')
    clientId = 'eve'
    expect(await codeOf(client.auth.authorize())).toBe(40102)
  })

  test('half a minute before its end a token is asked for anew, without a disconnect', async () => {
    const { asked, authCallback } = asking(() => jwt({ seconds: asked() === 1 ? 32 : 3600 }))
    const client = realtime(server.port, { authCallback })
    const states = heard<Ably.ConnectionState>()
    client.connection.on(({ current }) => states.add(current))
    await until(client, 'connected')
    await new Promise<void>((resolve) => client.connection.once('update', () => resolve()))
    expect(asked()).toBe(2)
    expect(states.all).not.toContain('disconnected')
  })

  test('a token that ends is replaced, and nothing said meanwhile is lost', async () => {
    const name = room()
    const { asked, authCallback } = asking(() => jwt({ seconds: 2 }))
    const client = realtime(server.port, { authCallback })
    const { messages } = await listen(client, name)
    const publisher = realtime(server.port).channels.get(name)
    const ended = heard<Ably.ConnectionStateChange>()
    client.connection.on('disconnected', (change) => ended.add(change))
    const sent: string[] = []
    while (ended.all.length < 2) await publisher.publish('n', next(sent))
    await publisher.publish('n', next(sent))
    expect(dataOf(await messages.count(sent.length))).toEqual(sent)
    expect(ended.all.every(({ reason }) => reason?.code === 40142)).toBe(true)
    expect(asked()).toBeGreaterThanOrEqual(3)
  })

  test('over REST an expired token is refused as such, so that a client renews it', async () => {
    for (const accept of ['application/json', 'application/x-msgpack']) {
      const response = await fetch(`${server.url}/channels/${room()}/messages`, {
        headers: { authorization: `Bearer ${jwt({ seconds: -5 })}`, accept },
      })
      expect(response.status).toBe(401)
      expect(response.headers.get('x-ably-errorcode')).toBe('40142')
    }
  })
})

describe('a client that repeats an expired token for ever', () => {
  test('is told to stop, and goes on with the token it was given meanwhile', async () => {
    const { asked, authCallback } = asking(() => jwt({ seconds: asked() === 1 ? -5 : 3600 }))
    const channel = rest(server.port, { authCallback }).channels.get(room())
    // Of this client's own making: it renews, and then sends the old token again.
    expect(await codeOf(channel.publish('n', 'd'))).toBe(40101)
    expect(asked()).toBeLessThan(100)
    await channel.publish('n', 'd')
  })
})

describe('a restart', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'by %s on the same port: clients come back by themselves, nothing acknowledged is lost',
    async (signal) => {
      const first = await startServer()
      others.push(first)
      const name = room()
      const listeners = [
        await listen(realtime(first.port), name),
        await listen(realtime(first.port, { useBinaryProtocol: false }), name),
      ]
      const publisher = realtime(first.port)
      const channel = publisher.channels.get(name)
      const { id } = publisher.connection
      const sent: string[] = []
      const results: Promise<unknown>[] = []
      const say = () => {
        results.push(channel.publish('n', next(sent)))
      }
      for (let index = 0; index < 20; index += 1) say()
      await Promise.all(results)
      for (let index = 0; index < 20; index += 1) say()
      await first.kill(signal)
      for (let index = 0; index < 20; index += 1) say()
      others.push(await first.restart())
      await Promise.all(results)
      for (const { messages } of listeners) {
        await messages.count(sent.length)
        expect(dataOf(messages.all)).toEqual(sent)
      }
      const history = await rest(first.port).channels.get(name).history({ direction: 'forwards' })
      expect(dataOf(history.items)).toEqual(sent)
      expect(publisher.connection.id === id || id === undefined).toBe(true)
    },
  )

  test('SIGTERM ends the process, although a peer answers nothing any more', async () => {
    const mine = await startServer()
    others.push(mine)
    const link = await linkTo(mine.port)
    const client = realtime(link.port)
    await until(client, 'connected')
    link.freeze()
    await mine.kill('SIGTERM')
  })
})

describe('REST', () => {
  test('time is the time of the server', async () => {
    const before = Date.now()
    const time = await rest(server.port).time()
    expect(time).toBeGreaterThanOrEqual(before)
    expect(time).toBeLessThanOrEqual(Date.now())
  })

  test('a token from requestToken is good for REST', async () => {
    const details = await rest(server.port).auth.requestToken({ clientId: 'ann', ttl: 60_000 })
    expect(details.expires - details.issued).toBe(60_000)
    const name = room()
    const channel = rest(server.port, { token: details.token }).channels.get(name)
    await channel.publish('n', 'd')
    expect((await channel.history()).items[0]).toMatchObject({ clientId: 'ann' })
    expect(await codeOf(rest(server.port).auth.requestToken({ ttl: 90_000_000 }))).toBe(40003)
    expect(await codeOf(rest(server.port).auth.requestToken({ clientId: '' }))).toBe(40012)
  })

  test('what REST publishes reaches who is attached, and names no connection', async () => {
    const name = room()
    const { messages } = await listen(realtime(server.port), name)
    const result = await rest(server.port)
      .channels.get(name)
      .publish([{ data: 'a' }, { data: 'b' }])
    expect(result.serials).toHaveLength(2)
    const [first] = await messages.count(2)
    expect(first?.connectionId).toBeUndefined()
    expect(first?.serial).toBe(result.serials[0])
  })

  test('an address that is nothing is 40400', async () => {
    const response = await fetch(`${server.url}/keys/${KEY_NAME}/nothing`, { method: 'POST' })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 40400, statusCode: 404 } })
  })
})

describe('rights that change while connected', () => {
  test('edits by right: one’s own, and anyone’s once that right is there', async () => {
    const hers = realtime(server.port, { ...as(ada) }).channels.get(channelOf(home))
    const { serials } = await hers.publish('n', 'mine')
    const serial = String(serials[0])
    await hers.updateMessage({ serial, data: 'mine, edited' } as Ably.Message)
    const his = realtime(server.port, { ...as(bob) }).channels.get(channelOf(home))
    const target = { serial, data: '' } as Ably.Message
    expect(await codeOf(his.updateMessage(target))).toBe(40160)
    expect(await codeOf(his.deleteMessage(target))).toBe(40160)
    await move(server, 'promote', home, bob)
    await his.deleteMessage(target)
    await move(server, 'demote', home, bob)
    const again = await hers.publish('n', 'another')
    const another = { serial: String(again.serials[0]), data: '' } as Ably.Message
    expect(await codeOf(his.deleteMessage(another))).toBe(40160)
    await hers.deleteMessage(another)
  })

  test('a channel that opens can be attached at once; when it closes it fails with 40160', async () => {
    const client = realtime(server.port, { ...as(ada) })
    const channel = client.channels.get(channelOf(inner), { attachOnSubscribe: false })
    expect(await codeOf(channel.attach())).toBe(40160)
    await move(server, 'promote', home, ada)
    await channel.attach()
    await channel.publish('n', 'inside')
    const failed = nextChange(channel, 'failed')
    await move(server, 'demote', home, ada)
    expect((await failed).reason).toMatchObject({ code: 40160, statusCode: 401 })
    expect(client.connection.state).toBe('connected')
    await client.channels.get(channelOf(home)).attach()
    expect(await codeOf(channel.history())).toBe(40160)
  })

  test('a right gained and lost on an attached channel changes its modes in place', async () => {
    const client = realtime(server.port, { ...as(ada) })
    const channel = client.channels.get(channelOf(readOnly))
    await channel.attach()
    expect(channel.modes).not.toContain('publish')
    const everybody = heard<Ably.ChannelStateChange>()
    channel.on((change) => everybody.add(change))
    const assignment = async (method: 'POST' | 'DELETE') => {
      const response = await fetch(`${server.url}/api/v1/role_assignments`, {
        method,
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ person: ada.id, role: writing.role, on: writing.on }),
      })
      expect(response.status).toBe(200)
    }
    await assignment('POST')
    await channel.publish('n', 'now I may')
    expect(channel.modes).toContain('publish')
    await assignment('DELETE')
    expect(await codeOf(channel.publish('n', 'now I may not'))).toBe(40160)
    expect(channel.modes).not.toContain('publish')
    expect([channel.state, everybody.all]).toEqual(['attached', []])
  })

  test('the views tell the rights one has, then each change at its place in the order', async () => {
    const client = realtime(server.port, { ...as(ada) })
    const here = await listen(client, `[permissions]${channelOf(home)}`)
    const everywhere = await listen(client, '[permissions]*')
    const live = await listen(client, channelOf(home))
    const [snapshot] = await here.messages.count(1)
    expect(snapshot).toMatchObject({ name: 'snapshot', data: { channel: channelOf(home) } })
    const [all] = await everywhere.messages.count(1)
    const keys = all?.data.resources.map((resource: { channel: string }) => resource.channel)
    expect(keys).toContain(channelOf(home))
    expect(keys).not.toContain(channelOf(inner))
    const given = await move(server, 'promote', home, ada)
    const change = (await here.messages.count(2))[1]
    expect(change).toMatchObject({ name: 'change', data: { revision: given.revision, lost: [] } })
    expect(change?.serial).toBe(given.serial)
    expect(change?.data.gained.length).toBeGreaterThan(0)
    const opened = (await everywhere.messages.count(2))[1]
    expect(opened?.data.gained).toMatchObject([{ channel: channelOf(inner) }])
    const line = await live.messages.first(({ extras }) => extras?.sayso !== undefined)
    expect(String(line.serial) > given.serial).toBe(true)
    const taken = await move(server, 'demote', home, ada)
    const back = (await here.messages.count(3))[2]
    expect(back).toMatchObject({ serial: taken.serial, data: { gained: [] } })
    expect([...(back?.data.lost ?? [])].sort()).toEqual([...(change?.data.gained ?? [])].sort())
    const closed = (await everywhere.messages.count(3))[2]
    expect(closed?.data.lost).toMatchObject([{ channel: channelOf(inner) }])
    expect(await codeOf(here.channel.publish('n', {}))).toBe(40160)
  })

  test('a view tells its snapshot anew at every attach, resumed or not', async () => {
    const link = await linkTo(server.port)
    const client = realtime(link.port, { ...as(bob) })
    const view = await listen(client, `[permissions]${channelOf(home)}`)
    await view.messages.count(1)
    link.cut()
    const [, again] = await view.messages.count(2)
    expect(again?.name).toBe('snapshot')
  })
})
