// The intended rules, row by row, by both public doors: REST, and the stock client. The numbers of checks and faults are those of the
// published rules this desk is measured against.

import { Rest } from 'ably'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ask,
  type Desk,
  endDesk,
  freshDesk,
  give,
  listen,
  online,
  onlineVisitor,
  opens,
  operator,
  refusal,
  take,
  type View,
} from './desk-case.ts'
import { type Caller, signUp } from './people.ts'
import { KEY } from './serving.ts'
import { byKey, door, type Json, type Session, signed, visit } from './widget-case.ts'

let desk: Desk
let olga: Caller
let otto: Caller
let sue: Caller

type Talk = Session & { readonly view: View }

beforeAll(async () => {
  desk = await freshDesk()
  const { server } = desk
  olga = await operator(server, 'Olga')
  otto = await operator(server, 'Otto')
  sue = await operator(server, 'Sue', 'supervisor')
  for (const who of [olga, otto, sue])
    await ask(desk.owner, 'PUT', `/operators/${who.id}`, { capacity: 100 })
}, 60_000)

afterAll(endDesk)

const comes = (body: Json = {}) => visit(desk.server, desk.widget, body)

async function waiting(): Promise<Talk> {
  const session = await comes()
  const { conversation } = await opens(desk.server, session.visitor.id, { text: 'Hello' })
  return { ...session, view: conversation }
}

async function claimed(who: Caller = olga): Promise<Talk> {
  const one = await waiting()
  expect((await move(who, one, 'claim')).status).toBe(200)
  return one
}

const move = (who: Caller, { view }: Talk, verb: string, body?: Json) =>
  ask<View>(who, 'POST', `/conversations/${view.key}/${verb}`, body)
const read = (who: Caller, { view }: Talk) => ask<View>(who, 'GET', `/conversations/${view.key}`)
const theirs = (one: Talk, on = one.view.channel) =>
  onlineVisitor(desk.server, one).channels.get(on)
const hers = (who: Caller, { view }: Talk) => online(desk.server, who).channels.get(view.channel)
const code = async (work: Promise<unknown>) => (await refusal(work)).code
const kindsIn = (items: readonly { name?: string; data?: unknown }[]) =>
  items.map(({ name, data }) => (name === 'event' ? (data as { kind: string }).kind : name))

/** By the realtime REST interface, with a token. */
async function byRest(method: string, path: string, bearer: string, body?: unknown) {
  const response = await fetch(`${desk.server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const said = (await response.json()) as { error?: { code: number }; code?: string }
  return { status: response.status, code: said.error?.code ?? said.code }
}
const messages = ({ view }: Talk) => `/channels/${encodeURIComponent(view.channel)}/messages`

describe('rows of locations', () => {
  test('everything else: a visitor reads and writes nothing but conversations', async () => {
    const one = await claimed()
    for (const name of ['chat:general', 'dm:x', 'free', '[me]', '[desk]', 'room-metadata'])
      expect([40160, 40161]).toContain(await code(theirs(one, name).attach()))
    const rest = await byRest('POST', '/channels/free/messages', one.token, { data: 'x' })
    expect(rest.code).toBe(40160)
  })

  test('all conversations, read: operators, as far as each may; visitors only their own', async () => {
    const one = await claimed()
    const keys = async (who: Caller) =>
      (await ask<{ items: View[] }>(who, 'GET', '/conversations?limit=200')).body.items.map(
        ({ key }) => key,
      )
    expect(await keys(sue)).toContain(one.view.key)
    expect(await keys(otto)).not.toContain(one.view.key)
    const other = await waiting()
    const own = await door(desk.server, 'GET', '/conversations', { device: other.device })
    expect((own.body.items as View[]).map(({ key }) => key)).toEqual([other.view.key])
    const list = await byRest('GET', '/api/v1/desk/conversations', one.token)
    expect(list.status).toBe(401)
  })

  test('all conversations, write: nobody, also not who runs the place (fault 19)', async () => {
    for (const method of ['DELETE', 'PUT'] as const) {
      const whole = await byKey(desk.server, method, '/desk/conversations', {}).catch(() => ({
        status: 404,
      }))
      expect(whole.status).toBe(404)
    }
    expect(await code(online(desk.server, desk.owner).channels.get('desk:*').attach())).toBe(40160)
  })

  test('one conversation, read: its visitor and those who work on it', async () => {
    const one = await claimed()
    expect((await read(olga, one)).status).toBe(200)
    expect((await read(otto, one)).status).toBe(404)
    expect((await theirs(one).history()).items.length).toBeGreaterThan(0)
    expect((await byRest('GET', messages(one), one.token)).status).toBe(200)
    const stranger = await comes()
    expect((await byRest('GET', messages(one), stranger.token)).code).toBe(40160)
  })

  test('one conversation, write: field by field, and no unknown field', async () => {
    const one = await claimed()
    for (const body of [
      { state: 'closed' },
      { assignee: otto.id },
      { visitor: 'v-x' },
      { openedBy: olga.id },
      { labels: ['x'], colour: 'red' },
    ]) {
      const path = `/conversations/${one.view.key}`
      const { status, body: problem } = await ask(olga, 'PATCH', path, body)
      expect([status, problem.code]).toEqual([400, 'body_invalid'])
    }
    const opening = { visitor: one.visitor.id, state: 'closed' }
    expect((await ask(olga, 'POST', '/conversations', opening)).status).toBe(400)
    const own = { device: one.device, body: { text: 'x', state: 'closed' } }
    expect((await door(desk.server, 'POST', '/conversations', own)).status).toBe(400)
  })

  test('id and creator: the server’s to say, whoever opens (faults 3, 5)', async () => {
    const { device, visitor } = await comes()
    for (const body of [{ key: 'mine' }, { openedBy: olga.id }, { visitor: 'v-x' }]) {
      const said = await door(desk.server, 'POST', '/conversations', { device, body })
      expect([said.status, said.body.code]).toEqual([400, 'body_invalid'])
    }
    const { body } = await door(desk.server, 'POST', '/conversations', { device, body: {} })
    const { key, channel } = body.conversation as View
    expect([key.length, channel]).toEqual([20, `desk:${key}`])
    const seen = await ask<View>(olga, 'GET', `/conversations/${key}`)
    expect(seen.body).toMatchObject({
      openedBy: { id: visitor.id, isVisitor: true },
      visitor: { id: visitor.id },
    })
  })

  test('waiting and closed: born as who opens it says, moved by commands alone (fault 10)', async () => {
    const one = await waiting()
    expect(one.view).toMatchObject({ state: 'waiting' })
    expect(one.view.assignee).toBeUndefined()
    const { visitor } = await comes()
    const mine = await ask<{ conversation: View }>(olga, 'POST', '/conversations', {
      visitor: visitor.id,
    })
    expect(mine.body.conversation).toMatchObject({ state: 'open', assignee: { id: olga.id } })
    const put = await byKey(desk.server, 'PATCH', `/resources/conversation:${one.view.key}`, {
      attributes: { state: 'closed' },
    })
    expect(put.body.code).toBe('desk_owned')
    expect((await read(olga, one)).body.state).toBe('waiting')
  })

  test('who is in it: operators alone add and take away (faults 7, 8, 9)', async () => {
    const one = await claimed()
    const stranger = await comes()
    for (const bearer of [one.token, stranger.token, one.device]) {
      const verbs = ['join', 'assign', 'transfer', 'leave', 'watch', 'release'] as const
      for (const verb of verbs) {
        const path = `/api/v1/desk/conversations/${one.view.key}/${verb}`
        const { status } = await byRest('POST', path, bearer, { operator: otto.id })
        expect([verb, [401, 403].includes(status)]).toEqual([verb, true])
      }
    }
    expect((await move(otto, one, 'join')).status).toBe(404)
    expect((await move(sue, one, 'join')).status).toBe(200)
    expect((await read(sue, one)).body.joined).toMatchObject([{ id: sue.id }])
    expect((await move(sue, one, 'leave')).status).toBe(200)
  })

  test('all messages of all: read and written by nobody', async () => {
    const one = await claimed()
    for (const client of [
      online(desk.server, olga),
      online(desk.server, sue),
      onlineVisitor(desk.server, one),
    ]) {
      for (const name of ['desk:*', 'desk', '[desk]*'])
        expect([40010, 40160]).toContain(await code(client.channels.get(name).attach()))
    }
    const keyless = theirs(one, 'desk:')
    const fleeting = { name: 'x', extras: { ephemeral: true } }
    expect(await code(keyless.history())).toBe(40160)
    expect(await code(keyless.publish('text', { text: 'x' }))).toBe(40160)
    expect(await code(keyless.publish(fleeting))).toBe(40160)
    expect(await code(keyless.attach())).toBe(40160)
    const all = await byRest('GET', '/channels/desk:*/messages', one.token)
    expect(all.code).toBe(40160)
  })

  test('messages of one: read by its visitor and those who may read it, and by no other', async () => {
    const one = await claimed()
    for (const channel of [theirs(one), hers(olga, one), hers(sue, one)])
      expect(kindsIn((await channel.history()).items)).toContain('text')
    expect(await code(hers(otto, one).history())).toBe(40160)
    expect(await code(theirs({ ...(await comes()), view: one.view }).history())).toBe(40160)
  })

  test('a message: of a closed form, written once, by who is in it (faults 14, 16)', async () => {
    const one = await claimed()
    for (const data of ['x', 7, null, [], true, { text: 'x', to: 'y' }, {}, { text: 7 }]) {
      const rest = await byRest('POST', messages(one), one.token, { name: 'text', data })
      expect([data, rest.status]).toEqual([data, 400])
      expect(await code(theirs(one).publish('text', data))).toBeGreaterThanOrEqual(40000)
    }
    const { serials } = await theirs(one).publish('text', { text: 'Once' })
    const change = { serial: String(serials[0]), name: 'text', data: { text: 'Twice' } } as never
    for (const channel of [theirs(one), hers(olga, one), hers(sue, one)])
      expect(await code(channel.updateMessage(change))).toBeGreaterThan(40000)
    const path = `${messages(one)}/${serials[0]}`
    const patch = await byRest('PATCH', path, one.token, { action: 1, data: { text: 'Twice' } })
    expect(patch.status).toBeGreaterThanOrEqual(400)
  })

  test('author, name and time: of who writes, as the place knows them, now (faults 16, 17)', async () => {
    const one = await claimed()
    const hears = await listen(hers(olga, one))
    const before = Date.now()
    const said = { text: 'Hi', name: 'Support', time: before + 9_000_000 }
    await byRest('POST', messages(one), one.token, { name: 'text', data: said })
    const { data, clientId } = await hears.next(
      (each) => each.name === 'text' && each.data.text === 'Hi',
    )
    expect([clientId, data.author]).toEqual([one.visitor.id, one.visitor.id])
    expect(data.name).toMatch(/^Visitor /)
    expect(data.time).toBeLessThan(before + 600_000)
    const forged = { name: 'text', clientId: olga.id, data: { text: 'x' } }
    expect((await byRest('POST', messages(one), one.token, forged)).status).toBeGreaterThan(399)
    for (const author of [olga.id, '', null, 7])
      expect(await code(theirs(one).publish('text', { text: 'x', author }))).toBeGreaterThan(40000)
  })

  test('all people of the desk: read by operators, written by nobody at once (fault 19)', async () => {
    expect((await ask(olga, 'GET', '/operators')).status).toBe(200)
    expect((await ask(olga, 'GET', '/visitors')).status).toBe(200)
    const ada = await signUp(desk.server, 'Ada')
    expect((await ask(ada, 'GET', '/operators')).status).toBe(403)
    expect((await ask(ada, 'GET', '/visitors')).status).toBe(403)
  })

  test('one of them: oneself, and who runs the desk; an operator changes no other (fault 19)', async () => {
    expect((await ask(olga, 'PUT', '/me', { status: 'busy' })).body).toMatchObject({
      status: 'busy',
    })
    expect((await ask(olga, 'PUT', `/operators/${otto.id}`, { capacity: 1 })).status).toBe(403)
    expect((await ask(olga, 'PUT', `/operators/${desk.owner.id}`, { capacity: 1 })).status).toBe(
      403,
    )
    const name = await ask(olga, 'PUT', '/me', { status: 'away', name: 'The chief' })
    expect(name.body.code).toBe('body_invalid')
    const own = await door(desk.server, 'PUT', '/attributes', {
      device: (await comes()).device,
      body: { attributes: {}, name: 'The chief' },
    })
    expect(own.body.code).toBe('body_invalid')
  })
})

describe('rows of states', () => {
  test('waiting: the visitor writes, an operator reads and takes, nobody else writes', async () => {
    const one = await waiting()
    await theirs(one).publish('text', { text: 'Anybody?' })
    expect((await hers(otto, one).history()).items.length).toBeGreaterThan(0)
    expect(await code(hers(otto, one).publish('text', { text: 'x' }))).toBe(40160)
    expect((await move(otto, one, 'claim')).status).toBe(200)
  })

  test('active: those in it write; whoever has it adds somebody, passes it on and closes it', async () => {
    const one = await claimed()
    await theirs(one).publish('text', { text: 'x' })
    await hers(olga, one).publish('text', { text: 'y' })
    expect((await move(sue, one, 'join')).status).toBe(200)
    await hers(sue, one).publish('text', { text: 'z' })
    expect((await move(olga, one, 'transfer', { operator: otto.id })).status).toBe(200)
    expect((await move(otto, one, 'close', {})).status).toBe(200)
  })

  test('closed: those in it read, nobody writes, nothing moves it (fault 13)', async () => {
    const one = await claimed()
    await move(olga, one, 'close', {})
    expect((await theirs(one).history()).items.length).toBeGreaterThan(0)
    expect((await hers(olga, one).history()).items.length).toBeGreaterThan(0)
    for (const channel of [theirs(one), hers(olga, one), hers(sue, one)]) {
      for (const name of ['text', 'note', 'typing'])
        expect(await code(channel.publish(name, { text: 'x' }))).toBeGreaterThan(40000)
    }
    expect((await byRest('POST', messages(one), one.token, {})).status).toBeGreaterThan(399)
    for (const [verb, body] of [
      ['claim', undefined],
      ['release', undefined],
      ['join', undefined],
      ['watch', undefined],
      ['assign', { operator: otto.id }],
      ['transfer', { operator: otto.id }],
      ['snooze', { untilMs: Date.now() + 60_000 }],
      ['close', {}],
    ] as const) {
      const moved = await move(sue, one, verb, body)
      expect([verb, moved.status]).toEqual([verb, 409])
    }
  })
})

describe('rows of transitions', () => {
  test('none → waiting, by the visitor who has none open', async () => {
    const { device } = await comes()
    const body = { text: 'Hello' }
    const first = await door(desk.server, 'POST', '/conversations', { device, body })
    const again = await door(desk.server, 'POST', '/conversations', { device, body })
    expect([first.status, again.status]).toEqual([201, 200])
    const [a, b] = [first, again].map((each) => each.body.conversation as View)
    expect([a?.state, b?.key]).toEqual(['waiting', a?.key])
  })

  test('none → active, by an operator; both are in it', async () => {
    const session = await comes()
    const made = await ask<{ conversation: View }>(olga, 'POST', '/conversations', {
      visitor: session.visitor.id,
    })
    const one = { ...session, view: made.body.conversation }
    await theirs(one).publish('text', { text: 'x' })
    await hers(olga, one).publish('text', { text: 'y' })
    expect(made.body.conversation).toMatchObject({ state: 'open' })
  })

  test('waiting → active, by one of several at once; the others learn who has it', async () => {
    const one = await waiting()
    const all = await Promise.all([olga, otto, sue].map((who) => move(who, one, 'claim')))
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const won = all.find(({ status }) => status === 200)?.body.assignee
    for (const { status, body } of all)
      if (status === 409) expect(body).toMatchObject({ code: 'claimed', by: won })
  })

  test('active → active, by an operator: another beside, another instead', async () => {
    const one = await claimed()
    expect((await move(sue, one, 'join')).body.joined).toMatchObject([{ id: sue.id }])
    const passed = await move(olga, one, 'transfer', { operator: otto.id, note: 'Yours.' })
    expect(passed.body).toMatchObject({ state: 'open', assignee: { id: otto.id } })
    expect((await read(olga, one)).status).toBe(404)
  })

  test('active → waiting, by who has it', async () => {
    const one = await claimed()
    expect((await move(sue, one, 'release')).status).toBe(200)
    expect((await read(otto, one)).body).toMatchObject({ state: 'waiting' })
  })

  test('waiting or active → closed, by an operator; who and when is kept, the visitor is told', async () => {
    for (const one of [await waiting(), await claimed()]) {
      const hears = await listen(theirs(one))
      const closed = await move(sue, one, 'close', { reason: 'done' })
      expect(closed.body).toMatchObject({ state: 'closed', closedBy: { id: sue.id } })
      expect(closed.body.closedAtMs).toEqual(expect.any(Number))
      await hears.next(({ name, data }) => name === 'event' && data.kind === 'closed')
    }
  })
})

describe('checks that no other test is named after', () => {
  test('check 2: neither nobody, nor a token without an identity, nor a level of old reads or writes', async () => {
    const one = await claimed()
    const { hostname, port } = new URL(desk.server.url)
    const place = { endpoint: hostname, port: Number(port), tls: false }
    const owner = new Rest({ key: KEY, ...place })
    for (const clientId of [undefined, 'level-1', 'user'] as const) {
      const asked = { capability: { 'desk:*': ['*'] as ['*'] }, ...(clientId && { clientId }) }
      const { token } = await owner.auth.requestToken(asked)
      const channel = new Rest({ token, ...place }).channels.get(one.view.channel)
      expect(await code(channel.history())).toBe(40160)
      expect(await code(channel.publish('text', { text: 'x' }))).toBe(40160)
    }
    const nobody = await fetch(`${desk.server.url}${messages(one)}`)
    expect(nobody.status).toBe(401)
  })

  test('check 3: it stands in the queue at once, the oldest first', async () => {
    const board = await listen(online(desk.server, otto).channels.get('[desk]'))
    const three = [await waiting(), await waiting(), await waiting()].map(({ view }) => view.key)
    for (const key of three)
      await board.next(({ name, data }) => name === 'conversation' && data.key === key)
    const list = await ask<{ items: View[] }>(otto, 'GET', '/conversations?view=waiting&limit=200')
    const keys = list.body.items.map(({ key }) => key)
    expect(keys.filter((key) => three.includes(key))).toEqual(three)
  })

  test('check 8: closed by who has it, the next message is a new one and the old stays as it was', async () => {
    const one = await claimed()
    const hears = await listen(theirs(one))
    await move(olga, one, 'close', {})
    await hears.next(({ name, data }) => name === 'event' && data.kind === 'closed')
    const old = await ask(olga, 'GET', `/conversations/${one.view.key}/transcript`)
    for (const channel of [theirs(one), hers(olga, one)]) {
      const { message } = await refusal(channel.publish('text', { text: 'Late' }))
      expect(message).toContain('closed')
    }
    const { device } = one
    const next = await door(desk.server, 'POST', '/conversations', {
      device,
      body: { text: 'More' },
    })
    expect(next.status).toBe(201)
    expect((next.body.conversation as View).key).not.toBe(one.view.key)
    expect(await ask(olga, 'GET', `/conversations/${one.view.key}/transcript`)).toEqual(old)
  })

  test('check 9: whom an operator writes to sees it; to who has one already she is led', async () => {
    const session = await comes()
    const made = await ask<{ conversation: View }>(olga, 'POST', '/conversations', {
      visitor: session.visitor.id,
      text: 'Can I help?',
    })
    const again = await comes({ device: session.device })
    expect(again.conversation).toMatchObject({ key: made.body.conversation.key, state: 'open' })
    const led = await ask<{ conversation: View; isNew: boolean }>(otto, 'POST', '/conversations', {
      visitor: session.visitor.id,
    })
    expect([led.status, led.body.isNew, led.body.conversation.key]).toEqual([
      200,
      false,
      made.body.conversation.key,
    ])
  })

  test('check 10: a role that is given again gives nothing back of what waits', async () => {
    const dora = await operator(desk.server, 'Dora')
    const one = await claimed(dora)
    const board = await listen(online(desk.server, otto).channels.get('[desk]'))
    await take(desk.server, dora, 'operator')
    await board.next(
      ({ name, data }) =>
        name === 'conversation' && data.key === one.view.key && data.state === 'waiting',
    )
    await give(desk.server, dora, 'operator')
    expect((await read(dora, one)).body).toMatchObject({ state: 'waiting' })
    expect(await code(hers(dora, one).publish('text', { text: 'x' }))).toBe(40160)
  })

  test('check 11: another browser, a week later: the same conversation with all that was said', async () => {
    const identity = () => signed(desk.widget, { sub: 'customer-11', name: 'Mira' })
    const first = await comes({ identity: identity() })
    const body = { text: 'Where is it?' }
    const opened = await door(desk.server, 'POST', '/conversations', {
      device: first.device,
      body,
    })
    const { key, channel } = opened.body.conversation as View
    // Signed out of the site: somebody else, who has none.
    expect((await comes()).conversation).toBeNull()
    const server = await desk.server.again()
    desk = { ...desk, server }
    const second = await visit(server, desk.widget, { identity: identity() })
    expect(second.device).not.toBe(first.device)
    expect(second.conversation).toMatchObject({ key, state: 'waiting' })
    const { items } = await onlineVisitor(server, second).channels.get(channel).history()
    expect(items.map(({ data }) => data.text)).toContain('Where is it?')
  })
})
