// Whoever a note names is told on `[desk]`, if they may read the conversation; nobody else is.

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
import { visit } from './widget-case.ts'

let desk: Desk

beforeAll(async () => {
  desk = await freshDesk()
}, 60_000)

afterAll(endDesk)

test('named in a note: told who did it and where; not the author, not who may not read it, and not by a message of the visitor', async () => {
  const [olga, otto, sue] = [
    await operator(desk.server, 'Olga'),
    await operator(desk.server, 'Otto'),
    await operator(desk.server, 'Sue', 'supervisor'),
  ]
  const session = await visit(desk.server, desk.widget)
  const { visitor } = session
  const { key, channel } = (await opens(desk.server, visitor.id)).conversation
  await ask(olga, 'POST', `/conversations/${key}/claim`)
  const boards = {
    olga: await listen(online(desk.server, olga).channels.get('[desk]')),
    otto: await listen(online(desk.server, otto).channels.get('[desk]')),
    sue: await listen(online(desk.server, sue).channels.get('[desk]')),
  }
  const extras = { mentions: { people: [olga.id, otto.id, sue.id] } }
  const room = online(desk.server, olga).channels.get(channel)
  await room.publish({ name: 'note', data: { text: 'What do you think?' }, extras })
  const told = await boards.sue.next(({ name }) => name === 'mention')
  expect(told.data).toEqual({ key, by: { id: olga.id, name: 'Olga' }, atMs: expect.any(Number) })
  // Visitors name nobody: what they send is refused.
  const theirs = onlineVisitor(desk.server, session).channels.get(channel)
  await expect(theirs.publish({ name: 'text', data: { text: 'hey' }, extras })).rejects.toThrow()
  // A mark behind all of it: what was to be told has been told.
  await ask(sue, 'PUT', '/me', { status: 'busy' })
  for (const board of [boards.olga, boards.otto]) {
    await board.next(({ name, data }) => name === 'operator' && data.id === sue.id)
    expect(board.heard.filter(({ name }) => name === 'mention')).toEqual([])
  }
})
