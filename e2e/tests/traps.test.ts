// What a naive server of this protocol gets wrong, one test each. The numbers are names that stay.

import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { type Link, openLink } from '../lib/link.ts'
import { type Person, signUp } from '../lib/person.ts'
import { openRaw, type Params, type Raw, type RawFrame } from '../lib/raw.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, realtime, rest, until } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'
import { channelOf, document, home, readOnly } from '../lib/words.ts'

let server: Server
let ada: Person
const links: Link[] = []
const sockets: Raw[] = []
let rooms = 0

beforeAll(async () => {
  server = await startServer()
  ada = await signUp(server, 'Ada Lovelace')
})
afterEach(async () => {
  closeClients()
  for (const { ws } of sockets.splice(0)) ws.terminate()
  for (const link of links.splice(0)) await link.close()
})
afterAll(() => server.remove())

function room(): string {
  rooms += 1
  return `trap:${rooms}`
}

async function raw(params: Params = { key: KEY }): Promise<Raw & { readonly first: RawFrame }> {
  const socket = await openRaw(server.port, params)
  sockets.push(socket)
  return socket
}

const keyOf = ({ first }: { first: RawFrame }) => first.connectionDetails?.connectionKey ?? ''
const url = (path: string) => `${server.url}${path}`
const asKey = { authorization: `Basic ${Buffer.from(KEY).toString('base64')}` }

const RESUMED = 4
const HAS_BACKLOG = 2
const HAS_PRESENCE = 1
const flagsOf = (frame: RawFrame) => frame.flags ?? 0

/** Gives and takes the role that lets one write where newcomers only read. */
const [promotion] = document.settings?.promotions ?? []
async function writing(method: 'POST' | 'DELETE'): Promise<void> {
  const on = `${promotion?.type}:${readOnly}`
  const response = await fetch(url('/api/v1/role_assignments'), {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ person: ada.id, role: promotion?.replaces, on }),
  })
  expect(response.status).toBe(200)
}

test('[T1] content types are exact, without a charset', async () => {
  const type = async (path: string, headers: Record<string, string>) =>
    (await fetch(url(path), { headers })).headers.get('content-type')
  for (const path of ['/time', '/channels/x/messages', '/nothing/here']) {
    expect(await type(path, { accept: 'application/json' })).toBe('application/json')
  }
  const accept = 'application/x-msgpack'
  expect(await type('/time', { accept })).toBe(accept)
  expect(await type('/channels/x/messages', { accept, ...asKey })).toBe(accept)
  expect(await type('/channels/x/messages', { accept })).toBe(accept)
})

test('[T2] every error has a code, a statusCode and a message', async () => {
  const frames: (RawFrame | undefined)[] = [(await raw({ key: 'no.such:key' })).first]
  const socket = await raw({ access_token: jwt({ capability: { 'trap:*': ['publish'] } }) })
  frames.push(await socket.attach(''))
  frames.push(await socket.attach('elsewhere'))
  frames.push(await socket.publish(0, 'elsewhere', { data: 'x' }))
  frames.push(await socket.publish(1, '[broken', { data: 'x' }))
  const bodies = await Promise.all(
    ['/channels/x/messages', '/nothing', '/channels/x/messages?limit=-1&key=no'].map(async (path) =>
      (await fetch(url(path))).json(),
    ),
  )
  for (const { error } of [...frames, ...bodies] as { error?: unknown }[]) {
    expect(error).toEqual(
      expect.objectContaining({
        code: expect.any(Number),
        statusCode: expect.any(Number),
        message: expect.any(String),
      }),
    )
  }
})

test('[T3] an error of the connection names no channel', async () => {
  const { first } = await raw({ key: 'no.such:key' })
  expect(first.action).toBe(9)
  expect(first).not.toHaveProperty('channel')
})

/** Publishes that wait for the disk between frames that are refused at once, each for another reason. */
function mixed(msgSerial: number, name: string): object {
  const kinds = [
    { action: 15, channel: name, messages: [{ data: 'x' }] },
    { action: 15, channel: 'elsewhere', messages: [{ data: 'x' }] },
    { action: 14, channel: name, presence: [{ action: 2 }] },
    { action: 15, channel: name, messages: [{ data: { nested: true } }] },
    { action: 15, channel: name, messages: [{ data: 'x'.repeat(66_000) }] },
  ]
  return kinds[msgSerial % kinds.length] ?? {}
}

test('[T4] answers come in the order of the questions, without gaps, each once', async () => {
  const socket = await raw({
    access_token: jwt({ capability: { 'trap:*': ['publish'] }, clientId: 'ann' }),
  })
  const name = room()
  const total = 300
  for (let msgSerial = 0; msgSerial < total; msgSerial += 1)
    socket.send({ ...mixed(msgSerial, name), msgSerial })
  const answers = () => socket.frames.all.filter(({ action }) => action === 1 || action === 2)
  await socket.frames.first(() => answers().reduce((sum, { count = 1 }) => sum + count, 0) >= total)
  let next = 0
  for (const { action, msgSerial, count = 1, res } of answers()) {
    expect(msgSerial).toBe(next)
    for (let index = 0; index < count; index += 1) {
      const kind = (next + index) % 5
      expect([kind, action]).toEqual([kind, kind === 0 || kind === 3 ? 1 : 2])
    }
    if (action === 1) expect(res).toHaveLength(count)
    next += count
  }
  expect(next).toBe(total)
})

test('[T5] an ACK carries one result per frame and one serial per message', async () => {
  const socket = await raw()
  const name = room()
  const ack = await socket.publish(0, name, { data: 'a' }, { data: 'b' }, { data: 'c' })
  expect(ack).toMatchObject({ action: 1, count: 1, res: [{ serials: { length: 3 } }] })
  const [serial] = ack.res?.[0]?.serials ?? []
  const edit = await socket.publish(1, name, { serial, action: 1, data: 'z', version: {} })
  expect(edit.res?.[0]?.serials).toHaveLength(1)
})

test('[T6] between CONNECTED and ATTACHED nothing is said about a channel', async () => {
  const name = room()
  const publisher = realtime(server.port).channels.get(name)
  let going = true
  const load = (async () => {
    while (going) await publisher.publish('n', 'd')
  })()
  for (let round = 0; round < 10; round += 1) {
    const before = await raw()
    await before.attach(name)
    const { channelSerial } = await before.frames.first(({ action }) => action === 15)
    await before.cut()
    const after = await raw({ key: KEY, resume: keyOf(before) })
    expect(flagsOf(await after.attach(name, { channelSerial })) & RESUMED).toBe(RESUMED)
    await after.frames.first(({ action }) => action === 15)
    const about = after.frames.all.filter(({ channel }) => channel === name)
    expect(about[0]?.action).toBe(11)
    after.ws.terminate()
  }
  going = false
  await load
})

test('[T7] neither a change of rights nor a resume empties who is seen as present', async () => {
  const name = channelOf(readOnly)
  const link = await openLink(server.port)
  links.push(link)
  await realtime(server.port).channels.get(name).presence.enterClient('here')
  const channel = realtime(link.port, { ...asking(() => ada.token()) }).channels.get(name)
  const left = heard<Ably.PresenceMessage>()
  await channel.presence.subscribe('leave', (event) => left.add(event))
  expect(await channel.presence.get()).toHaveLength(1)
  await writing('POST')
  await channel.publish('n', 'I may')
  await writing('DELETE')
  expect(await channel.presence.get()).toHaveLength(1)
  const back = new Promise<Ably.ChannelStateChange>((resolve) => channel.once('attached', resolve))
  link.cut()
  expect((await back).resumed).toBe(true)
  expect(await channel.presence.get()).toHaveLength(1)
  expect(left.all).toEqual([])
})

test('[T8] ATTACHED says which modes are granted', async () => {
  const socket = await raw({
    access_token: jwt({ capability: { 'trap:*': ['subscribe', 'presence'] } }),
  })
  const attached = await socket.attach(room())
  expect(flagsOf(attached) >> 16).toBe(1 | 4 | 8)
  const narrow = await socket.attach(room(), { flags: 1 << 18 })
  expect(flagsOf(narrow) >> 16).toBe(4)
})

test('[T9] ATTACHED says where in the channel it is, also on an empty one', async () => {
  const socket = await raw()
  const name = room()
  const { channelSerial } = await socket.attach(name)
  expect(channelSerial).toMatch(/\S/)
  const channel = realtime(server.port).channels.get(name)
  await channel.attach()
  expect((await channel.history({ untilAttach: true })).items).toEqual([])
})

test('[T10] a SYNC has a clean id and always a list, also of nobody', async () => {
  const name = room()
  const socket = await raw()
  await socket.attach(name)
  socket.send({ action: 16, channel: name })
  const empty = await socket.frames.first(({ action }) => action === 16)
  expect(empty.presence).toEqual([])
  expect(empty.channelSerial).toMatch(/^[\w-]+:$/)
  await realtime(server.port).channels.get(name).presence.enterClient('ann')
  const late = await raw()
  const attached = await late.attach(name)
  expect(flagsOf(attached) & HAS_PRESENCE).toBe(HAS_PRESENCE)
  const sync = await late.frames.first(({ action }) => action === 16)
  expect(sync.presence).toMatchObject([{ action: 1, clientId: 'ann' }])
  expect(sync.channelSerial).toMatch(/^[\w-]+:$/)
})

test('[T11] a member keeps its id over a resume, and nobody hears of the re-entry', async () => {
  const name = room()
  const link = await openLink(server.port)
  links.push(link)
  const watching = await raw()
  await watching.attach(name)
  const member = realtime(link.port, { ...asking(() => jwt({ clientId: 'ann' })) })
  const channel = member.channels.get(name)
  await channel.presence.enter('x')
  const entered = await watching.frames.first(({ action }) => action === 14)
  const id = entered.presence?.[0]?.id ?? ''
  expect(id).toMatch(new RegExp(`^${member.connection.id}:\\d+:\\d+$`))
  const back = new Promise((resolve) => channel.once('attached', resolve))
  link.cut()
  await back
  // The client has re-entered before this: both travel on the same socket, in order.
  await channel.publish('n', 'after')
  await watching.frames.first(({ action }) => action === 15)
  expect(watching.frames.all.filter(({ action }) => action === 14)).toHaveLength(1)
  const there = await rest(server.port).channels.get(name).presence.get()
  expect(there.items.map((one) => one.id)).toEqual([id])
})

test('[T12] a member hears of itself even if it does not subscribe to presence', async () => {
  const name = room()
  const link = await openLink(server.port)
  links.push(link)
  const client = realtime(link.port, { ...asking(() => jwt({ clientId: 'ann' })) })
  const channel = client.channels.get(name, { modes: ['PRESENCE', 'PUBLISH'] })
  await channel.presence.enter()
  const { id } = client.connection
  // A connection the server knows nothing of: the client enters again by itself, from what it was told.
  link.shut()
  await server.kill('SIGKILL')
  server = await server.restart()
  const events = heard<Ably.PresenceMessage>()
  await realtime(server.port)
    .channels.get(name)
    .presence.subscribe((event) => events.add(event))
  link.open()
  await events.first(({ clientId }) => clientId === 'ann')
  expect(client.connection.id).toBe(id)
})

test('[T13] an unknown resume key gives a new connection and says so', async () => {
  const known = await raw()
  for (const resume of [
    'nonsense',
    'abcdefgh!boot-nonce-0123456789abcdef0123456789abcdef',
    '%00',
  ]) {
    const { first } = await raw({ key: KEY, resume })
    expect(first).toMatchObject({ action: 4, error: { code: 80018, statusCode: 400 } })
    expect(first.connectionId).not.toBe(known.first.connectionId)
  }
  await known.cut()
  const other = await raw({ access_token: jwt({ clientId: 'eve' }), resume: keyOf(known) })
  expect(other.first).toMatchObject({ action: 9, error: { code: 40102 } })
})

test('[T14] a publish needs no attachment', async () => {
  const socket = await raw()
  const ack = await socket.publish(0, room(), { data: 'x' })
  expect(ack.action).toBe(1)
})

test('[T15] a bad credential is answered on an open socket', async () => {
  for (const params of [{ key: 'no.such:key' }, { access_token: 'garbage' }, {}]) {
    const socket = await raw(params)
    expect(socket.first.action).toBe(9)
    expect(socket.first.error?.statusCode).toBe(401)
    await socket.events.first((event) => event === 'close')
  }
})

test('[T16] only what a new token cures is a token error', async () => {
  const codeFor = async (params: Params) => (await raw(params)).first.error?.code
  expect(await codeFor({ access_token: jwt({ seconds: -1 }) })).toBe(40142)
  expect(await codeFor({ access_token: jwt({ secret: 'another' }) })).toBe(40144)
  expect(await codeFor({ access_token: 'garbage' })).toBe(40145)
  expect(await codeFor({ access_token: jwt({ keyName: 'e2eapp.gone' }) })).toBe(40101)
  expect(await codeFor({ access_token: jwt({ clientId: 'ann' }), clientId: 'eve' })).toBe(40102)
  const fresh = await rest(server.port).auth.requestToken({ ttl: 1_000 })
  expect((await raw({ access_token: fresh.token })).first.action).toBe(4)
})

test('[T17] whoever is meant to stay out is told so in a word that does not bring them back', async () => {
  const clientId = room()
  const { token } = await rest(server.port).auth.requestToken({ clientId })
  const client = realtime(server.port, { token })
  await until(client, 'connected')
  const ended = new Promise<Ably.ConnectionStateChange>((resolve) =>
    client.connection.once('disconnected', resolve),
  )
  const failed = until(client, 'failed')
  await rest(server.port).auth.revokeTokens([{ type: 'clientId', value: clientId }])
  expect((await ended).reason?.code).toBe(40141)
  await failed
  expect(client.connection.errorReason?.code).toBe(40171)
})

test('[T18] a client’s AUTH is answered by CONNECTED with the same ids', async () => {
  const socket = await raw({ access_token: jwt({ clientId: 'ann' }) })
  socket.send({ action: 17, auth: { accessToken: jwt({ clientId: 'ann' }) } })
  const again = await socket.frames.first((frame, index) => index > 0 && frame.action === 4)
  expect(again.connectionId).toBe(socket.first.connectionId)
  expect(again.connectionDetails?.clientId).toBe('ann')
})

test('[T19] CONNECTED has the connection’s details', async () => {
  const { first } = await raw({ access_token: jwt({ clientId: 'ann' }) })
  expect(first.connectionId).toMatch(/^[\w-]+$/)
  expect(first.connectionDetails).toMatchObject({
    connectionKey: expect.stringMatching(/^[\w!-]+$/),
    clientId: 'ann',
    connectionStateTtl: 120_000,
    maxIdleInterval: 15_000,
    maxMessageSize: 65_536,
  })
})

test('[T20] links to pages have the one shape the client reads', async () => {
  const name = room()
  const channel = rest(server.port).channels.get(name)
  for (let index = 0; index < 3; index += 1) await channel.publish('n', `${index}`)
  const response = await fetch(url(`/channels/${encodeURIComponent(name)}/messages?limit=2`), {
    headers: asKey,
  })
  const links = (response.headers.get('link') ?? '').split(',').map((link) => link.trim())
  expect(links).toHaveLength(3)
  for (const link of links) expect(link).toMatch(/^<\.\/\w+\?[^,>]+>; rel="(first|current|next)"$/)
})

test('[T21] browsers get envelopes and may call from any origin, with everything exposed', async () => {
  const path = `/channels/${encodeURIComponent(room())}/messages?envelope=json`
  const wrapped = await fetch(url(path), { headers: asKey })
  expect(wrapped.status).toBe(200)
  expect(await wrapped.json()).toMatchObject({
    statusCode: 200,
    response: [],
    headers: { link: [expect.stringContaining('rel="first"'), expect.any(String)] },
  })
  const refused = await fetch(url(path))
  expect(refused.status).toBe(200)
  expect(await refused.json()).toMatchObject({ statusCode: 401, response: { error: {} } })
  const origin = 'https://shop.example'
  const asked = await fetch(url('/channels/x/messages'), {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,x-ably-version',
    },
  })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-origin')).toBe(origin)
  expect(asked.headers.get('access-control-allow-credentials')).toBe('true')
  expect(asked.headers.get('access-control-allow-headers')).toContain('x-ably-version')
  const answered = await fetch(url('/channels/x/messages'), { headers: { origin } })
  expect(answered.status).toBe(401)
  expect(answered.headers.get('access-control-allow-origin')).toBe(origin)
  expect(answered.headers.get('access-control-expose-headers')).toContain('X-Ably-ErrorCode')
})

test('[T22] the key the server makes is one the client takes', async () => {
  const fresh = await startServer({ env: { SAYSO_ROOT_KEY: '' } })
  try {
    const key = /^\s+(\w+\.\w+:\S+)$/m.exec(fresh.output())?.[1] ?? ''
    expect(key.slice(key.indexOf(':') + 1)).not.toMatch(/[.:\s]/)
    const client = realtime(fresh.port, { key })
    await until(client, 'connected')
    client.close()
  } finally {
    await fresh.remove()
  }
})

test('[T23] an edit is later than its message, and a ping takes time', async () => {
  const channel = realtime(server.port).channels.get(room())
  for (let round = 0; round < 20; round += 1) {
    const { serials } = await channel.publish('n', 'd')
    const serial = String(serials[0])
    await channel.updateMessage({ serial, data: 'e' } as Ably.Message)
    const edited = await channel.getMessage(serial)
    expect(edited.version?.timestamp ?? 0).toBeGreaterThan(edited.timestamp ?? 0)
  }
  const client = realtime(server.port)
  await until(client, 'connected')
  expect(await client.connection.ping()).toBeGreaterThan(0)
  const socket = await raw()
  socket.send({ action: 0, id: 'mine' })
  expect(await socket.frames.first(({ action }) => action === 0)).toMatchObject({ id: 'mine' })
})

test('[T24] a silent connection hears a ping, in browsers a HEARTBEAT, before it gives up', async () => {
  const node = await raw()
  const browser = await raw({ key: KEY, heartbeats: 'true' })
  await Promise.all([
    node.events.first((event) => event === 'ping'),
    browser.frames.first(({ action }) => action === 0),
  ])
})

test('[T25] ATTACHED ahead of a backlog stands at the client’s own position', async () => {
  const name = room()
  const before = await raw()
  await before.attach(name)
  const channel = rest(server.port).channels.get(name)
  await channel.publish('n', '0')
  const { channelSerial } = await before.frames.first(({ action }) => action === 15)
  await before.cut()
  await channel.publish('n', '1')
  await channel.publish('n', '2')
  const after = await raw({ key: KEY, resume: keyOf(before) })
  const attached = await after.attach(name, { channelSerial })
  expect(attached.channelSerial).toBe(channelSerial)
  expect(flagsOf(attached) & (RESUMED | HAS_BACKLOG)).toBe(RESUMED | HAS_BACKLOG)
  await after.frames.first(({ messages }) => messages?.[0]?.data === '2')
  const backlog = after.frames.all.filter(({ action }) => action === 15)
  expect(backlog.map(({ messages }) => messages?.[0]?.data)).toEqual(['1', '2'])
})

test('[T26] the shape of an answer goes by the version of its request', async () => {
  const body = JSON.stringify({ channels: [room(), '[broken'], messages: { data: 'x' } })
  const asked = async (version: string) => {
    const headers = { ...asKey, 'content-type': 'application/json', 'x-ably-version': version }
    return (await fetch(url('/messages'), { method: 'POST', headers, body })).json()
  }
  const [old, young] = await Promise.all([asked('2'), asked('6')])
  expect(old).toMatchObject([{ messageId: expect.any(String) }, { error: { code: 40010 } }])
  expect(young).toMatchObject({ successCount: 1, failureCount: 1, results: { length: 2 } })
})

test('[T27] ATTACHED repeats the params it knows, and only those', async () => {
  const socket = await raw()
  const params = { modes: 'subscribe', delta: 'vcdiff', agent: 'x/1', made: 'up' }
  const attached = await socket.attach(room(), { params })
  expect(attached.params).toEqual({ modes: 'subscribe', delta: 'vcdiff' })
  expect(flagsOf(attached) >> 16).toBe(4)
})

test('[T28] bytes stay bytes through MessagePack, live and in history', async () => {
  const name = room()
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  const received = heard<Ably.InboundMessage>()
  const channel = realtime(server.port, { useBinaryProtocol: true }).channels.get(name)
  await channel.subscribe((message) => received.add(message))
  await channel.publish('n', bytes)
  const [live] = await received.count(1)
  expect(Buffer.compare(live?.data, bytes)).toBe(0)
  const { items } = await rest(server.port, { useBinaryProtocol: true })
    .channels.get(name)
    .history()
  expect(Buffer.compare(items[0]?.data, bytes)).toBe(0)
})

test('[T29] what is sent again after a resume is not published again', async () => {
  const name = room()
  const before = await raw()
  const first = await before.publish(0, name, { data: 'a' }, { data: 'b' })
  await before.cut()
  const after = await raw({ key: KEY, resume: keyOf(before) })
  expect(after.first.connectionId).toBe(before.first.connectionId)
  const again = await after.publish(0, name, { data: 'a' }, { data: 'b' })
  expect(again).toMatchObject({ action: 1, res: first.res })
  await after.publish(1, name, { data: 'c' })
  const { items } = await rest(server.port).channels.get(name).history({ direction: 'forwards' })
  expect(items.map(({ data }) => data)).toEqual(['a', 'b', 'c'])
})

test('[T30] a rewind comes with the first attach, never with another', async () => {
  const name = room()
  const channel = rest(server.port).channels.get(name)
  await channel.publish('n', '1')
  const attach = { params: { rewind: '5' } }
  const before = await raw()
  const first = await before.attach(name, attach)
  expect(flagsOf(first) & (RESUMED | HAS_BACKLOG)).toBe(HAS_BACKLOG)
  const { channelSerial } = await before.frames.first(({ action }) => action === 15)
  expect(flagsOf(await before.attach(name, attach)) & HAS_BACKLOG).toBe(0)
  await before.cut()
  const after = await raw({ key: KEY, resume: keyOf(before) })
  const resumed = await after.attach(name, { ...attach, channelSerial })
  expect(flagsOf(resumed) & (RESUMED | HAS_BACKLOG)).toBe(RESUMED)
  const older = await raw()
  expect(flagsOf(await older.attach(name, { ...attach, flags: 32 })) & HAS_BACKLOG).toBe(0)
})

test('[T31] a new connection id comes with a new key', async () => {
  const before = await raw()
  await before.cut()
  const resumed = await raw({ key: KEY, resume: keyOf(before) })
  expect(resumed.first.connectionId).toBe(before.first.connectionId)
  const lost = await raw({ key: KEY, resume: 'nonsense' })
  expect(lost.first.connectionId).not.toBe(before.first.connectionId)
  expect(keyOf(lost)).not.toBe(keyOf(before))
  expect(keyOf(lost)).not.toBe('')
})

test('[T32] rights are asked at every publish, not only at the attach', async () => {
  const socket = await raw({ access_token: await ada.token() })
  const name = channelOf(readOnly)
  await writing('POST')
  expect(flagsOf(await socket.attach(name)) >> 16).toBe(1 | 2 | 4 | 8 | 32)
  expect((await socket.publish(0, name, { data: 'I may' })).action).toBe(1)
  await writing('DELETE')
  expect((await socket.publish(1, name, { data: 'no more' })).error?.code).toBe(40160)
  expect((await socket.attach(channelOf(home))).action).toBe(11)
})
