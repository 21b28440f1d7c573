// Conversations that close by a rule an operator switched on, in her name.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ask,
  type Desk,
  deskOn,
  endDesk,
  freshDesk,
  give,
  listen,
  online,
  onlineVisitor,
  opens,
  operator,
  refusal,
  type View,
} from './desk-case.ts'
import { type Caller, signUp } from './people.ts'
import { serve } from './serving.ts'
import { POLICY, visit } from './widget-case.ts'

let desk: Desk

beforeAll(async () => {
  desk = await freshDesk()
}, 60_000)

afterAll(endDesk)

async function talking(who: Caller) {
  const session = await visit(desk.server, desk.widget)
  const { conversation } = await opens(desk.server, session.visitor.id)
  await ask(who, 'POST', `/conversations/${conversation.key}/claim`)
  const visitor = onlineVisitor(desk.server, session).channels.get(conversation.channel)
  const hears = await listen(visitor)
  const hers = online(desk.server, who).channels.get(conversation.channel)
  const kind = (wanted: string) =>
    hears.next(({ name, data }) => name === 'event' && data.kind === wanted)
  return { key: conversation.key, visitor, hers, kind, heard: hears.heard }
}

const rule = (who: Caller, body: object) => ask(who, 'PUT', '/me/closing', body)

test('after an answer and a silence it closes in her name, with a warning before; never a word after it', async () => {
  const olga = await operator(desk.server, 'Olga')
  const one = await talking(olga)
  const set = await rule(olga, { afterSeconds: 2, warnSeconds: 1 })
  expect(set.body).toMatchObject({ closing: { afterSeconds: 2, warnSeconds: 1 } })
  await one.visitor.publish('text', { text: 'Hello?' })
  await one.hers.publish('text', { text: 'Hello' })
  const warning = await one.kind('closing')
  expect(warning.data).toEqual({
    kind: 'closing',
    by: { id: olga.id, name: 'Olga' },
    atMs: expect.any(Number),
  })
  const closed = await one.kind('closed')
  expect(closed.data).toEqual({ kind: 'closed', by: { id: olga.id, name: 'Olga' }, rule: true })
  expect(closed.timestamp).toBeGreaterThanOrEqual(warning.data.atMs)
  const view = await ask<View>(olga, 'GET', `/conversations/${one.key}`)
  expect(view.body).toMatchObject({
    state: 'closed',
    closedBy: { id: olga.id },
    closedByRule: true,
  })
  expect((await refusal(one.visitor.publish('text', { text: 'Late' }))).message).toContain('closed')
  expect((await ask(olga, 'GET', '/me')).body).toMatchObject({ open: 0 })
  const off = await ask(olga, 'DELETE', '/me/closing')
  expect(off.body.closing).toBeUndefined()
})

test('a word of the visitor begins the silence anew; before an answer there is none', async () => {
  const anna = await operator(desk.server, 'Anna')
  const [asked, answered] = [await talking(anna), await talking(anna)]
  await asked.visitor.publish('text', { text: 'Nobody has answered me' })
  await answered.hers.publish('text', { text: 'Hello' })
  await answered.visitor.publish('text', { text: 'One more thing' })
  const third = await talking(anna)
  await third.hers.publish('text', { text: 'Hello' })
  await rule(anna, { afterSeconds: 1 })
  await third.kind('closed')
  for (const { key } of [asked, answered])
    expect((await ask(anna, 'GET', `/conversations/${key}`)).body).toMatchObject({ state: 'open' })
  await answered.hers.publish('text', { text: 'Yes' })
  await answered.kind('closed')
  const { body } = await ask(anna, 'GET', `/conversations/${asked.key}`)
  expect(body).toMatchObject({ state: 'open' })
})

test('it rests while she may not close, and goes on when she may', async () => {
  const text = await readFile(POLICY, 'utf8')
  const folder = await mkdtemp(join(tmpdir(), 'sayso-policy-'))
  const file = join(folder, 'policy.yaml')
  await writeFile(file, text.replace('can: [transfer, close, snooze]', 'can: [transfer, snooze]'))
  const mine = desk
  desk = await deskOn(await serve({ SAYSO_POLICY: file }))
  try {
    const [bea, sue] = [await operator(desk.server, 'Bea'), await operator(desk.server, 'Sue')]
    await give(desk.server, sue, 'supervisor')
    const [hers, sues] = [await talking(bea), await talking(sue)]
    await hers.hers.publish('text', { text: 'Hello' })
    for (const who of [bea, sue]) await rule(who, { afterSeconds: 1 })
    await sues.hers.publish('text', { text: 'Hello' })
    await sues.kind('closed')
    const path = `/conversations/${hers.key}`
    expect((await ask(bea, 'GET', path)).body).toMatchObject({ state: 'open' })
    await give(desk.server, bea, 'supervisor')
    expect((await hers.kind('closed')).data).toMatchObject({ by: { id: bea.id }, rule: true })
  } finally {
    desk = mine
    await rm(folder, { recursive: true })
  }
})

test('only operators switch it on, and a warning comes within the silence', async () => {
  const [eve, coach] = [await signUp(desk.server, 'Eve'), await operator(desk.server, 'Coach')]
  const wrong = await rule(eve, { afterSeconds: 1 })
  expect([wrong.status, wrong.body.code]).toEqual([404, 'person_unknown'])
  expect((await rule(coach, { afterSeconds: 5, warnSeconds: 9 })).status).toBe(400)
})

test('what is written at that very moment is before the end or refused', async () => {
  const cara = await operator(desk.server, 'Cara')
  await rule(cara, { afterSeconds: 1 })
  const one = await talking(cara)
  await one.hers.publish('text', { text: 'Hello' })
  const ended = one.kind('closed')
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  // Presence of a reader, not words of the visitor: those would begin the silence anew.
  while (!isOver) await one.hers.publish('note', { text: 'still here' }).catch(() => undefined)
  await ended
  const { items } = await one.hers.history({ limit: 2 })
  expect(items.map(({ name, data }) => data.kind ?? name)).toEqual(['closed', 'note'])
})
