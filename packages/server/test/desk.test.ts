// Support conversations through the public doors: REST, and the stock client of operators and visitors.

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
import { byKey, makeTenant, makeWidget, type Session, visit } from './widget-case.ts'

let desk: Desk
let olga: Caller
let otto: Caller

beforeAll(async () => {
  desk = await freshDesk()
  olga = await operator(desk.server, 'Olga')
  otto = await operator(desk.server, 'Otto')
}, 60_000)

afterAll(endDesk)

const comes = () => visit(desk.server, desk.widget)

async function waiting(): Promise<Session & { view: View }> {
  const session = await comes()
  const { conversation } = await opens(desk.server, session.visitor.id)
  return { ...session, view: conversation }
}

async function claimed(who: Caller = olga) {
  const one = await waiting()
  const { status } = await ask(who, 'POST', `/conversations/${one.view.key}/claim`)
  expect(status).toBe(200)
  return one
}

const talk = (session: Session & { view: View }) =>
  onlineVisitor(desk.server, session).channels.get(session.view.channel)

describe('check 1: a visitor opens', () => {
  test('it waits, it is theirs, and a second attempt gives the same one (faults 5, 10, 11)', async () => {
    const { visitor } = await comes()
    const first = await opens(desk.server, visitor.id)
    expect([first.status, first.isNew]).toEqual([201, true])
    expect(first.conversation).toMatchObject({
      state: 'waiting',
      visitor: { id: visitor.id },
      openedBy: { id: visitor.id, isVisitor: true },
    })
    const again = await opens(desk.server, visitor.id)
    expect([again.status, again.isNew]).toEqual([200, false])
    expect(again.conversation.key).toBe(first.conversation.key)
  })
})

describe('the life of one conversation', () => {
  test('opened, claimed, answered, closed; then a new one', async () => {
    const one = await waiting()
    const channel = talk(one)
    const hears = await listen(channel)
    const claim = await ask<View>(olga, 'POST', `/conversations/${one.view.key}/claim`)
    expect(claim.body).toMatchObject({ state: 'open', assignee: { name: 'Olga' } })
    await hears.next(({ name, data }) => name === 'event' && data.kind === 'claimed')
    const olgas = online(desk.server, olga).channels.get(one.view.channel)
    await olgas.publish('text', { text: 'Hello' })
    const hello = await hears.next(({ name }) => name === 'text')
    expect(hello.data).toEqual({
      author: olga.id,
      name: 'Olga',
      time: expect.any(Number),
      text: 'Hello',
    })
    const closed = await ask<View>(olga, 'POST', `/conversations/${one.view.key}/close`, {})
    expect(closed.body).toMatchObject({ state: 'closed', closedBy: { name: 'Olga' } })
    await hears.next(({ name, data }) => name === 'event' && data.kind === 'closed')
    for (const said of [channel, olgas]) {
      const { message } = await refusal(said.publish('text', { text: 'Late' }))
      expect(message).toContain('closed')
    }
    expect((await channel.history()).items.some(({ name }) => name === 'text')).toBe(true)
    expect((await olgas.history()).items.some(({ name }) => name === 'text')).toBe(true)
    const next = await opens(desk.server, one.visitor.id, { text: 'One more thing' })
    expect([next.status, next.conversation.key === one.view.key]).toEqual([201, false])
    const again = await ask(olga, 'POST', `/conversations/${one.view.key}/close`, {})
    expect([again.status, again.body.code]).toEqual([409, 'conversation_closed'])
  })
})

describe('check 3: the queue', () => {
  test('of two who take it at once one has it, and the other learns by whom (fault 12)', async () => {
    const one = await waiting()
    const both = await Promise.all(
      [olga, otto].map((who) => ask(who, 'POST', `/conversations/${one.view.key}/claim`)),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const [won, lost] = both[0]?.status === 200 ? both : [both[1], both[0]]
    expect(lost?.body).toMatchObject({ code: 'claimed', by: won?.body.assignee })
    await ask(won === both[0] ? olga : otto, 'POST', `/conversations/${one.view.key}/close`, {})
  })
})

describe('check 2: a stranger', () => {
  test('cannot read, post, or tell that there is anything (faults 4, 7)', async () => {
    const one = await claimed()
    const stranger = await comes()
    const asks = onlineVisitor(desk.server, stranger)
    const errors = []
    for (const name of [one.view.channel, 'desk:nothing00000000000']) {
      const channel = asks.channels.get(name)
      errors.push([
        (await refusal(channel.publish('text', { text: 'x' }))).code,
        (await refusal(channel.publish('text', { wrong: 'x' }))).code,
        (await refusal(channel.history())).code,
        (await refusal(channel.attach())).code,
      ])
    }
    expect(errors[0]).toEqual(errors[1])
    expect(new Set(errors[0])).toEqual(new Set([40160]))
    const mine = await ask(otto, 'GET', `/conversations/${one.view.key}`)
    const none = await ask(otto, 'GET', '/conversations/nothing00000000000')
    expect([mine.status, mine.body]).toEqual([404, none.body])
    for (const verb of ['release', 'join', 'watch', 'leave']) {
      const real = await ask(otto, 'POST', `/conversations/${one.view.key}/${verb}`)
      const missing = await ask(otto, 'POST', `/conversations/nothing00000000000/${verb}`)
      expect([real.status, real.body]).toEqual([missing.status, missing.body])
    }
    await ask(olga, 'POST', `/conversations/${one.view.key}/close`, {})
  })
})

describe('check 4: until somebody has come in', () => {
  test('an operator reads what waits, and does not write', async () => {
    const one = await waiting()
    const channel = online(desk.server, otto).channels.get(one.view.channel)
    await channel.attach()
    expect((await refusal(channel.publish('text', { text: 'x' }))).code).toBe(40160)
    await ask(otto, 'POST', `/conversations/${one.view.key}/claim`)
    await channel.publish('text', { text: 'Now' })
    await ask(otto, 'POST', `/conversations/${one.view.key}/close`, {})
  })
})

describe('check 5: a hand-written client of the visitor', () => {
  test('closes, opens again, removes and adds nothing (faults 6, 8, 9, 14)', async () => {
    const one = await claimed()
    const channel = talk(one)
    const before = (await byKey(desk.server, 'GET', `/desk/conversations/${one.view.key}`)).body
    for (const name of ['event', 'sayso.closed', 'mark', '', 'anything'])
      await refusal(channel.publish(name, { kind: 'closed' }))
    await refusal(
      channel.publish({ name: 'text', data: { text: 'x' }, extras: { sayso: {}, x: 1 } }),
    )
    const headers = { authorization: `Bearer ${one.token}`, 'content-type': 'application/json' }
    const url = `${desk.server.url}/api/v1`
    const tries = [
      ['POST', `/desk/conversations/${one.view.key}/close`, {}],
      ['POST', `/desk/conversations/${one.view.key}/transfer`, { operator: one.visitor.id }],
      ['POST', `/desk/conversations/${one.view.key}/claim`, undefined],
      ['DELETE', `/resources/conversation:${one.view.key}`, undefined],
      ['POST', '/role_assignments', { person: one.visitor.id, role: 'assigned', on: 'x:y' }],
    ] as const
    for (const [method, path, body] of tries) {
      const answer = await fetch(url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      expect([401, 403, 404]).toContain(answer.status)
    }
    const after = (await byKey(desk.server, 'GET', `/desk/conversations/${one.view.key}`)).body
    expect(after).toEqual(before)
    await ask(olga, 'POST', `/conversations/${one.view.key}/close`, {})
  })

  test('no door but the desk’s writes a conversation, whatever its right (faults 18, 19)', async () => {
    const one = await claimed()
    const resource = `conversation:${one.view.key}`
    const codes = []
    for (const [method, path, body] of [
      ['DELETE', `/resources/${resource}`, undefined],
      ['PUT', `/resources/${resource}`, { attributes: { state: 'closed' } }],
      ['POST', '/role_assignments', { person: otto.id, role: 'assigned', on: resource }],
      ['DELETE', '/role_assignments', { person: olga.id, role: 'assigned', on: resource }],
    ] as const)
      codes.push((await byKey(desk.server, method, path, body)).body.code)
    expect(codes).toEqual(['desk_owned', 'desk_owned', 'desk_owned', 'desk_owned'])
    await ask(olga, 'POST', `/conversations/${one.view.key}/close`, {})
  })
})

describe('check 7: what was said stays', () => {
  test('nobody changes it; a supervisor takes it away and a trace stays (faults 14, 15)', async () => {
    const one = await claimed()
    const channel = talk(one)
    const hears = await listen(channel)
    const olgas = online(desk.server, olga).channels.get(one.view.channel)
    await olgas.publish('text', { text: 'Hello' })
    const { serial, version: _v } = await hears.next(({ name }) => name === 'text')
    const changed = { serial: String(serial), name: 'text', data: { text: 'Bye' } }
    for (const one of [channel, olgas]) {
      await refusal(one.updateMessage(changed as never))
      await refusal(one.deleteMessage(changed as never))
    }
    const sue = await operator(desk.server, 'Sue', 'supervisor')
    const sues = online(desk.server, sue).channels.get(one.view.channel)
    await refusal(sues.updateMessage(changed as never))
    await sues.deleteMessage(changed as never)
    await hears.next(({ action }) => action === 'message.delete')
    const { items } = await channel.history()
    expect(items.find((each) => each.serial === serial)).toMatchObject({ action: 'message.delete' })
    await ask(olga, 'POST', `/conversations/${one.view.key}/close`, {})
  })
})

describe('check 9: an operator opens', () => {
  test('with a visitor who has none it is hers; to one who has, she is led', async () => {
    const { visitor } = await comes()
    const opened = await ask<{ conversation: View; isNew: boolean }>(
      olga,
      'POST',
      '/conversations',
      {
        visitor: visitor.id,
        text: 'Can I help?',
      },
    )
    expect([opened.status, opened.body.isNew]).toEqual([201, true])
    expect(opened.body.conversation).toMatchObject({
      state: 'open',
      assignee: { id: olga.id },
      openedBy: { id: olga.id, isVisitor: false },
    })
    const led = await ask<{ conversation: View; isNew: boolean }>(otto, 'POST', '/conversations', {
      visitor: visitor.id,
    })
    expect([led.status, led.body.isNew]).toEqual([200, false])
    expect(led.body.conversation.key).toBe(opened.body.conversation.key)
    await ask(olga, 'POST', `/conversations/${opened.body.conversation.key}/close`, {})
  })
})

describe('check 10: a right is taken away', () => {
  test('the queue and all open conversations end live, and those wait again', async () => {
    const dora = await operator(desk.server, 'Dora')
    const three = [await claimed(dora), await claimed(dora), await claimed(dora)]
    const queued = await waiting()
    const client = online(desk.server, dora)
    const board = client.channels.get('[desk]')
    const told = await listen(board)
    const places = three.map(({ view }) => client.channels.get(view.channel))
    const heard = await Promise.all(places.map((each) => listen(each)))
    const ended = places.map((each) => new Promise((done) => each.once('failed', done)))
    const sees = online(desk.server, otto).channels.get('[desk]')
    const others = await listen(sees)
    await take(desk.server, dora, 'operator')
    await Promise.all(ended)
    for (const { view } of [...three, queued])
      await told.next(({ name, data }) => name === 'gone' && data.key === view.key)
    for (const { view } of three)
      await others.next(
        ({ name, data }) =>
          name === 'conversation' && data.key === view.key && data.state === 'waiting',
      )
    for (const one of three) await talk(one).publish('text', { text: 'Anybody?' })
    expect(heard.flatMap((each) => each.heard).filter(({ name }) => name === 'text')).toEqual([])
    const list = await ask<{ items: View[] }>(dora, 'GET', '/conversations?view=all')
    expect(list.body.items).toEqual([])
  })
})

describe('routing', () => {
  test('what waits goes to whoever is there, has room, and was given one longest ago', async () => {
    const { server } = desk
    const widget = await makeWidget(server, { name: 'Auto', routing: 'auto' })
    const people = [await operator(server, 'Rita'), await operator(server, 'Ruth')]
    const boards = people.map((who) => online(server, who).channels.get('[desk]'))
    await Promise.all(boards.map((each) => each.attach()))
    const told = await Promise.all(boards.map((each) => listen(each)))
    for (const who of people) await ask(who, 'PUT', '/me', { status: 'available' })
    const got: string[] = []
    for (let n = 0; n < 4; n += 1) {
      const { visitor } = await visit(server, widget)
      const { conversation } = await opens(server, visitor.id, { widget: widget.id })
      const given = await Promise.race(
        told.map((each) =>
          each.next(
            ({ name, data }) =>
              name === 'conversation' && data.key === conversation.key && data.state === 'open',
          ),
        ),
      )
      got.push(given.data.assignee.id)
    }
    expect(got.sort()).toEqual(
      [people[0], people[0], people[1], people[1]].map((p) => p?.id).sort(),
    )
    for (const who of people) await ask(who, 'PUT', '/me', { status: 'away' })
  })
})

describe('passing on', () => {
  test('whoever had it loses it live; the note reaches operators, never the visitor', async () => {
    const one = await claimed()
    const channel = talk(one)
    const hears = await listen(channel)
    const olgas = online(desk.server, olga).channels.get(one.view.channel)
    await olgas.attach()
    const ended = new Promise((done) => olgas.once('failed', done))
    const body = { operator: otto.id, note: 'Paid twice.' }
    const path = `/conversations/${one.view.key}`
    expect((await ask(olga, 'POST', `${path}/transfer`, body)).status).toBe(200)
    await ended
    await hears.next(({ name, data }) => name === 'event' && data.kind === 'transferred')
    expect((await ask(olga, 'GET', path)).status).toBe(404)
    const ottos = online(desk.server, otto).channels.get(one.view.channel)
    const { items } = await ottos.history()
    expect(items.find(({ name }) => name === 'note')?.data).toMatchObject({ text: 'Paid twice.' })
    expect(hears.heard.some(({ name }) => name === 'note')).toBe(false)
    expect((await channel.history()).items.some(({ name }) => name === 'note')).toBe(false)
    expect((await ask<View>(otto, 'GET', path)).body).toMatchObject({ last: { kind: 'note' } })
    await ask(otto, 'POST', `${path}/close`, {})
  })

  test('to a team: it waits there; its members see it, and lose it with the team', async () => {
    const { server } = desk
    const made = await byKey(server, 'POST', '/groups', { key: 'billing', title: 'Billing' })
    expect(made.status).toBeLessThan(300)
    await byKey(server, 'PUT', '/resources/group:billing', {
      attributes: { title: 'Billing', desk: true },
    })
    const bea = await signUp(server, 'Bea')
    await give(server, bea, 'member', 'group:billing')
    const one = await claimed()
    const path = `/conversations/${one.view.key}`
    const passed = await ask<View>(olga, 'POST', `${path}/transfer`, { team: 'billing' })
    expect(passed.body).toMatchObject({ state: 'waiting', team: { title: 'Billing' } })
    const claim = await ask<View>(bea, 'POST', `${path}/claim`)
    expect(claim.body).toMatchObject({ assignee: { id: bea.id } })
    const beas = online(server, bea).channels.get(one.view.channel)
    await beas.attach()
    await beas.publish('text', { text: 'Billing here' })
    const ended = new Promise((done) => beas.once('failed', done))
    const queue = await listen(online(server, otto).channels.get('[desk]'))
    await take(server, bea, 'member', 'group:billing')
    await ended
    await queue.next(
      ({ name, data }) =>
        name === 'conversation' && data.key === one.view.key && data.state === 'waiting',
    )
    await ask(desk.owner, 'POST', `${path}/close`, {})
  })
})

describe('marks, labels, snooze', () => {
  test('marks go forward only and are told; a visitor who writes wakes what was put away', async () => {
    const one = await claimed()
    const path = `/conversations/${one.view.key}`
    const channel = talk(one)
    const hears = await listen(channel)
    await channel.publish('text', { text: 'Hello?' })
    const { serial } = await hears.next(({ name }) => name === 'text')
    expect((await ask<View>(olga, 'GET', path)).body).toMatchObject({ unread: 1 })
    await ask(olga, 'POST', `${path}/marks`, { read: serial })
    const mark = await hears.next(({ name }) => name === 'mark')
    expect(mark.data).toEqual({ of: olga.id, delivered: serial, read: serial })
    const back = await ask(olga, 'POST', `${path}/marks`, { read: '0' })
    expect(back.body).toEqual({ delivered: serial, read: serial })
    expect((await ask<View>(olga, 'GET', path)).body).toMatchObject({ unread: 0 })
    const labelled = await ask(olga, 'PATCH', path, { labels: ['refund', 'refund'] })
    expect(labelled.body).toMatchObject({ labels: ['refund'] })
    const board = await listen(online(desk.server, olga).channels.get('[desk]'))
    const snoozed = await ask(olga, 'POST', `${path}/snooze`, { untilMs: Date.now() + 3_600_000 })
    expect(snoozed.body).toMatchObject({ state: 'snoozed' })
    await channel.publish('text', { text: 'Still there?' })
    await board.next(
      ({ name, data }) =>
        name === 'conversation' && data.key === one.view.key && data.state === 'open',
    )
    await ask(olga, 'POST', `${path}/close`, {})
  })
})

describe('check 12: tenants (fault 23)', () => {
  test('operators of one see nothing of the other, by any path', async () => {
    const { server } = desk
    await makeTenant(server, 'beta')
    const widget = await makeWidget(server, { name: 'Beta', tenant: 'beta' })
    const bob = await signUp(server, 'Bob')
    await give(server, bob, 'supervisor', 'tenant:beta')
    const sam = await operator(server, 'Sam', 'supervisor')
    const theirs = await visit(server, widget)
    const beta = await opens(server, theirs.visitor.id, { tenant: 'beta', widget: widget.id })
    const ours = await waiting()
    const pairs = [
      { who: bob, own: beta.conversation, other: ours.view },
      { who: olga, own: ours.view, other: beta.conversation },
    ]
    for (const { who, own, other } of pairs) {
      const { body } = await ask<{ items: View[] }>(who, 'GET', '/conversations?limit=200')
      const keys = body.items.map(({ key }) => key)
      expect(keys).toContain(own.key)
      expect(keys).not.toContain(other.key)
      const path = `/conversations/${other.key}`
      for (const [method, to, said] of [
        ['GET', path, undefined],
        ['PATCH', path, { labels: [] }],
        ['POST', `${path}/claim`, undefined],
        ['POST', `${path}/join`, undefined],
        ['POST', `${path}/watch`, undefined],
        ['POST', `${path}/leave`, undefined],
        ['POST', `${path}/release`, undefined],
        ['POST', `${path}/close`, {}],
        ['POST', `${path}/assign`, { operator: who.id }],
        ['POST', `${path}/transfer`, { operator: who.id }],
        ['POST', `${path}/snooze`, { untilMs: Date.now() + 60_000 }],
        ['POST', `${path}/marks`, { read: '0' }],
      ] as const) {
        const answer = await ask(who, method, to, said)
        expect([to, answer.status]).toEqual([to, 404])
      }
      const channel = online(server, who).channels.get(other.channel)
      expect((await refusal(channel.attach())).code).toBe(40160)
    }
    expect((await ask(bob, 'GET', '/operators')).status).toBe(403)
    expect((await ask(olga, 'GET', '/operators?tenant=beta')).status).toBe(403)
    const names = await ask<{ operators: { id: string }[] }>(bob, 'GET', '/operators?tenant=beta')
    expect(names.body.operators.map(({ id }) => id)).toEqual([bob.id])
    const given = await ask(sam, 'POST', `/conversations/${ours.view.key}/assign`, {
      operator: bob.id,
    })
    expect(given.body.code).toBe('person_unknown')
    const foreign = await ask(sam, 'POST', '/conversations', { visitor: theirs.visitor.id })
    expect(foreign.body.code).toBe('person_unknown')
  })
})

describe('races', () => {
  test('a visitor in two tabs never has two; two operators never both have it', async () => {
    const many = Number(process.env.DESK_RACES ?? 25)
    for (let n = 0; n < many; n += 1) {
      const { visitor } = await comes()
      const [a, b] = await Promise.all([
        opens(desk.server, visitor.id),
        opens(desk.server, visitor.id),
      ])
      expect(a.conversation.key).toBe(b.conversation.key)
      expect([a.isNew, b.isNew].sort()).toEqual([false, true])
      const path = `/conversations/${a.conversation.key}`
      const both = await Promise.all([olga, otto].map((who) => ask(who, 'POST', `${path}/claim`)))
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
      const won = both[0]?.status === 200 ? olga : otto
      expect((await ask<View>(won, 'GET', path)).body.assignee?.id).toBe(won.id)
      const closed = await ask(won, 'POST', `${path}/close`, {})
      expect(closed.status).toBe(200)
    }
  }, 600_000)

  test('capacity is never exceeded, however many are taken at once', async () => {
    const cara = await operator(desk.server, 'Cara')
    const set = await ask(desk.owner, 'PUT', `/operators/${cara.id}`, { capacity: 2 })
    expect(set.status).toBe(200)
    const all = await Promise.all(Array.from({ length: 6 }, waiting))
    const answers = await Promise.all(
      all.map(({ view }) => ask(cara, 'POST', `/conversations/${view.key}/claim`)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(
      new Set([undefined, 'no_capacity']),
    )
    const me = await ask(cara, 'GET', '/me')
    expect(me.body).toMatchObject({ open: 2, capacity: 2 })
  })
})

describe('check 6: what a visitor may say', () => {
  test('closed form; author, name and time are the server’s (faults 16, 17)', async () => {
    const one = await claimed()
    const channel = talk(one)
    const hears = await listen(channel)
    const bad: [unknown, string][] = [
      [{ text: 'x', author: olga.id }, 'author'],
      [{ text: 'x', author: '' }, 'author'],
      [{ text: 'x', colour: 'red' }, 'colour'],
      ['a bare string', 'object'],
      [{ text: '' }, 'text'],
      [undefined, 'object'],
    ]
    for (const [data, why] of bad) {
      const { message } = await refusal(channel.publish('text', data))
      expect(message).toContain(why)
    }
    await refusal(channel.publish('event', { kind: 'closed' }))
    await refusal(channel.publish('note', { text: 'x' }))
    const before = Date.now()
    await channel.publish('text', { text: 'Hi', name: 'Support', time: before + 9_000_000 })
    const hi = await hears.next(({ name }) => name === 'text')
    expect(hi.data).toMatchObject({
      author: one.visitor.id,
      name: expect.stringMatching(/^Visitor /),
    })
    expect(hi.data.time).toBeLessThan(before + 60_000)
    await ask(olga, 'POST', `/conversations/${one.view.key}/close`, {})
  })
})
