// The faults of the published rules that no other test of the desk is named after.

import { Rest } from 'ably'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ask,
  type Desk,
  endDesk,
  freshDesk,
  listen,
  online,
  onlineVisitor,
  opens,
  operator,
  refusal,
  type View,
} from './desk-case.ts'
import type { Caller } from './people.ts'
import { KEY } from './serving.ts'
import { byKey, type Session, visit } from './widget-case.ts'

let desk: Desk
let olga: Caller

beforeAll(async () => {
  desk = await freshDesk()
  olga = await operator(desk.server, 'Olga')
}, 60_000)

afterAll(endDesk)

async function waiting(): Promise<Session & { view: View }> {
  const session = await visit(desk.server, desk.widget)
  const { conversation } = await opens(desk.server, session.visitor.id)
  return { ...session, view: conversation }
}

async function claimed(): Promise<Session & { view: View }> {
  const one = await waiting()
  const { status } = await ask(olga, 'POST', `/conversations/${one.view.key}/claim`)
  expect(status).toBe(200)
  return one
}

const policy = async () =>
  ((await byKey(desk.server, 'GET', '/policy')).body as { text: string }).text

test.each([
  ['fault 1: with a parenthesis too many', (text: string) => text.replace('when: "', 'when: "( ')],
  ['fault 2: without what encloses it', (text: string) => text.replace(/^types:$/m, 'sorts:')],
])('%s the document is refused as a whole, and the one before holds', async (_, broken) => {
  const before = await policy()
  expect(broken(before)).not.toBe(before)
  const put = await byKey(desk.server, 'PUT', '/policy', { text: broken(before) })
  expect([put.status, JSON.stringify(put.body)]).toEqual([
    expect.toSatisfy((status) => status === 400 || status === 422),
    expect.stringContaining('line'),
  ])
  expect(await policy()).toBe(before)
})

test('fault 3: who has no id has no conversation, whatever the token may', async () => {
  const one = await claimed()
  const { hostname, port } = new URL(desk.server.url)
  const owner = new Rest({ key: KEY, endpoint: hostname, port: Number(port), tls: false })
  const nobody = await owner.auth.requestToken({ capability: { 'desk:*': ['*'] } })
  const asks = new Rest({ token: nobody.token, endpoint: hostname, port: Number(port), tls: false })
  for (const name of [one.view.channel, 'desk:nothing00000000000']) {
    const channel = asks.channels.get(name)
    expect((await refusal(channel.history())).code).toBe(40160)
    expect((await refusal(channel.publish('text', { text: 'Hello' }))).code).toBe(40160)
  }
})

test('fault 13: what is closed is written to by nobody, also not in the moment it closes', async () => {
  const one = await claimed()
  const olgas = online(desk.server, olga).channels.get(one.view.channel)
  const theirs = onlineVisitor(desk.server, one).channels.get(one.view.channel)
  await Promise.all([olgas.attach(), theirs.attach()])
  const said = (text: string) =>
    theirs.publish('text', { text }).then(
      () => text,
      () => undefined,
    )
  const close = ask(olga, 'POST', `/conversations/${one.view.key}/close`, {})
  const sent = await Promise.all(Array.from({ length: 20 }, (_, at) => said(`While ${at}`)))
  await close
  for (const channel of [olgas, theirs])
    expect((await refusal(channel.publish('text', { text: 'Late' }))).message).toContain('closed')
  // In the order of the log nothing stands behind the close, and what was acknowledged is there.
  const { items } = await olgas.history()
  const [last] = items
  expect(last?.data).toMatchObject({ kind: 'closed' })
  const texts = items.flatMap(({ name, data }) => (name === 'text' ? [data.text as string] : []))
  expect(texts.sort()).toEqual(sent.filter((text) => text !== undefined).sort())
})

test('fault 20: whether an operator is there, and what they have open, has its place', async () => {
  await ask(olga, 'PUT', '/me', { status: 'available' })
  const before = await ask<{ open: number }>(olga, 'GET', '/me')
  const one = await claimed()
  const after = await ask<{ open: number }>(olga, 'GET', '/me')
  expect(after.body).toMatchObject({ status: 'available', open: before.body.open + 1 })
  await ask(olga, 'POST', `/conversations/${one.view.key}/close`, {})
  expect((await ask<{ open: number }>(olga, 'GET', '/me')).body.open).toBe(before.body.open)
})

test('fault 21: a visitor sees the name of who answers, as the place knows it', async () => {
  const one = await waiting()
  const hears = await listen(onlineVisitor(desk.server, one).channels.get(one.view.channel))
  await ask(olga, 'POST', `/conversations/${one.view.key}/claim`)
  const claim = await hears.next(({ name, data }) => name === 'event' && data.kind === 'claimed')
  expect(claim.data.by).toMatchObject({ name: 'Olga' })
  const olgas = online(desk.server, olga).channels.get(one.view.channel)
  await olgas.attach()
  await olgas.publish('text', { text: 'Hello', name: 'The chief' })
  const hello = await hears.next(({ name }) => name === 'text')
  expect(hello.data).toMatchObject({ author: olga.id, name: 'Olga' })
})

test('fault 22: the queue is read a page at a time, the oldest first', async () => {
  const three = [await waiting(), await waiting(), await waiting()].map(({ view }) => view.key)
  const keys: string[] = []
  for (let after: string | undefined; ; ) {
    const more: string = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
    const page = await ask<{ items: View[]; next?: string }>(
      olga,
      'GET',
      `/conversations?view=waiting&limit=1${more}`,
    )
    expect(page.body.items.length).toBeLessThanOrEqual(1)
    keys.push(...page.body.items.map(({ key }) => key))
    after = page.body.next
    if (after === undefined) break
  }
  expect(keys.filter((key) => three.includes(key))).toEqual(three)
})
