// Support conversations through the public doors: REST, and the stock client of operators and visitors.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ask,
  closeAll,
  type Desk,
  deskOn,
  listen,
  online,
  onlineVisitor,
  opens,
  operator,
  refusal,
  type View,
} from './desk-case.ts'
import type { Caller } from './people.ts'
import { endAll } from './serving.ts'
import { type Session, serveDesk, visit } from './widget-case.ts'

let desk: Desk
let olga: Caller
let otto: Caller

beforeAll(async () => {
  desk = await deskOn(await serveDesk())
  olga = await operator(desk.server, 'Olga')
  otto = await operator(desk.server, 'Otto')
}, 60_000)

afterAll(async () => {
  closeAll()
  await endAll()
})

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
