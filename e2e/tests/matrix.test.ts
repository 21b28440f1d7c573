// Every route and every frame, tried by everybody: the answers are those of the table, which is written by hand.

import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  ACTORS,
  type Actor,
  type Answers,
  CODES,
  FRAMES,
  REFUSED,
  REST,
} from '../lib/matrix-table.ts'
import { move, owner, type Person, signUp } from '../lib/person.ts'
import { openRaw, type Params, type Raw, type RawFrame } from '../lib/raw.ts'
import { KEY, ROOT, type Server, startServer } from '../lib/server.ts'
import { rest } from '../lib/stock.ts'
import { jwt, KEY_NAME } from '../lib/tokens.ts'
import { channelOf, document, home, readOnly } from '../lib/words.ts'

/** What an actor shows, and as whom the server knows them. */
type Shown = { readonly key?: string; readonly token?: string; readonly id?: string }

const [promotion] = document.settings?.promotions ?? []
const on = `${promotion?.type}:${home}`
const channel = channelOf(home)
const path = `/channels/${encodeURIComponent(channel)}`
const reading = document.settings?.sign_in?.find((each) => each.on.endsWith(`:${readOnly}`))?.role

/** The role that somebody gets who is restrained by this action. */
const restraint = (action: string) =>
  String(document.settings?.restraints?.find((each) => each.action === action)?.gives)

let server: Server
const shown = {} as Record<Actor, Shown>
const sockets: Raw[] = []

async function assignment(method: 'POST' | 'DELETE', person: Person, role: string, where = on) {
  const response = await fetch(`${server.url}/api/v1/role_assignments`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ person: person.id, role, on: where }),
  })
  if (!response.ok) throw new Error(await response.text())
}

async function stripped(name: string): Promise<Person> {
  const person = await signUp(server, name)
  await assignment('DELETE', person, String(promotion?.replaces))
  return person
}

beforeAll(async () => {
  server = await startServer()
  const grace = await owner(server)
  const moderator = await signUp(server, 'Moderator')
  await move(server, 'promote', home, moderator)
  const member = await signUp(server, 'Member')
  const reader = await stripped('Reader')
  await assignment('POST', reader, String(reading))
  const muted = await signUp(server, 'Muted')
  await assignment('POST', muted, restraint('mute'))
  const removed = await stripped('Removed')
  const banned = await signUp(server, 'Banned')
  await assignment('POST', banned, restraint('remove'))
  const as = ({ id }: Person): Shown => ({ token: jwt({ clientId: id }), id })
  Object.assign(shown, {
    key: { key: KEY },
    owner: as(grace),
    moderator: as(moderator),
    member: as(member),
    reader: as(reader),
    muted: as(muted),
    removed: as(removed),
    banned: as(banned),
    anonymous: { token: jwt() },
    otherApp: { token: jwt({ clientId: member.id, keyName: 'elsewhere.root' }) },
    expired: { token: jwt({ clientId: member.id, seconds: -5 }) },
    revoked: { token: jwt({ clientId: member.id, revocationKey: 'stolen' }) },
    nobody: {},
  } satisfies Record<Actor, Shown>)
  await rest(server.port).auth.revokeTokens([{ type: 'revocationKey', value: 'stolen' }])
})
afterEach(() => {
  for (const { ws } of sockets.splice(0)) ws.terminate()
})
afterAll(() => server.remove())

/** What the table says in words: `ok`, or the code. */
function expected(answers: Answers): Record<string, unknown> {
  expect(answers).toHaveLength(ACTORS.length)
  return Object.fromEntries(
    ACTORS.map((actor, index) => {
      const letter = answers[index] ?? ''
      return [actor, letter === '+' ? 'ok' : letter === 'x' ? REFUSED[actor] : CODES[letter]]
    }),
  )
}

/** A message on the channel, said by the owner's server for somebody. */
async function message(clientId?: string, on = channel): Promise<string> {
  const from = clientId === undefined ? {} : { clientId }
  const { serials } = await rest(server.port)
    .channels.get(on)
    .publish({ name: 'chat.message', data: { text: 'x', metadata: {} }, ...from })
  return String(serials[0])
}

/** The room that shares the rights of the channel. */
const room = `/chat/v4/rooms/${encodeURIComponent(channel)}`
const ROOM = '/chat/:version{v[0-9]+}/rooms/:room'

/** An address below a message of the room. */
async function inRoom(who: Shown, below = ''): Promise<string> {
  return `${room}/messages/${await message(who.id, `${channel}::$chat`)}${below}`
}

type Outcome = number | 'ok'

// REST

type Answer = { readonly status: number; readonly code: Outcome; readonly body: unknown }

async function ask(who: Shown, method: string, address: string, body?: object): Promise<Answer> {
  const authorization = who.key ? `Basic ${btoa(who.key)}` : who.token && `Bearer ${who.token}`
  const response = await fetch(`${server.url}${address}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const code = Number(response.headers.get('x-ably-errorcode'))
  return { status: response.status, code: response.ok ? 'ok' : code, body: await response.json() }
}

type Batch = { readonly results: readonly { readonly error?: { readonly code: number } }[] }

/** The answer for the one channel of a batch. */
function inBatch({ code, body }: Answer): Outcome {
  return code === 'ok' ? ((body as Batch).results[0]?.error?.code ?? 'ok') : code
}

const edit = (action: number) => ({ action, data: 'y' })
const requests: Readonly<Record<string, (who: Shown) => Promise<Outcome>>> = {
  'GET /time': async (who) => (await ask(who, 'GET', '/time')).code,
  'GET /stats': async (who) => (await ask(who, 'GET', '/stats')).code,
  'POST /keys/:keyName/requestToken': async (who) =>
    (await ask(who, 'POST', `/keys/${KEY_NAME}/requestToken`, {})).code,
  'POST /keys/:keyName/revokeTokens': async (who) =>
    (await ask(who, 'POST', `/keys/${KEY_NAME}/revokeTokens`, { targets: ['clientId:none'] })).code,
  'GET /channels': async (who) => (await ask(who, 'GET', '/channels')).code,
  'GET /channels naming the channel': async (who) => {
    const there = await raw({ key: KEY })
    await there.attach(channel)
    const { code, body } = await ask(who, 'GET', '/channels')
    return code !== 'ok' || (body as string[]).includes(channel) ? code : 40160
  },
  'GET /channels/:channel': async (who) => (await ask(who, 'GET', path)).code,
  'POST /channels/:channel': async (who) => (await ask(who, 'POST', path, {})).code,
  'POST /channels/:channel/messages': async (who) =>
    (await ask(who, 'POST', `${path}/messages`, { data: 'x' })).code,
  'POST /channels/:channel/messages ephemeral': async (who) =>
    (await ask(who, 'POST', `${path}/messages`, { data: 'x', extras: { ephemeral: true } })).code,
  'GET /channels/:channel/messages': async (who) =>
    (await ask(who, 'GET', `${path}/messages`)).code,
  'GET /channels/:channel/messages/:serial': async (who) =>
    (await ask(who, 'GET', `${path}/messages/${await message()}`)).code,
  'GET /channels/:channel/messages/:serial/versions': async (who) =>
    (await ask(who, 'GET', `${path}/messages/${await message()}/versions`)).code,
  'PATCH /channels/:channel/messages/:serial own': async (who) =>
    (await ask(who, 'PATCH', `${path}/messages/${await message(who.id)}`, edit(1))).code,
  'PATCH /channels/:channel/messages/:serial another’s': async (who) =>
    (await ask(who, 'PATCH', `${path}/messages/${await message('eve')}`, edit(1))).code,
  'PATCH /channels/:channel/messages/:serial delete own': async (who) =>
    (await ask(who, 'PATCH', `${path}/messages/${await message(who.id)}`, edit(2))).code,
  'PATCH /channels/:channel/messages/:serial delete another’s': async (who) =>
    (await ask(who, 'PATCH', `${path}/messages/${await message('eve')}`, edit(2))).code,
  'GET /channels/:channel/presence': async (who) =>
    (await ask(who, 'GET', `${path}/presence`)).code,
  'GET /channels/:channel/presence/history': async (who) =>
    (await ask(who, 'GET', `${path}/presence/history`)).code,
  'POST /channels/:channel/messages/:serial/annotations': async (who) =>
    (
      await ask(who, 'POST', `${path}/messages/${await message()}/annotations`, [
        { type: 'seen:total.v1' },
      ])
    ).code,
  'GET /channels/:channel/messages/:serial/annotations': async (who) =>
    (await ask(who, 'GET', `${path}/messages/${await message()}/annotations`)).code,
  'GET /channels/:channel/messages/:serial/client-summary': async (who) =>
    (await ask(who, 'GET', `${path}/messages/${await message()}/client-summary?forClientId=x`))
      .code,
  [`POST ${ROOM}/messages`]: async (who) =>
    (await ask(who, 'POST', `${room}/messages`, { text: 'x' })).code,
  [`GET ${ROOM}/messages`]: async (who) => (await ask(who, 'GET', `${room}/messages`)).code,
  [`GET ${ROOM}/occupancy`]: async (who) => (await ask(who, 'GET', `${room}/occupancy`)).code,
  [`GET ${ROOM}/messages/:serial`]: async (who) => (await ask(who, 'GET', await inRoom(who))).code,
  [`PUT ${ROOM}/messages/:serial`]: async (who) =>
    (await ask(who, 'PUT', await inRoom(who), { message: { text: 'y' } })).code,
  [`POST ${ROOM}/messages/:serial/delete`]: async (who) =>
    (await ask(who, 'POST', await inRoom(who, '/delete'), {})).code,
  [`GET ${ROOM}/messages/:serial/versions`]: async (who) =>
    (await ask(who, 'GET', await inRoom(who, '/versions'))).code,
  [`POST ${ROOM}/messages/:serial/reactions`]: async (who) =>
    (await ask(who, 'POST', await inRoom(who, '/reactions'), { type: 'unique', name: '+1' })).code,
  [`DELETE ${ROOM}/messages/:serial/reactions`]: async (who) =>
    (await ask(who, 'DELETE', await inRoom(who, '/reactions?type=unique&name=x'))).code,
  [`GET ${ROOM}/messages/:serial/client-reactions`]: async (who) =>
    (await ask(who, 'GET', await inRoom(who, '/client-reactions?forClientId=x'))).code,
  'POST /messages': async (who) =>
    inBatch(await ask(who, 'POST', '/messages', { channels: channel, messages: { data: 'x' } })),
  'GET /presence': async (who) =>
    inBatch(await ask(who, 'GET', `/presence?channels=${encodeURIComponent(channel)}`)),
}

// Frames

async function raw(params: Params): Promise<Raw & { readonly first: RawFrame }> {
  const socket = await openRaw(server.port, params)
  sockets.push(socket)
  return socket
}

const outcome = ({ error }: RawFrame): Outcome => error?.code ?? 'ok'
type Say = (socket: Raw, who: Shown) => Promise<Outcome>

/** Sends one frame and waits for its answer. */
function say(frame: object, answered: (frame: RawFrame) => boolean): Say {
  return async (socket) => {
    socket.send(frame)
    return outcome(await socket.frames.first((each, index) => index > 0 && answered(each)))
  }
}

const publish = (more: object): Say => {
  return async (socket) => outcome(await socket.publish(0, channel, { data: 'x', ...more }))
}

const amend = (action: 1 | 2, whose: 'own' | 'another’s'): Say => {
  return async (socket, who) => {
    const serial = await message(whose === 'own' ? who.id : 'eve')
    return outcome(await socket.publish(0, channel, { serial, action, data: 'y', version: {} }))
  }
}

const numbered = ({ action, msgSerial }: RawFrame) => action < 3 && msgSerial === 0
const filter = Buffer.from('name').toString('base64')

const frames: Readonly<Record<string, Say>> = {
  '0 HEARTBEAT': say({ action: 0, id: 'p' }, ({ id }) => id === 'p'),
  '5 DISCONNECT': async (socket) => {
    socket.send({ action: 5 })
    await socket.events.first((event) => event === 'close')
    return 'ok'
  },
  '7 CLOSE': say({ action: 7 }, ({ action }) => action === 8),
  '10 ATTACH': async (socket) => outcome(await socket.attach(channel)),
  '10 ATTACH rewind': async (socket) =>
    outcome(await socket.attach(channel, { params: { rewind: '1' } })),
  '10 ATTACH filter': async (socket) =>
    outcome(await socket.attach(`[filter=${filter}]${channel}`)),
  '10 ATTACH [permissions]': async (socket) =>
    outcome(await socket.attach(`[permissions]${channel}`)),
  '12 DETACH': say({ action: 12, channel }, ({ action }) => action === 13),
  '14 PRESENCE': async (socket, who) =>
    say(
      { action: 14, channel, msgSerial: 0, presence: [{ action: 2, clientId: who.id ?? 'x' }] },
      numbered,
    )(socket, who),
  '15 MESSAGE': publish({}),
  '15 MESSAGE ephemeral': publish({ extras: { ephemeral: true } }),
  '15 MESSAGE [permissions]': async (socket) =>
    outcome(await socket.publish(0, `[permissions]${channel}`, { data: 'x' })),
  '15 MESSAGE update own': amend(1, 'own'),
  '15 MESSAGE update another’s': amend(1, 'another’s'),
  '15 MESSAGE delete own': amend(2, 'own'),
  '15 MESSAGE delete another’s': amend(2, 'another’s'),
  '16 SYNC': async (socket) => {
    await socket.attach(channel)
    const from = socket.frames.all.length
    socket.send({ action: 16, channel })
    socket.send({ action: 0, id: 'after' })
    // What comes before the answer to the later frame is the answer to this one.
    await socket.frames.first(({ id }) => id === 'after')
    const synced = socket.frames.all.slice(from).some(({ action }) => action === 16)
    return synced ? 'ok' : 40160
  },
  '17 AUTH': async (socket, who) =>
    say(
      { action: 17, auth: { accessToken: who.token ?? jwt({ clientId: '*' }) } },
      ({ action }) => action === 4 || action === 9,
    )(socket, who),
  '19 OBJECT': say({ action: 19, channel, msgSerial: 0, state: [] }, numbered),
  '21 ANNOTATION': async (socket, who) => {
    const annotations = [{ type: 'seen:total.v1', messageSerial: await message() }]
    return say({ action: 21, channel, msgSerial: 0, annotations }, numbered)(socket, who)
  },
}

async function framed(who: Shown, run: Say): Promise<Outcome> {
  const params: Params = who.key
    ? { key: who.key }
    : who.token === undefined
      ? {}
      : { access_token: who.token }
  const socket = await raw(params)
  return socket.first.action === 4 ? run(socket, who) : outcome(socket.first)
}

async function everybody(run: (who: Shown) => Promise<Outcome>): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {}
  for (const actor of ACTORS) outcomes[actor] = await run(shown[actor])
  return outcomes
}

describe('over REST', () => {
  for (const [name, answers] of Object.entries(REST)) {
    test(name, async () => {
      const run = requests[name]
      if (run === undefined) throw new Error(`nobody tries \`${name}\``)
      expect(await everybody(run)).toEqual(expected(answers))
    })
  }

  test('the table has every route of the server, and no other', async () => {
    const built = join(ROOT, 'packages/server/dist/rest/ably/routes.js')
    const { ABLY_ROUTES } = (await import(built)) as {
      ABLY_ROUTES: readonly { method: string; path: string; needs: { who: string } }[]
    }
    const routes = ABLY_ROUTES.map(({ method, path: at }) => `${method} ${at}`)
    const tried = Object.keys(REST).map((name) => name.split(' ').slice(0, 2).join(' '))
    expect([...new Set(tried)].sort()).toEqual([...new Set(routes)].sort())
    // Who needs nothing is answered whatever they show; who needs a credential is not.
    for (const { method, path: at, needs } of ABLY_ROUTES) {
      const open = REST[`${method} ${at}`]?.endsWith('++++') ?? false
      expect([at, needs.who === 'anyone']).toEqual([at, open])
    }
  })
})

describe('by frames', () => {
  for (const [name, answers] of Object.entries(FRAMES)) {
    test(name, async () => {
      const run = frames[name]
      if (run === undefined) throw new Error(`nobody tries \`${name}\``)
      expect(await everybody((who) => framed(who, run))).toEqual(expected(answers))
    })
  }

  test('the table has every frame the server knows, and no other', async () => {
    const built = join(ROOT, 'packages/server/dist/wire/ably/permissions.js')
    const { FRAME_PERMISSIONS } = (await import(built)) as {
      FRAME_PERMISSIONS: Readonly<Record<string, unknown>>
    }
    const tried = Object.keys(FRAMES).map((name) => name.split(' ')[0])
    expect([...new Set(tried)].sort()).toEqual(Object.keys(FRAME_PERMISSIONS).sort())
  })
})
