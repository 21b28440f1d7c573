// The chat SDK, unmodified, this minor version and the one before, in both encodings: rooms, messages, reactions, typing,
// presence, occupancy; and rights that change while somebody is in a room.

import * as chatNow from '@ably/chat'
import * as chatBefore from '@ably/chat-previous'
import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Heard, heard } from '../lib/heard.ts'
import { openLink } from '../lib/link.ts'
import { move, owner, type Person, signUp } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, codeOf, realtime, rest, until } from '../lib/stock.ts'
import { document, home, inner, readOnly } from '../lib/words.ts'

type Chat = typeof chatNow
type Options = Parameters<chatNow.Rooms['get']>[1]

/** Refusals are what the tests look at; the SDK would print each. */
const quiet = { logLevel: 'silent' as chatNow.LogLevel }

let server: Server
let ada: Person
let bob: Person
let rooms = 0

beforeAll(async () => {
  server = await startServer()
  await owner(server)
  ada = await signUp(server, 'Ada Lovelace')
  bob = await signUp(server, 'Bob Kahn')
})
afterEach(() => closeClients())
afterAll(() => server.remove())

/** A room nobody else uses. */
function roomName(): string {
  rooms += 1
  return `quay-${rooms}`
}

async function enter(
  { ChatClient }: Chat,
  client: Ably.Realtime,
  name: string,
  options: Options = {},
): Promise<chatNow.Room> {
  const room = await new ChatClient(client, quiet).rooms.get(name, options)
  await room.attach()
  return room
}

function said(room: chatNow.Room): Heard<chatNow.ChatMessageEvent> {
  const events = heard<chatNow.ChatMessageEvent>()
  room.messages.subscribe((event) => events.add(event))
  return events
}

const texts = (messages: readonly chatNow.Message[]) => messages.map(({ text }) => text)

describe.each([
  ['1.4 in JSON', chatNow, false],
  ['1.4 in MessagePack', chatNow, true],
  // The same by type: only the versions differ.
  ['1.3 in MessagePack', chatBefore as unknown as Chat, true],
] as const)('the chat SDK %s', (_, chat, useBinaryProtocol) => {
  /** Somebody the owner's own server speaks for: the key decides. */
  const as = (clientId: string) => realtime(server.port, { key: KEY, clientId, useBinaryProtocol })
  const both = async (options: Options = {}) => {
    const name = roomName()
    const ann = await enter(chat, as('ann'), name, options)
    return { name, ann, ben: await enter(chat, as('ben'), name, options) }
  }

  test('messages are sent, edited and deleted, heard by everybody, read back one by one', async () => {
    const { ann, ben } = await both()
    const events = said(ben)
    const sent = await ann.messages.send({
      text: 'hello',
      metadata: { a: [1] },
      headers: { lang: 'en' },
    })
    expect(sent).toMatchObject({
      text: 'hello',
      clientId: 'ann',
      metadata: { a: [1] },
      headers: { lang: 'en' },
      action: 'message.create',
    })
    const [created] = await events.count(1)
    expect(created?.type).toBe('message.created')
    expect(created?.message).toEqual(sent)
    const edited = await ann.messages.update(
      sent.serial,
      { text: 'hello!' },
      { description: 'louder', metadata: { why: 'x' } },
    )
    expect(edited).toMatchObject({
      serial: sent.serial,
      text: 'hello!',
      metadata: {},
      headers: {},
      clientId: 'ann',
      version: { clientId: 'ann', description: 'louder', metadata: { why: 'x' } },
    })
    expect(edited.version.serial > sent.version.serial).toBe(true)
    expect(edited.version.timestamp.getTime()).toBeGreaterThan(sent.timestamp.getTime())
    const [, updated] = await events.count(2)
    expect(updated?.message).toEqual(edited)
    const deleted = await ann.messages.delete(sent.serial, { description: 'gone' })
    expect(deleted).toMatchObject({ text: '', metadata: {}, headers: {}, action: 'message.delete' })
    const [, , removed] = await events.count(3)
    expect(removed?.type).toBe('message.deleted')
    expect(sent.with(removed as chatNow.ChatMessageEvent).action).toBe('message.delete')
    expect(await ben.messages.get(sent.serial)).toEqual(deleted)
    // New in 1.4.
    if (chat === chatNow) {
      const versions = await ben.messages.getVersions(sent.serial)
      expect(texts(versions.items)).toEqual(['hello', 'hello!', ''])
    }
    expect(await codeOf(ben.messages.get('01700000000000-000@nowhere:000'))).toBe(40400)
  })

  test('history is read page by page, and until the moment one began to listen', async () => {
    const { ann, name } = await both()
    for (const text of ['1', '2', '3']) await ann.messages.send({ text })
    const late = await enter(chat, as('cyd'), name)
    const subscription = late.messages.subscribe(() => undefined)
    await ann.messages.send({ text: '4' })
    const before = await subscription.historyBeforeSubscribe({ limit: 2 })
    expect(texts(before.items)).toEqual(['3', '2'])
    expect(texts((await before.next())?.items ?? [])).toEqual(['1'])
    const page = await late.messages.history({ orderBy: chat.OrderBy.OldestFirst, limit: 3 })
    expect(texts(page.items)).toEqual(['1', '2', '3'])
    const rest = await page.next()
    expect(texts(rest?.items ?? [])).toEqual(['4'])
    expect(rest?.hasNext()).toBe(false)
  })

  test('reactions to messages of all three kinds, their sums, single ones, and one’s own', async () => {
    const { ann, ben } = await both({ messages: { rawMessageReactions: true } })
    const message = await ann.messages.send({ text: 'react!' })
    const sums = heard<chatNow.MessageReactionSummaryEvent>()
    const single = heard<chatNow.MessageReactionRawEvent>()
    ann.messages.reactions.subscribe((event) => sums.add(event))
    ann.messages.reactions.subscribeRaw((event) => single.add(event))
    const { Unique, Distinct, Multiple } = chat.MessageReactionType
    const send = (name: string, type: chatNow.MessageReactionType, count?: number) =>
      ben.messages.reactions.send(message.serial, {
        name,
        type,
        ...(count === undefined ? {} : { count }),
      })
    await send('👍', Unique)
    await send('👎', Unique)
    await send('🎉', Distinct)
    await send('👏', Multiple, 3)
    const all = await sums.count(4)
    expect(all[3]?.messageSerial).toBe(message.serial)
    expect(all[3]?.reactions).toEqual({
      unique: { '👎': { total: 1, clientIds: ['ben'], clipped: false } },
      distinct: { '🎉': { total: 1, clientIds: ['ben'], clipped: false } },
      multiple: {
        '👏': {
          total: 3,
          clientIds: { ben: 3 },
          totalUnidentified: 0,
          totalClientIds: 1,
          clipped: false,
        },
      },
    })
    const raw = await single.count(4)
    expect(raw.map(({ type, reaction }) => [type, reaction.name, reaction.clientId])).toEqual(
      ['👍', '👎', '🎉', '👏'].map((name) => ['reaction.create', name, 'ben']),
    )
    await ben.messages.reactions.delete(message.serial, { type: Unique })
    await ben.messages.reactions.delete(message.serial, { type: Multiple, name: '👏' })
    const [, , , , , last] = await sums.count(6)
    expect(last?.reactions).toMatchObject({ unique: {}, multiple: {} })
    const read = await ann.messages.get(message.serial)
    expect(read.reactions.distinct['🎉']).toMatchObject({ total: 1, clientIds: ['ben'] })
    const { items } = await ann.messages.history({})
    expect(items[0]?.reactions.distinct['🎉']?.total).toBe(1)
    const theirs = await ann.messages.reactions.clientReactions(message.serial, 'ben')
    expect(theirs.distinct?.['🎉']?.clientIds).toEqual(['ben'])
    const own = await ann.messages.reactions.clientReactions(message.serial)
    expect(own.distinct ?? {}).toEqual({})
  })

  test('room reactions and typing are heard live and kept nowhere', async () => {
    const { ann, ben } = await both()
    const reactions = heard<chatNow.RoomReactionEvent>()
    const typing = heard<chatNow.TypingSetEvent>()
    ben.reactions.subscribe((event) => reactions.add(event))
    ben.typing.subscribe((event) => typing.add(event))
    await ann.reactions.send({ name: 'heart', metadata: { big: true }, headers: { h: 'x' } })
    expect((await reactions.first(() => true)).reaction).toMatchObject({
      name: 'heart',
      metadata: { big: true },
      headers: { h: 'x' },
      clientId: 'ann',
      isSelf: false,
    })
    await ann.typing.keystroke()
    const started = await typing.first(({ currentlyTyping }) => currentlyTyping.has('ann'))
    expect(started.change.clientId).toBe('ann')
    await ann.typing.stop()
    await typing.first(({ currentlyTyping }) => currentlyTyping.size === 0)
    expect((await ben.messages.history({})).items).toEqual([])
  })

  test('presence: who is here, what they say of themselves, and that they leave', async () => {
    const { ann, ben } = await both()
    const events = heard<chatNow.PresenceEvent>()
    ben.presence.subscribe((event) => events.add(event))
    await ann.presence.enter({ mood: 'good' })
    expect((await events.first(({ type }) => type === 'enter')).member).toMatchObject({
      clientId: 'ann',
      data: { mood: 'good' },
    })
    await ann.presence.update({ mood: 'better' })
    await events.first(({ type }) => type === 'update')
    expect(await ben.presence.isUserPresent('ann')).toBe(true)
    expect((await ben.presence.get()).map(({ data }) => data)).toEqual([{ mood: 'better' }])
    await ann.presence.leave()
    await events.first(({ type }) => type === 'leave')
    expect(await ben.presence.get()).toEqual([])
  })

  test('occupancy is told at once and with every change, and can be asked for', async () => {
    const name = roomName()
    const options = { occupancy: { enableEvents: true } }
    const watching = await new chat.ChatClient(as('ann'), quiet).rooms.get(name, options)
    const numbers = heard<chatNow.OccupancyEvent>()
    watching.occupancy.subscribe((event) => numbers.add(event))
    await watching.attach()
    await numbers.first(({ occupancy }) => occupancy.connections === 1)
    const ben = await enter(chat, as('ben'), name)
    await numbers.first(({ occupancy }) => occupancy.connections === 2)
    await ben.presence.enter()
    await numbers.first(({ occupancy }) => occupancy.presenceMembers === 1)
    expect(await watching.occupancy.get()).toEqual({ connections: 2, presenceMembers: 1 })
    await ben.detach()
    await numbers.first(
      ({ occupancy }) => occupancy.presenceMembers === 0 && occupancy.connections === 1,
    )
  })
})

describe('rooms', () => {
  const as = (clientId: string, port = server.port) => realtime(port, { key: KEY, clientId })

  test('a room may be called anything a channel may be called', async () => {
    const name = 'a/b: grüße? 100% #1'
    const room = await enter(chatNow, as('ann'), name)
    const events = said(room)
    const sent = await room.messages.send({ text: 'here' })
    expect((await events.count(1))[0]?.message).toEqual(sent)
    await room.messages.reactions.send(sent.serial, { name: 'x' })
    expect(texts((await room.messages.history({})).items)).toEqual(['here'])
  })

  test('a connection that breaks goes on in the room without a gap', async () => {
    const link = await openLink(server.port)
    const client = as('ann', link.port)
    const name = roomName()
    const room = await enter(chatNow, client, name)
    const events = said(room)
    const gaps = heard<unknown>()
    room.onDiscontinuity((reason) => gaps.add(reason))
    const other = await enter(chatNow, as('ben'), name)
    const { serial } = await other.messages.send({ text: 'before' })
    await events.count(1)
    link.shut()
    await until(client, 'disconnected')
    await other.messages.update(serial, { text: 'meanwhile' })
    await other.messages.send({ text: 'missed' })
    link.open()
    await events.count(3)
    expect(texts(events.all.map(({ message }) => message))).toEqual([
      'before',
      'meanwhile',
      'missed',
    ])
    expect(gaps.all).toEqual([])
    client.close()
    await link.close()
  })

  test('a message sent twice under one key is one message', async () => {
    const name = roomName()
    const room = await enter(chatNow, as('ann'), name)
    const send = async () => {
      const address = `${server.url}/chat/v4/rooms/${name}/messages?idempotencyKey=once`
      const response = await fetch(address, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(KEY).toString('base64')}`,
          'x-ably-clientid': Buffer.from('ann').toString('base64'),
          'content-type': 'application/json',
        },
        body: JSON.stringify({ text: 'once' }),
      })
      expect(response.status).toBe(201)
      return response.json()
    }
    expect(await send()).toEqual(await send())
    expect(texts((await room.messages.history({})).items)).toEqual(['once'])
  })

  test('who has no name may listen in a room and say nothing', async () => {
    const path = `/chat/v4/rooms/${roomName()}/messages`
    const answer = await rest(server.port).request('post', path, 4, {}, { text: 'x' }, {})
    expect([answer.statusCode, answer.errorCode]).toEqual([401, 40161])
    const wrong = await rest(server.port, { clientId: 'ann' }).request('post', path, 4, {}, {}, {})
    expect([wrong.statusCode, wrong.errorCode]).toEqual([400, 40030])
  })
})

const [promotion] = document.settings?.promotions ?? []

/** Gives or takes a role, as the owner's own server. */
async function assignment(method: 'POST' | 'DELETE', who: Person, role: string, key: string) {
  const response = await fetch(`${server.url}/api/v1/role_assignments`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ person: who.id, role, on: `${promotion?.type}:${key}` }),
  })
  expect(response.status).toBe(200)
}

describe('rights that change while somebody is in a room', () => {
  const client = (who: Person) =>
    realtime(
      server.port,
      asking(() => who.token()),
    )
  const status = (room: chatNow.Room, wanted: chatNow.RoomStatus) =>
    room.status === wanted
      ? Promise.resolve(room.error)
      : new Promise<Ably.ErrorInfo | undefined>((resolve) => {
          const { off } = room.onStatusChange(({ current, error }) => {
            if (current !== wanted) return
            off()
            resolve(error)
          })
        })

  test('a room is governed like the channel of its name, and is another stream', async () => {
    const adas = client(ada)
    const room = await enter(chatNow, adas, home)
    const message = await room.messages.send({ text: 'in the room' })
    expect(message.clientId).toBe(ada.id)
    const closed = await new chatNow.ChatClient(adas, quiet).rooms.get(inner, {})
    expect(await codeOf(closed.attach())).toBe(40160)
    const unheard = await new chatNow.ChatClient(adas, quiet).rooms.get('no-such-room', {})
    expect(await codeOf(unheard.attach())).toBe(40160)
  })

  test('who may only read is told so; with the right given, everything works in place', async () => {
    const room = await enter(chatNow, client(ada), readOnly)
    expect(await codeOf(room.messages.send({ text: 'no' }))).toBe(40160)
    expect(room.channel.modes).not.toContain('publish')
    await assignment('POST', ada, promotion?.replaces ?? '', readOnly)
    await room.messages.send({ text: 'yes' })
    await room.typing.keystroke()
    expect(room.channel.modes).toContain('publish')
    await assignment('DELETE', ada, promotion?.replaces ?? '', readOnly)
    expect(await codeOf(room.messages.send({ text: 'no more' }))).toBe(40160)
    expect(room.channel.modes).not.toContain('publish')
    expect(room.status).toBe('attached')
    expect(texts((await room.messages.history({})).items)).toEqual(['yes'])
  })

  test('a role taken away fails the room at once, hears nothing more, and comes back with it', async () => {
    await move(server, 'promote', home, bob)
    const room = await enter(chatNow, client(bob), inner)
    const events = said(room)
    const others = await enter(
      chatNow,
      realtime(server.port, { key: KEY, clientId: 'host' }),
      inner,
    )
    const message = await others.messages.send({ text: 'before' })
    await events.count(1)
    await room.presence.enter()
    const left = heard<chatNow.PresenceEvent>()
    others.presence.subscribe((event) => left.add(event))
    const failed = status(room, chatNow.RoomStatus.Failed)
    await move(server, 'demote', home, bob)
    expect((await failed)?.code).toBe(40160)
    await left.first(({ type, member }) => type === 'leave' && member.clientId === bob.id)
    const reaction = { name: '👍' }
    expect(await codeOf(room.messages.reactions.send(message.serial, reaction))).toBe(40160)
    expect(await codeOf(room.messages.history({}))).toBe(40160)
    await others.messages.send({ text: 'while away' })
    await move(server, 'promote', home, bob)
    await room.attach()
    await others.messages.send({ text: 'after' })
    await events.first((event) => event.message.text === 'after')
    expect(texts(events.all.map((event) => event.message))).toEqual(['before', 'after'])
    await room.messages.reactions.send(message.serial, reaction)
    await move(server, 'demote', home, bob)
  })

  test('editing and deleting by right: one’s own, and anyone’s with the role for it', async () => {
    const hers = await enter(chatNow, client(ada), home)
    const his = await enter(chatNow, client(bob), home)
    const { serial } = await hers.messages.send({ text: 'mine' })
    expect(await codeOf(his.messages.delete(serial))).toBe(40160)
    expect(await codeOf(his.messages.update(serial, { text: 'his' }))).toBe(40160)
    await move(server, 'promote', home, bob)
    expect((await his.messages.delete(serial)).version.clientId).toBe(bob.id)
    await move(server, 'demote', home, bob)
    const another = await hers.messages.send({ text: 'another' })
    expect(await codeOf(his.messages.delete(another.serial))).toBe(40160)
    await hers.messages.delete(another.serial)
  })
})
