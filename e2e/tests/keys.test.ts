// Keys in all their powers, with the client of rooms and the stock client beside it: what each may do, and that editing,
// rotating or revoking one reaches open connections before the call that does it returns.

import { ForbiddenError, RoomError, Rooms, type RoomsOptions } from '@sayso/client/rooms'
import { generateTokenResponse, Tokens } from '@sayso/client/server'
import * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { admin } from '../lib/admin.ts'
import { heard } from '../lib/heard.ts'
import { editKey, type MadeKey, makeKey, revokeKey, rotateKey } from '../lib/keys.ts'
import { owner, signUp } from '../lib/person.ts'
import { openRaw, type Raw, type RawFrame } from '../lib/raw.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { at, closeClients, codeOf, failure, listen, realtime, rest, until } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'
import { channelOf } from '../lib/words.ts'

let server: Server
let names = 0
const clients = new Set<Rooms>()
const sockets: Raw[] = []

beforeAll(async () => {
  server = await startServer()
})
afterEach(() => {
  for (const client of clients) client.disconnect()
  clients.clear()
  closeClients()
  for (const { ws } of sockets.splice(0)) ws.terminate()
})
afterAll(() => server.remove())

function fresh(what: string): string {
  names += 1
  return `${what}-${names}`
}

type Auth = Omit<RoomsOptions, 'Realtime' | 'url' | 'options'>

async function rooms(auth: Auth): Promise<Rooms> {
  const options = at(server.port)
  const client = new Rooms({ Realtime: Ably.Realtime, url: server.url, options, ...auth })
  clients.add(client)
  await client.connect()
  return client
}

/** A client with tokens that its own server signs with a key. */
function signed(key: MadeKey, terms: Parameters<Tokens['generateTokenResponse']>[0]) {
  const tokens = new Tokens({ apiKey: key.key })
  return rooms({ authAction: () => tokens.generateTokenResponse(terms) })
}

async function refused(promise: Promise<unknown>): Promise<RoomError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof RoomError) return error
    throw error
  }
  throw new Error('this should have been refused')
}

/** Publishes as the owner's own server. */
const say = (channel: string, name: string, data: unknown) =>
  rest(server.port).channels.get(channel).publish(name, data)

const FOUR = ['subscribe', 'publish', 'presence', 'metrics']

describe('what keys may', () => {
  test('1: one pattern, one permission', async () => {
    const room = fresh('error-reporting')
    const engineering = await makeKey(server, {
      name: fresh('engineering'),
      permissions: ['subscribe'],
      patterns: [room],
    })
    const client = await rooms({ apiKey: engineering.key })
    const joined = await client.join(room)
    const bugs = heard<unknown>()
    await joined.subscribe('bug', ({ body }) => bugs.add(body))
    await say(room, 'bug', { line: 7 })
    expect(await bugs.count(1)).toEqual([{ line: 7 }])
    const other = await refused(client.join('sales-analytics'))
    expect(other).toBeInstanceOf(ForbiddenError)
    expect(other).toMatchObject({ name: 'ForbiddenError', code: 'forbidden', wireCode: 40160 })
    expect(other.message).toContain('sales-analytics')
    const own = await refused(joined.publish('bug', 'x'))
    expect(own).toMatchObject({ code: 'forbidden', wireCode: 40160 })
    expect(own.message).toMatch(new RegExp(`publish.*${room}`))
  })

  test('2: no pattern covers every channel', async () => {
    const key = await makeKey(server, { name: fresh('marketing'), permissions: ['publish'] })
    const client = await rooms({ apiKey: key.key })
    for (const name of [fresh('any'), `${fresh('deep')}:a:b`]) {
      const room = await client.join(name)
      await room.publish('news', 'x')
      expect((await refused(room.subscribe(() => undefined))).message).toContain(`\`${name}\``)
    }
  })

  test('4: a key without permissions only signs', async () => {
    const zero = await makeKey(server, { name: fresh('zero'), mayDelegate: 'everything' })
    const itself = await rooms({ apiKey: zero.key })
    await refused(itself.join('user:123'))
    expect(
      await codeOf(rest(server.port, { key: zero.key }).channels.get('a').publish('x', '1')),
    ).toBe(40160)
    const permissions = { 'user:123': FOUR }
    const mine = await signed(zero, { clientId: 123, permissions })
    const room = await mine.join('user:123')
    const messages = heard<string>()
    const members = heard<string>()
    const numbers = heard<Readonly<Record<string, number>>>()
    await room.subscribe(({ event }) => messages.add(event))
    await room.presence.subscribe(({ event, clientId }) => members.add(`${event} ${clientId}`))
    await room.metrics.subscribe((metrics) => numbers.add(metrics))
    await room.presence.join({ mood: 'well' })
    await room.publish('hello', '1')
    expect(await messages.first((name) => name === 'hello')).toBe('hello')
    expect(await members.first((each) => each === 'join 123')).toBe('join 123')
    expect(await numbers.first(({ connections }) => connections === 1)).toMatchObject({
      connections: 1,
    })
    expect((await room.presence.get()).map(({ clientId }) => clientId)).toEqual(['123'])
    expect(await refused(mine.join('user:456'))).toBeInstanceOf(ForbiddenError)
    const theirs = await signed(zero, { clientId: 456, permissions: { 'user:456': FOUR } })
    await theirs.join('user:456')
    expect(await refused(theirs.join('user:123'))).toBeInstanceOf(ForbiddenError)
  })

  test('5: empty means nothing, absent means what the key has', async () => {
    const room = fresh('room')
    const key = await makeKey(server, {
      name: fresh('own'),
      permissions: { [room]: ['subscribe'] },
    })
    for (const permissions of [{}, [], { [room]: [] }])
      await refused((await signed(key, { clientId: 'a', permissions })).join(room))
    const inherits = await signed(key, { clientId: 'a' })
    const joined = await inherits.join(room)
    expect(joined.listenerCount).toBe(0)
    // As it is now, not as it was when the token came.
    await refused(joined.publish('x', '1'))
    await editKey(server, key, { permissions: { [room]: ['subscribe', 'publish'] } })
    await joined.publish('x', '1')
  })

  test('what a token holds never goes beyond what its key may delegate', async () => {
    const room = fresh('room')
    const key = await makeKey(server, {
      name: fresh('narrow'),
      mayDelegate: { [room]: ['subscribe'] },
    })
    const client = await signed(key, { clientId: 'a', permissions: { '*': ['*'] } })
    const joined = await client.join(room)
    await joined.subscribe(() => undefined)
    await refused(joined.publish('x', '1'))
    await refused(client.join(fresh('other')))
  })

  test('an imported map may count the most specific entry only', async () => {
    const room = fresh('team')
    const permissions = { [`${room}:*`]: ['subscribe', 'publish'], [`${room}:closed`]: [] }
    const key = await makeKey(server, {
      name: fresh('imported'),
      permissions,
      match: 'most_specific',
    })
    const client = await rooms({ apiKey: key.key })
    await client.join(`${room}:open`)
    await refused(client.join(`${room}:closed`))
    // Tokens it signs are read the same way.
    const holder = await signed(key, {
      clientId: 'a',
      permissions: { '*': ['*'], [`${room}:open`]: [] },
    })
    await holder.join(`${room}:else`)
    await refused(holder.join(`${room}:open`))
  })
})

describe('an edit reaches open connections', () => {
  test('6: a right goes within the call, the others stay, and it comes back without a new connection', async () => {
    const [lost, kept] = [fresh('becky'), fresh('becky')]
    const both = { [lost]: ['subscribe'], [kept]: ['subscribe'] }
    const key = await makeKey(server, { name: fresh('becky'), permissions: both })
    const client = await signed(key, { clientId: 'becky' })
    const connection = client.realtime.connection.id
    const messages = heard<string>()
    const changes = heard<unknown>()
    const room = await client.join(lost)
    await room.subscribe(({ body }) => messages.add(String(body)))
    room.onChange((change) => changes.add(change))
    await (await client.join(kept)).subscribe(({ body }) => messages.add(String(body)))
    await say(lost, 'x', 'before')
    await messages.count(1)
    await editKey(server, key, { permissions: { [kept]: ['subscribe'] } })
    await say(lost, 'x', 'after')
    await say(kept, 'x', 'there')
    expect(await messages.count(2)).toEqual(['before', 'there'])
    expect(await changes.count(1)).toEqual([
      { modes: [], reason: { code: 40160, message: expect.stringMatching(/\w/) } },
    ])
    await refused(room.subscribe(() => undefined))
    await editKey(server, key, { permissions: both })
    await room.subscribe(({ body }) => messages.add(`again ${String(body)}`))
    await say(lost, 'x', 'back')
    expect(await messages.first((each) => each === 'again back')).toBe('again back')
    expect(client.realtime.connection.id).toBe(connection)
  })

  test('less takes a mode away in place', async () => {
    const name = fresh('room')
    const key = await makeKey(server, {
      name: fresh('key'),
      permissions: { [name]: ['subscribe', 'publish'] },
    })
    const room = await (await rooms({ apiKey: key.key })).join(name)
    const messages = heard<unknown>()
    await room.subscribe(({ body }) => messages.add(body))
    await room.publish('x', '1')
    await editKey(server, key, { permissions: { [name]: ['subscribe'] } })
    expect((await refused(room.publish('x', '2'))).wireCode).toBe(40160)
    await say(name, 'x', '3')
    expect(await messages.count(2)).toEqual(['1', '3'])
  })

  test('10: a first pattern narrows a key that was everywhere, the last one gone widens it', async () => {
    const name = fresh('room')
    const key = await makeKey(server, { name: fresh('key'), permissions: ['subscribe'] })
    const read = async () => (await admin(server, 'GET', `/keys/${key.id}`)).body
    expect(await read()).toMatchObject({ permissions: ['subscribe'], patterns: [] })
    const { channel } = await listen(realtime(server.port, { key: key.key }), name)
    const failed = new Promise<Ably.ChannelStateChange>((resolve) =>
      channel.once('failed', resolve),
    )
    await editKey(server, key, { patterns: ['elsewhere:*'] })
    expect((await failed).reason?.code).toBe(40160)
    expect(await read()).toMatchObject({
      capability: { 'elsewhere:*': ['subscribe'] },
      patterns: ['elsewhere:*'],
    })
    await editKey(server, key, { patterns: [] })
    await channel.attach()
    expect(await read()).toMatchObject({ capability: { '*': ['subscribe'] } })
  })
})

describe('7: a key that is revoked', () => {
  test('ends every connection made with it or with a token it signed, with a reason', async () => {
    const key = await makeKey(server, { name: fresh('key'), permissions: ['*'] })
    const direct = realtime(server.port, { key: key.key })
    const holder = realtime(server.port, { token: jwtOf(key) })
    const others = realtime(server.port)
    await Promise.all([direct, holder, others].map((each) => until(each, 'connected')))
    const native = await raw({
      access_token: (await rest(server.port, { key: key.key }).auth.requestToken()).token,
    })
    const plain = await raw({ key: key.key })
    const failed = new Promise<Ably.ConnectionStateChange>((resolve) =>
      direct.connection.once('failed', resolve),
    )
    const dropped = new Promise<Ably.ConnectionStateChange>((resolve) =>
      holder.connection.once(resolve),
    )
    await revokeKey(server, key)
    expect((await failed).reason).toMatchObject({
      code: 40131,
      message: expect.stringMatching(/revoked/),
    })
    expect((await dropped).reason).toMatchObject({
      code: 40141,
      message: expect.stringMatching(/key/),
    })
    expect((await plain.frames.first(({ action }) => action === 9)).error?.code).toBe(40131)
    expect((await native.frames.first(({ action }) => action === 6)).error?.code).toBe(40141)
    for (const socket of [plain, native]) await socket.events.first((event) => event === 'close')
    for (const params of [{ key: key.key }, { access_token: jwtOf(key) }])
      expect((await raw(params)).first).toMatchObject({ action: 9, error: { code: 40101 } })
    expect(others.connection.state).toBe('connected')
    expect((await admin(server, 'GET', `/keys/${key.id}`)).body).toMatchObject({
      status: 404,
      code: 'key_unknown',
    })
  })

  test('stays so after a restart, the first one too', async () => {
    const own = await startServer()
    const root = { id: 'root', keyName: 'e2eapp.root', key: KEY }
    const other = await makeKey(own, { name: 'other', scopes: ['admin'] })
    await revokeKey(own, root)
    expect((await admin(own, 'GET', '/keys')).status).toBe(401)
    await own.kill('SIGKILL')
    const again = await own.restart()
    expect((await admin(again, 'GET', '/keys')).status).toBe(401)
    const listed = await admin(again, 'GET', '/keys', undefined, {
      authorization: `Bearer ${other.key}`,
    })
    expect((listed.body.items as MadeKey[]).map(({ id }) => id)).toEqual([other.id])
    await again.remove()
  })
})

describe('a key that is rotated', () => {
  test('both secrets and their tokens hold, until the old one is replaced again or ends', async () => {
    const first = await makeKey(server, { name: fresh('key'), permissions: ['*'] })
    const old = await raw({ key: first.key })
    const token = await raw({ access_token: jwtOf(first) })
    const second = await rotateKey(server, first, 3_600)
    expect(second).toMatchObject({
      id: first.id,
      previousSecretUntil: expect.stringMatching(/^20/),
    })
    expect(second.key).not.toBe(first.key)
    for (const params of [
      { key: first.key },
      { key: second.key },
      { access_token: jwtOf(first) },
      { access_token: jwtOf(second) },
    ])
      expect((await raw(params)).first.action).toBe(4)
    for (const each of [first, second])
      await rest(server.port, { key: each.key }).auth.requestToken()
    const newer = await raw({ key: second.key })
    const third = await rotateKey(server, second, 0)
    for (const [socket, action, code] of [
      [old, 9, 40131],
      [token, 6, 40141],
      [newer, 9, 40131],
    ] as const)
      expect((await socket.frames.first((frame) => frame.action === action)).error?.code).toBe(code)
    for (const gone of [first, second]) {
      expect((await raw({ key: gone.key })).first.error?.code).toBe(40101)
      expect((await raw({ access_token: jwtOf(gone) })).first.error?.code).toBe(40144)
    }
    expect((await raw({ key: third.key })).first.action).toBe(4)
  })

  test('time ends the old secret as an entry of the log', async () => {
    const first = await makeKey(server, { name: fresh('key'), permissions: ['*'] })
    const old = await raw({ key: first.key })
    const second = await rotateKey(server, first, 1)
    const newer = await raw({ key: second.key })
    expect((await old.frames.first(({ action }) => action === 9)).error?.code).toBe(40131)
    expect((await newer.publish(0, 'any', { data: 'x' })).action).toBe(1)
    const { body } = await admin(server, 'GET', `/keys/${first.id}`)
    expect(body.previousSecretUntil).toBeUndefined()
  })
})

test('a key that expires ends by itself, with its tokens', async () => {
  const expiresAt = new Date(Date.now() + 1_500).toISOString()
  const key = await makeKey(server, { name: fresh('brief'), permissions: ['*'], expiresAt })
  const socket = await raw({ key: key.key })
  const token = await raw({ access_token: jwtOf(key) })
  expect((await socket.frames.first(({ action }) => action === 9)).error?.code).toBe(40132)
  expect((await token.frames.first(({ action }) => action === 6)).error?.code).toBe(40141)
  expect((await raw({ key: key.key })).first.error?.code).toBe(40101)
  expect((await admin(server, 'GET', `/keys/${key.id}`)).status).toBe(404)
})

describe('8, 9: rooms', () => {
  test('leave: nothing heard any more, no listeners, others see it, and again is harmless', async () => {
    const name = fresh('room')
    const key = await makeKey(server, { name: fresh('key'), permissions: ['*'] })
    const [ann, bob] = [
      await signed(key, { clientId: 'ann' }),
      await signed(key, { clientId: 'bob' }),
    ]
    const members = heard<string>()
    const messages = heard<unknown>()
    const seen = await bob.join(name)
    await seen.presence.subscribe(({ event, clientId }) => members.add(`${event} ${clientId}`))
    const room = await ann.join(name)
    await room.subscribe('x', ({ body }) => messages.add(body))
    await room.subscribe(({ body }) => messages.add(body))
    await room.presence.subscribe(() => undefined)
    await room.metrics.subscribe(() => undefined)
    await room.presence.join()
    await members.first((each) => each === 'join ann')
    expect(room.listenerCount).toBe(4)
    await room.leave()
    expect(room.listenerCount).toBe(0)
    await members.first((each) => each === 'leave ann')
    await seen.publish('x', '1')
    await room.leave()
    expect(messages.all).toEqual([])
    const again = await ann.join(name)
    await again.subscribe(({ body }) => messages.add(body))
    await seen.publish('x', '2')
    expect(await messages.count(1)).toEqual(['2'])
  })

  test('joined twice, it takes leaving twice', async () => {
    const key = await makeKey(server, { name: fresh('key'), permissions: ['*'] })
    const client = await rooms({ apiKey: key.key })
    const name = fresh('room')
    const room = await client.join(name)
    expect(await client.join(name)).toBe(room)
    const messages = heard<unknown>()
    await room.subscribe(({ body }) => messages.add(body))
    await room.leave()
    await say(name, 'x', '1')
    await messages.count(1)
    await room.leave()
    expect(room.listenerCount).toBe(0)
    await refused(room.subscribe(() => undefined))
  })

  test('a forbidden join says so in a way to branch on, and makes nothing', async () => {
    const key = await makeKey(server, { name: fresh('key'), permissions: { open: ['subscribe'] } })
    const client = await rooms({ apiKey: key.key })
    const error = await refused(client.join('chat:brand-new'))
    expect([error.name, error.code, error.wireCode]).toEqual(['ForbiddenError', 'forbidden', 40160])
    const { body } = await admin(server, 'GET', '/policy')
    expect(JSON.stringify(body)).not.toContain('brand-new')
    expect(await refused(client.join('no spaces'))).toMatchObject({ code: 'validation' })
  })

  test('a join makes a channel that the policy governs, if the policy lets', async () => {
    const own = await startServer()
    await owner(own)
    const ada = await signUp(own, 'Ada Lovelace')
    const key = await makeKey(own, { name: 'tokens', mayDelegate: 'everything' })
    const tokens = new Tokens({ apiKey: key.key })
    const authAction = () => tokens.generateTokenResponse({ clientId: ada.id, permissions: ['*'] })
    const options = at(own.port)
    const client = new Rooms({ Realtime: Ably.Realtime, url: own.url, options, authAction })
    clients.add(client)
    await client.connect()
    const name = channelOf('brand-new')
    expect(await refused(client.join(name))).toBeInstanceOf(ForbiddenError)
    const { text } = (await admin(own, 'GET', '/policy')).body as { text: string }
    const makers = text
      .replace(/^( +)- configure\b.*$/m, '$&\n$1- create')
      .replace(/^( +)rules:$/m, '$&\n$1  - { id: makers, allow: create }')
    expect((await admin(own, 'PUT', '/policy', { text: makers })).status).toBe(200)
    const room = await client.join(name)
    const heardBack = heard<unknown>()
    await room.subscribe(({ body }) => heardBack.add(body))
    await room.publish('x', 'first')
    expect(await heardBack.count(1)).toEqual(['first'])
    await own.remove()
  })

  test('a token that has ended, and one of nobody, are told apart', async () => {
    const late = refused(
      rooms({
        authAction: () => ({
          token: jwt({ seconds: -5 }),
          expiresIn: 900,
          expiresAt: Date.now() + 1e6,
        }),
      }),
    )
    expect(await late).toMatchObject({ code: 'token_expired', wireCode: 40142 })
    const wrong = refused(rooms({ apiKey: 'e2eapp.nobody:secret' }))
    expect(await wrong).toMatchObject({ code: 'unauthorized' })
  })
})

type Params = Parameters<typeof openRaw>[1]
async function raw(params: Params): Promise<Raw & { readonly first: RawFrame }> {
  const socket = await openRaw(server.port, params)
  sockets.push(socket)
  return socket
}

function jwtOf({ keyName, key }: MadeKey): string {
  return jwt({ clientId: 'bearer', keyName, secret: key.split(':')[1] ?? '' })
}

test('the stock client takes such tokens as they are', async () => {
  const key = await makeKey(server, { name: fresh('zero'), mayDelegate: 'everything' })
  const name = fresh('room')
  const { token } = generateTokenResponse({
    apiKey: key.key,
    clientId: 'ann',
    permissions: { [name]: ['subscribe'] },
  })
  const client = realtime(server.port, { token })
  const { channel } = await listen(client, name)
  expect(client.auth.clientId).toBe('ann')
  expect((await failure(channel.publish('x', '1'))).code).toBe(40160)
})
