// What becomes of conversations when visitors are blocked: closed in the same moment by who blocks, as far as they may close.

import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  type Answer,
  ask,
  closeAll,
  type Desk,
  freshDesk,
  give,
  onlineVisitor,
  opens,
  operator,
  type View,
} from './desk-case.ts'
import { type Caller, signUp } from './people.ts'
import { endAll } from './serving.ts'
import { begin, byKey, door, type Json, POLICY, type Session, visit } from './widget-case.ts'

let desk: Desk
let olga: Caller
let sue: Caller
beforeAll(async () => {
  desk = await freshDesk({ SAYSO_TRUSTED_PROXIES: '127.0.0.1' })
  olga = await operator(desk.server, 'Olga')
  sue = await operator(desk.server, 'Sue', 'supervisor')
}, 60_000)
afterEach(closeAll)
afterAll(endAll)

const read = async (key: string, who = sue) =>
  (await ask<View & Json>(who, 'GET', `/conversations/${key}`)).body
const block = (who: Caller, { visitor }: Session, body: Json = {}): Promise<Answer> =>
  ask(who, 'PUT', `/visitors/${visitor.id}/block`, body)

async function writes(more: Json = {}) {
  const visitor = await visit(desk.server, desk.widget, more)
  const { conversation } = await opens(desk.server, visitor.visitor.id)
  return { visitor, key: conversation.key, channel: conversation.channel }
}

async function loadOf(who: Caller): Promise<number> {
  return Number((await ask(who, 'GET', '/me')).body.open)
}

test('an open conversation is closed by who blocks, and its operator has room again; unblocking opens nothing', async () => {
  const { visitor, key, channel } = await writes()
  await ask(olga, 'POST', `/conversations/${key}/claim`)
  expect(await loadOf(olga)).toBe(1)
  expect((await block(sue, visitor, { reason: 'insults' })).status).toBe(200)
  const closed = { state: 'closed', closedBy: { id: sue.id }, closeReason: 'blocked' }
  expect(await read(key, olga)).toMatchObject(closed)
  expect(await loadOf(olga)).toBe(0)
  expect((await ask(sue, 'DELETE', `/visitors/${visitor.visitor.id}/block`)).status).toBe(200)
  expect(await read(key)).toMatchObject(closed)
  const { device } = visitor
  const back = await visit(desk.server, desk.widget, { device })
  const theirs = onlineVisitor(desk.server, back).channels.get(channel)
  await expect(theirs.publish('text', { text: 'Once more' })).rejects.toThrow()
  const next = await door(desk.server, 'POST', '/conversations', { device, body: { text: 'New' } })
  expect(next.body).toMatchObject({ isNew: true })
  expect((next.body.conversation as View).key).not.toBe(key)
})

test('one that waits is closed as well, and waits in no list', async () => {
  const { visitor, key } = await writes()
  await block(sue, visitor)
  expect(await read(key)).toMatchObject({ state: 'closed', closeReason: 'blocked' })
  const { items } = (await ask<{ items: View[] }>(olga, 'GET', '/conversations?view=waiting')).body
  expect(items.map((each) => each.key)).not.toContain(key)
})

test('who comes from the same address is closed along, several of one operator in one write', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.20' }
  const at = async () => {
    const path = `/session?widget=${desk.widget.id}`
    const session = (await door(desk.server, 'POST', path, { body: {}, headers })).body
    const { visitor } = session as unknown as Session
    const { conversation } = await opens(desk.server, visitor.id)
    await ask(olga, 'POST', `/conversations/${conversation.key}/claim`)
    return { session: session as unknown as Session, key: conversation.key }
  }
  const [one, two] = [await at(), await at()]
  expect(await loadOf(olga)).toBe(2)
  await block(sue, one.session, { address: true })
  for (const { key } of [one, two])
    expect(await read(key)).toMatchObject({ state: 'closed', closeReason: 'blocked' })
  expect(await loadOf(olga)).toBe(0)
  const { items } = (await byKey(desk.server, 'GET', '/audit')).body as { items: Json[] }
  expect(items.filter(({ command }) => command === 'block-visitor')[0]).toMatchObject({
    actor: `user:${sue.id}`,
  })
})

test('who may block and not close leaves it with whoever has it', async () => {
  const doorkeeper =
    '    doorkeeper: { extends: [operator], can: { tenant: [block-visitors] } }\n    admin:\n      title: Admin'
  const text = readFileSync(POLICY, 'utf8').replace('    admin:\n      title: Admin', doorkeeper)
  expect((await byKey(desk.server, 'PUT', '/policy', { text })).status).toBe(200)
  const dan = await signUp(desk.server, 'Dan')
  await give(desk.server, dan, 'doorkeeper')
  const { visitor, key } = await writes()
  await ask(olga, 'POST', `/conversations/${key}/claim`)
  expect((await block(dan, visitor)).status).toBe(200)
  expect(await read(key)).toMatchObject({ state: 'open', assignee: { id: olga.id } })
  const again = await begin(desk.server, desk.widget, { device: visitor.device })
  expect(again.body.code).toBe('not_available')
})
