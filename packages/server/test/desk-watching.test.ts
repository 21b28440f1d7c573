// Who looks on in silence: said to herself, in all her connections, and to nobody else.

import type { InboundMessage } from 'ably'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  ask,
  closeAll,
  type Desk,
  freshDesk,
  listen,
  online,
  onlineVisitor,
  opens,
  operator,
} from './desk-case.ts'
import { endAll } from './serving.ts'
import { visit } from './widget-case.ts'

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk()
}, 60_000)
afterEach(closeAll)
afterAll(endAll)

test('who looks on reads so until she stops; the one who has it and the visitor hear nothing of it', async () => {
  const { server, widget } = desk
  const olga = await operator(server, 'Olga')
  const sue = await operator(server, 'Sue', 'supervisor')
  const session = await visit(server, widget)
  const { conversation } = await opens(server, session.visitor.id)
  const path = `/conversations/${conversation.key}`
  await ask(olga, 'POST', `${path}/claim`)
  const [hers, others] = [online(server, sue), online(server, olga)].map((each) =>
    each.channels.get('[desk]'),
  )
  const told = await listen(hers as NonNullable<typeof hers>)
  const toldToOthers = await listen(others as NonNullable<typeof others>)
  const visitor = await listen(onlineVisitor(server, session).channels.get(conversation.channel))
  const isOurs = ({ name, data }: InboundMessage) =>
    name === 'conversation' && data.key === conversation.key
  expect((await ask(sue, 'POST', `${path}/watch`)).body).toMatchObject({ isWatching: true })
  await told.next((each) => isOurs(each) && each.data.isWatching === true)
  expect((await ask(sue, 'GET', path)).body.isWatching).toBe(true)
  expect((await ask(olga, 'GET', path)).body).not.toHaveProperty('isWatching')
  await ask(sue, 'POST', `${path}/leave`)
  const from = told.heard.findIndex((each) => isOurs(each) && each.data.isWatching === true)
  await told.next((each) => told.heard.indexOf(each) > from && isOurs(each))
  expect((await ask(sue, 'GET', path)).body).not.toHaveProperty('isWatching')
  await ask(olga, 'PATCH', path, { labels: ['seen'] })
  await toldToOthers.next((each) => isOurs(each) && String(each.data.labels) === 'seen')
  for (const each of toldToOthers.heard) expect(each.data).not.toHaveProperty('isWatching')
  expect(JSON.stringify(visitor.heard)).not.toContain('Sue')
})
