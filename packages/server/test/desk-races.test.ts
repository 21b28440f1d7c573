// Several at once on one conversation: whatever wins, what is kept is of one piece. How many times, says `DESK_RACES`.

import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ask,
  closeAll,
  type Desk,
  endDesk,
  freshDesk,
  onlineVisitor,
  opens,
  operator,
  type View,
} from './desk-case.ts'
import type { Caller } from './people.ts'
import { door, type Session, signed, visit } from './widget-case.ts'

/** Of each kind; those that are also run a thousand times are in `desk.test.ts`. */
const MANY = Math.min(Number(process.env.DESK_RACES ?? 8), 100)

let desk: Desk
let people: readonly Caller[]

beforeAll(async () => {
  desk = await freshDesk()
  people = [
    await operator(desk.server, 'Olga', 'supervisor'),
    await operator(desk.server, 'Otto', 'supervisor'),
  ]
}, 60_000)
afterAll(endDesk)

async function waiting(): Promise<Session & { readonly view: View }> {
  const session = await visit(desk.server, desk.widget)
  const { conversation } = await opens(desk.server, session.visitor.id)
  return { ...session, view: conversation }
}

const move = (
  who: Caller | undefined,
  { key }: { readonly key: string },
  verb: string,
  body = {},
) => ask<View>(who as Caller, 'POST', `/conversations/${key}/${verb}`, body)
const opened = async (who: Caller | undefined) =>
  (await ask<{ open: number }>(who as Caller, 'GET', '/me')).body.open

/** What each has, is what stands on the conversations that are not closed. */
async function expectCounted(): Promise<void> {
  const list = await ask<{ items: View[] }>(desk.owner, 'GET', '/conversations?limit=200')
  for (const who of people) {
    const own = list.body.items.filter(({ assignee }) => assignee?.id === who.id)
    expect(await opened(who)).toBe(own.length)
  }
}

async function end(view: { readonly key: string }): Promise<void> {
  const { status } = await move(desk.owner, view, 'close')
  expect([200, 409]).toContain(status)
}

test('passed on while another takes it: one has it, and both count right', async () => {
  const [olga, otto] = people
  for (let n = 0; n < MANY; n += 1) {
    const { view } = await waiting()
    const both = await Promise.all([
      move(olga, view, 'transfer', { operator: otto?.id }),
      move(olga, view, 'claim'),
      move(otto, view, 'claim'),
    ])
    for (const { status } of both) expect([200, 409]).toContain(status)
    const now = await ask<View>(desk.owner, 'GET', `/conversations/${view.key}`)
    expect(now.body.state).toBe('open')
    await expectCounted()
    await end(view)
  }
}, 300_000)

test('closed while the visitor writes: nothing stands behind the end, and what was said is there', async () => {
  for (let n = 0; n < MANY; n += 1) {
    const one = await waiting()
    const channel = onlineVisitor(desk.server, one).channels.get(one.view.channel)
    await channel.attach()
    const said = Array.from({ length: 5 }, (_, at) =>
      channel.publish('text', { text: `${at}` }).then(
        () => `${at}`,
        () => undefined,
      ),
    )
    const [, ...taken] = await Promise.all([move(people[0], one.view, 'close'), ...said])
    const { items } = await channel.history()
    expect(items[0]?.data).toMatchObject({ kind: 'closed' })
    const texts = items.flatMap(({ name, data }) => (name === 'text' ? [data.text] : []))
    expect(texts.sort()).toEqual(taken.filter((text) => text !== undefined).sort())
    closeAll()
  }
}, 300_000)

test('the last place of an operator: never one too many', async () => {
  const [olga] = people
  await ask(desk.owner, 'PUT', `/operators/${olga?.id}`, { capacity: 2 })
  for (let n = 0; n < MANY; n += 1) {
    const first = await waiting()
    await move(olga, first.view, 'claim')
    const three = [await waiting(), await waiting(), await waiting()]
    const [a, b, c] = three.map(({ view }) => view)
    const answers = await Promise.all([
      move(olga, a as View, 'claim'),
      move(people[1], b as View, 'assign', { operator: olga?.id }),
      move(people[1], c as View, 'transfer', { operator: olga?.id }),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await opened(olga)).toBe(2)
    await Promise.all([first, ...three].map(({ view }) => end(view)))
    expect(await opened(olga)).toBe(0)
  }
  await ask(desk.owner, 'PUT', `/operators/${olga?.id}`, { capacity: 5 })
}, 300_000)

test('comes back by itself while it is closed: closed it stays', async () => {
  for (let n = 0; n < MANY; n += 1) {
    const { view } = await waiting()
    await move(people[0], view, 'claim')
    await move(people[0], view, 'snooze', { untilMs: Date.now() + 20 + (n % 5) })
    const [closed] = await Promise.all([
      move(people[0], view, 'close'),
      ask(desk.owner, 'GET', `/conversations/${view.key}`),
    ])
    expect(closed.status).toBe(200)
    const now = await ask<View>(desk.owner, 'GET', `/conversations/${view.key}`)
    expect(now.body.state).toBe('closed')
    expect(now.body.snoozedUntilMs).toBeUndefined()
  }
  await expectCounted()
}, 300_000)

test('one person proved in two browsers at once: one visitor, one open conversation', async () => {
  for (let n = 0; n < MANY; n += 1) {
    const browsers = [await waiting(), await waiting()]
    const came = await Promise.all(
      browsers.map(({ device }) =>
        visit(desk.server, desk.widget, {
          device,
          identity: signed(desk.widget, { sub: `customer-${n}`, name: 'Mira' }),
        }),
      ),
    )
    expect(came[0]?.visitor.id).toBe(came[1]?.visitor.id)
    const [one, two] = await Promise.all(
      came.map(({ device }) => visit(desk.server, desk.widget, { device })),
    )
    expect(one?.conversation?.key).toBe(two?.conversation?.key)
    const own = await door(desk.server, 'GET', '/conversations', { device: one?.device ?? '' })
    const live = (own.body.items as View[]).filter(({ state }) => state !== 'closed')
    expect(live).toHaveLength(1)
    for (const { view } of browsers) await end(view)
  }
}, 300_000)
