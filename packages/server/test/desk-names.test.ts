// A widget that hides who answers: no way on which a visitor learns a name, or the id, of an operator.

import type { InboundMessage } from 'ably'
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
} from './desk-case.ts'
import type { Caller } from './people.ts'
import { door, makeWidget, visit } from './widget-case.ts'

let desk: Desk
let olga: Caller
let otto: Caller

beforeAll(async () => {
  desk = await freshDesk()
  olga = await operator(desk.server, 'Olgapetrova')
  otto = await operator(desk.server, 'Ottograf')
}, 60_000)

afterAll(endDesk)

/** Everything a conversation has, and all that its visitor can come to know of it. */
async function seenBy(hidesNames: boolean) {
  const { server } = desk
  const widget = await makeWidget(server, { name: 'Support', look: { hidesNames } })
  const session = await visit(server, widget)
  const opened = await door(server, 'POST', '/conversations', {
    device: session.device,
    body: { text: 'Hello' },
  })
  const { key, channel: name } = opened.body.conversation as { key: string; channel: string }
  const visitor = onlineVisitor(server, session)
  const channel = visitor.channels.get(name)
  const rights = await listen(visitor.channels.get('[permissions]*'))
  const hears = await listen(channel)
  const came: unknown[] = []
  await channel.presence.subscribe((member) => void came.push(member))
  const path = `/conversations/${key}`
  await ask(olga, 'POST', `${path}/claim`)
  const hers = online(server, olga).channels.get(name)
  await hers.presence.enter({ name: 'Olgapetrova' })
  await hers.publish('text', { text: 'How can I help?' })
  await hers.publish({ name: 'typing', data: {}, extras: { ephemeral: true } })
  const { serial } = await hears.next(({ name, data }) => name === 'text' && data.time > 0)
  await ask(olga, 'POST', `${path}/marks`, { read: serial })
  await hears.next(({ name }) => name === 'mark')
  const members = await channel.presence.get()
  await ask(olga, 'POST', `${path}/transfer`, { operator: otto.id })
  await hears.next(({ name, data }) => name === 'event' && data.kind === 'transferred')
  await ask(otto, 'POST', `${path}/close`, {})
  await hears.next(({ name, data }) => name === 'event' && data.kind === 'closed')
  const late = onlineVisitor(server, session).channels.get(name, { params: { rewind: '50' } })
  const replayed = await listen(late)
  const { items: history } = await channel.history()
  const { items: presence } = await channel.presence.history()
  const own = await door(server, 'GET', '/conversations', { device: session.device })
  const transcript = await door(server, 'GET', `${path}/transcript`, { device: session.device })
  const again = await visit(server, widget, { device: session.device })
  const told = [hears.heard, rights.heard, came, members, history, presence, replayed.heard]
  const text = JSON.stringify([told, own.body, transcript.text, again])
  return { key, name, hears: hears.heard, history, text }
}

const kinds = (messages: readonly InboundMessage[]) => messages.map(({ name }) => name)

test('no name and no id of an operator reaches the visitor, whose own messages stay theirs', async () => {
  const { key, text, hears, history } = await seenBy(true)
  for (const secret of ['Olga', 'Otto', olga.id, otto.id])
    expect(text.includes(secret), secret).toBe(false)
  const answer = history.find(({ data }) => data?.text === 'How can I help?')
  expect(answer).toMatchObject({
    clientId: '[desk]',
    data: { author: '[desk]', name: 'Support', text: 'How can I help?' },
  })
  const claimed = hears.find(({ data }) => data?.kind === 'claimed')
  expect(claimed?.data.by).toEqual({ id: '[desk]', name: 'Support' })
  expect(hears.find(({ name }) => name === 'mark')?.data.of).toBe('[desk]')
  expect(kinds(hears)).toContain('typing')
  const mine = history.find(({ data }) => data?.text === 'Hello')
  expect(mine?.clientId).toMatch(/^v-/)
  expect(mine?.data.author).toBe(mine?.clientId)
  const view = await ask(otto, 'GET', `/conversations/${key}`)
  expect(view.body).toMatchObject({ assignee: { name: 'Ottograf' } })
  const kept = await ask<{ lines: object[] }>(otto, 'GET', `/conversations/${key}/transcript`)
  expect(JSON.stringify(kept.body)).toContain('Olgapetrova')
})

test('without it they are called by their names', async () => {
  const { text } = await seenBy(false)
  for (const known of ['Olgapetrova', 'Ottograf']) expect(text.includes(known), known).toBe(true)
})

test('it is the promise a conversation was opened with: an operator’s own opening keeps it too', async () => {
  const { server } = desk
  const widget = await makeWidget(server, { name: 'Help', look: { hidesNames: true } })
  const session = await visit(server, widget)
  const opened = await ask<{ conversation: { channel: string } }>(olga, 'POST', '/conversations', {
    visitor: session.visitor.id,
    text: 'Can I help?',
  })
  expect(opened.status).toBe(201)
  const channel = onlineVisitor(server, session).channels.get(opened.body.conversation.channel)
  const { items } = await channel.history()
  expect(JSON.stringify(items)).not.toContain('Olga')
  expect(items[0]?.data).toMatchObject({ author: '[desk]', name: 'Help' })
  expect((await opens(server, session.visitor.id)).isNew).toBe(false)
})
