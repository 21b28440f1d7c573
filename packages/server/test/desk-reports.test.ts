// Numbers of the desk through its public doors: reports, and how it stands now.

import { afterAll, expect, test } from 'vitest'
import {
  ask,
  endDesk,
  freshDesk,
  listen,
  online,
  onlineVisitor,
  opens,
  operator,
} from './desk-case.ts'
import { signUp } from './people.ts'
import { byKey, door, visit } from './widget-case.ts'

afterAll(endDesk)

const dayOf = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const SPAN = `/reports?from=${dayOf(-2)}&to=${dayOf(2)}`

test('how the desk did is told to who may read it, by the days of a zone', async () => {
  const { server, widget } = await freshDesk()
  const [olga, sue] = [await operator(server, 'Olga'), await operator(server, 'Sue', 'supervisor')]
  const { visitor } = await visit(server, widget)
  const { conversation } = await opens(server, visitor.id)
  await ask(olga, 'POST', `/conversations/${conversation.key}/claim`)
  await ask(olga, 'POST', `/conversations/${conversation.key}/close`, {})
  const path = `${SPAN}&zone=Europe%2FBerlin`
  expect((await ask(olga, 'GET', path)).status).toBe(403)
  const report = await ask<{ series: object[] }>(sue, 'GET', path)
  expect(report.body).toMatchObject({
    totals: { opened: 1, answered: 1, closed: 1, missed: 0, rating: null },
    operators: [{ id: olga.id, name: 'Olga', opened: 1 }],
  })
  expect(report.body.series).toHaveLength(4)
  const wrong = await ask(sue, 'GET', `/reports?from=${dayOf(2)}&to=${dayOf(0)}`)
  expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid' } })
})

test('the first answer is the first text of an operator; it, and the rating, are told by widget', async () => {
  const { server, widget } = await freshDesk()
  const [olga, sue] = [await operator(server, 'Olga'), await operator(server, 'Sue', 'supervisor')]
  const session = await visit(server, widget)
  const { conversation } = await opens(server, session.visitor.id, {
    widget: widget.id,
    text: 'Hi',
  })
  const path = `/conversations/${conversation.key}`
  const before = await ask<{ totals: { firstAnswer: unknown } }>(sue, 'GET', SPAN)
  expect(before.body.totals.firstAnswer).toBeNull()
  await ask(olga, 'POST', `${path}/claim`)
  const olgas = online(server, olga).channels.get(conversation.channel)
  await olgas.publish('note', { text: 'A note is no answer' })
  await onlineVisitor(server, session)
    .channels.get(conversation.channel)
    .publish('text', { text: 'Anybody?' })
  await olgas.publish('text', { text: 'Here I am' })
  await olgas.publish('text', { text: 'How can I help?' })
  await ask(olga, 'POST', `${path}/close`, {})
  await door(server, 'POST', `${path}/rating`, { device: session.device, body: { score: 4 } })
  type Report = { totals: Record<string, { mean: number; p90: number }>; widgets: object[] }
  const { items } = await olgas.history({ direction: 'forwards' })
  const answer = items.find(({ data }) => data?.text === 'Here I am')
  const { body } = await ask<Report>(sue, 'GET', SPAN)
  const took = (answer?.timestamp ?? 0) - Number(conversation.openedAtMs)
  expect(body.totals.firstAnswer?.mean).toBe(took)
  expect(body.totals).toMatchObject({ opened: 1, closed: 1, rating: 4, ratings: 1 })
  expect(body.widgets).toMatchObject([{ id: widget.id, name: 'Shop', opened: 1, rating: 4 }])
})

test('how it stands now is told to who is of the desk', async () => {
  const { server, widget } = await freshDesk()
  const olga = await operator(server, 'Olga')
  type Now = { waiting: number; longestWaitMs: number | null; open: number; operators: object }
  const now = async () => (await ask<Now>(olga, 'GET', '/now')).body
  expect(await now()).toMatchObject({ waiting: 0, longestWaitMs: null, open: 0 })
  const keys: string[] = []
  for (let n = 0; n < 3; n += 1) {
    const { visitor } = await visit(server, widget)
    keys.push((await opens(server, visitor.id)).conversation.key)
  }
  await ask(olga, 'POST', `/conversations/${keys[0]}/claim`)
  await listen(online(server, olga).channels.get('[desk]'))
  await ask(olga, 'PUT', '/me', { status: 'available' })
  expect(await now()).toMatchObject({
    waiting: 2,
    longestWaitMs: expect.any(Number),
    open: 1,
    operators: { available: 1, withRoom: 1, busy: 0, away: 0 },
  })
  expect((await ask(await signUp(server, 'Ada'), 'GET', '/now')).status).toBe(403)
  expect((await byKey(server, 'GET', '/desk/now')).status).toBe(200)
})

test('the numbers of the past tell how soon the desk answers, to who may read its reports', async () => {
  const { server, widget } = await freshDesk()
  const [olga, sue] = [await operator(server, 'Olga'), await operator(server, 'Sue', 'supervisor')]
  const { visitor } = await visit(server, widget)
  const { conversation } = await opens(server, visitor.id, { widget: widget.id, text: 'Hi' })
  await ask(olga, 'POST', `/conversations/${conversation.key}/claim`)
  const olgas = online(server, olga).channels.get(conversation.channel)
  await olgas.publish('text', { text: 'Here I am' })
  await ask(olga, 'POST', `/conversations/${conversation.key}/close`, {})
  const path = '/analytics/desk?by=week&zone=Asia/Kathmandu&compare=previous'
  const { body } = await byKey(server, 'GET', path)
  const { rows, totals } = body as { rows: object[]; totals: { answerMs: number } }
  const first = { opened: 1, answered: 1, missed: 0, closed: 1, rating: null }
  expect(body).toMatchObject({
    totals: { ...first, answerMs: expect.any(Number), answerP90Ms: expect.any(Number) },
    previousTotals: { opened: 0, answerMs: null },
  })
  expect(rows.at(-1)).toMatchObject({ ...first, answerMs: totals.answerMs })
  expect(JSON.stringify(body)).not.toContain(olga.id)
  // Its reports alone do not open the numbers.
  expect((await sue.call('GET', `/api/v1${path}`)).status).toBe(403)
})
