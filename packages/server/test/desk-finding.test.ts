// Finding conversations by everything that was said, and who finds what.

import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ask,
  type Desk,
  endDesk,
  freshDesk,
  online,
  onlineVisitor,
  opens,
  operator,
  type View,
} from './desk-case.ts'
import { type Caller, signUp } from './people.ts'
import { byKey, door, makeTenant, type Session, visit } from './widget-case.ts'

let desk: Desk
let olga: Caller
let sue: Caller

beforeAll(async () => {
  desk = await freshDesk()
  olga = await operator(desk.server, 'Olga')
  sue = await operator(desk.server, 'Sue', 'supervisor')
}, 60_000)

afterAll(endDesk)

type Found = View & { readonly found?: { readonly kind: string; readonly text: string } }
type Page = { readonly items: Found[]; readonly next?: string }

async function page(who: Caller, q: string, more = ''): Promise<Page> {
  const path = `/conversations?q=${encodeURIComponent(q)}${more}`
  const { status, body } = await ask<Page>(who, 'GET', path)
  expect(status).toBe(200)
  return body
}
const keys = async (who: Caller, q: string, more = '') =>
  (await page(who, q, more)).items.map(({ key }) => key)

async function talked(...texts: string[]) {
  const session = await visit(desk.server, desk.widget)
  const [first, ...others] = texts
  const { conversation } = await opens(desk.server, session.visitor.id, {
    widget: desk.widget.id,
    ...(first === undefined ? {} : { text: first }),
  })
  const channel = onlineVisitor(desk.server, session).channels.get(conversation.channel)
  for (const text of others) await channel.publish('text', { text })
  return { ...session, key: conversation.key, channel: conversation.channel }
}

test('by any message and every word of it, the newest of each conversation, also when it is closed', async () => {
  const cup = await talked('Where is my Café cup?', 'It is blue', 'The blue cup')
  const vase = await talked('The vase is broken')
  expect(await keys(olga, 'cup CAFE')).toEqual([cup.key])
  expect(await keys(olga, 'cup vase')).toEqual([])
  expect(await keys(olga, 'brok')).toEqual([vase.key])
  const { items } = await page(olga, 'blue')
  expect(items).toMatchObject([{ key: cup.key, found: { kind: 'text', text: 'The blue cup' } }])
  const one = await page(olga, 'blue', '&limit=1')
  expect(one.items).toHaveLength(1)
  expect(await page(olga, 'blue', `&limit=1&after=${one.next}`)).toEqual({ items: [] })
  await ask(sue, 'POST', `/conversations/${cup.key}/close`, { summary: 'It was in the sink' })
  expect(await keys(sue, 'blue')).toEqual([cup.key])
  expect(await keys(sue, 'sink')).toEqual([cup.key])
  expect(await keys(sue, 'blue', '&state=waiting')).toEqual([])
  expect(await keys(sue, 'blue', '&to=2001-01-01T00:00:00Z')).toEqual([])
  expect(await keys(sue, 'blue', '&from=2001-01-01T00:00:00Z')).toEqual([cup.key])
  expect(await keys(sue, 'blue', '&widget=other')).toEqual([])
  expect(await keys(sue, 'blue', `&operator=${sue.id}`)).toEqual([cup.key])
  expect(await keys(olga, 'blue')).toEqual([])
  expect(await keys(await signUp(desk.server, 'Ada'), 'broken')).toEqual([])
})

test('page by page each once, the newest first', async () => {
  const made: string[] = []
  for (let n = 0; n < 5; n += 1) made.push((await talked(`A zebra ${n}`, `Zebra again ${n}`)).key)
  const seen: string[] = []
  for (let after = ''; ; ) {
    const { items, next } = await page(olga, 'zebra', `&limit=2${after}`)
    seen.push(...items.map(({ key }) => key))
    if (next === undefined) break
    after = `&after=${encodeURIComponent(next)}`
  }
  expect(seen).toEqual(made.reverse())
})

test('by what the visitor answered in the form, and by their name', async () => {
  const form = { fields: [{ key: 'order', label: 'Order', kind: 'text', required: false }] }
  const made = await byKey(desk.server, 'POST', '/desk/widgets', { name: 'Form', form })
  const { device } = await visit(desk.server, { id: String(made.body.id) })
  const opened = await door(desk.server, 'POST', '/conversations', {
    device,
    body: { text: 'Hello', form: { order: 'XK-4711' } },
  })
  const { key } = opened.body.conversation as { key: string }
  expect(await keys(olga, 'xk-4711')).toEqual([key])
  expect((await page(olga, 'xk-4711')).items[0]?.found).toBeUndefined()
})

test('a note is found by who reads notes, what was taken away by nobody', async () => {
  const { key, channel, device } = await talked('I have a question')
  await ask(olga, 'POST', `/conversations/${key}/claim`)
  const olgas = online(desk.server, olga).channels.get(channel)
  await olgas.publish('note', { text: 'Check the giraffe' })
  expect((await page(olga, 'giraffe')).items).toMatchObject([{ key, found: { kind: 'note' } }])
  const mine = await door(desk.server, 'GET', '/conversations', { device })
  expect(JSON.stringify(mine.body)).not.toContain('giraffe')
  const { items } = await olgas.history()
  const note = items.find(({ name }) => name === 'note')
  const sues = online(desk.server, sue).channels.get(channel)
  expect(note).toBeDefined()
  if (note !== undefined) await sues.deleteMessage(note)
  expect(await keys(sue, 'giraffe')).toEqual([])
})

test('a file is found by its name, by who may read it now, and gone when it is taken away', async () => {
  const { key, channel, token } = await talked('Here it is')
  const url = `${desk.server.url}/api/v1`
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'crocodile-invoice.txt', type: 'text/plain', bytes: 2 })
  const begun = await fetch(`${url}/channels/${key}/files`, { method: 'POST', headers, body })
  const { id } = (await begun.json()) as { id: string }
  const put = { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: 'hi' }
  expect((await fetch(`${url}/uploads/${id}/0`, put)).status).toBe(200)
  const theirs = onlineVisitor(desk.server, { token } as Session).channels.get(channel)
  await theirs.publish({ name: 'file', extras: { attachments: [{ id }] } })
  const text = 'crocodile-invoice.txt'
  const { items } = await page(olga, 'CROCO')
  expect(items).toMatchObject([
    { key, found: { kind: 'file', text }, last: { kind: 'file', text } },
  ])
  expect(await keys(await signUp(desk.server, 'Bob'), 'crocodile')).toEqual([])
  await ask(sue, 'POST', `/conversations/${key}/claim`)
  // It waits no more: who sees only what waits finds it no more.
  expect(await keys(olga, 'crocodile')).toEqual([])
  const sues = online(desk.server, sue).channels.get(channel)
  const file = (await sues.history()).items.find(({ name }) => name === 'file')
  expect(await keys(sue, 'invoice')).toEqual([key])
  if (file !== undefined) await sues.deleteMessage(file)
  expect(await keys(sue, 'invoice')).toEqual([])
})

test('the search of the chat tells nothing of conversations, and visitors are no people', async () => {
  const { key } = await talked('The hippopotamus is late')
  const found = async (who: Caller, q: string) =>
    (await who.call('GET', `/api/v1/search?q=${q}`)).text()
  for (const who of [olga, sue, desk.owner, await signUp(desk.server, 'Eve')]) {
    const text = await found(who, 'hippopotamus')
    expect(JSON.parse(text)).toMatchObject({ items: [], channels: [], people: [] })
    expect(text).not.toContain(key)
  }
  const named = await door(desk.server, 'POST', `/session?widget=${desk.widget.id}`, { body: {} })
  await byKey(desk.server, 'POST', '/desk/conversations', {
    visitor: (named.body.visitor as { id: string }).id,
    text: 'x',
  })
  expect(JSON.parse(await found(desk.owner, 'visitor'))).toMatchObject({ people: [] })
  expect(await keys(sue, 'hippopotamus')).toEqual([key])
})

test('nobody of another tenant finds it', async () => {
  await makeTenant(desk.server, 'north')
  const nora = await operator(desk.server, 'Nora', 'viewer')
  await byKey(desk.server, 'POST', '/role_assignments', {
    person: nora.id,
    role: 'supervisor',
    on: 'tenant:north',
  })
  const { key } = await talked('The rhinoceros has landed')
  expect(await keys(nora, 'rhinoceros')).toEqual([])
  expect(await keys(sue, 'rhinoceros')).toEqual([key])
})
