// Why a conversation left somebody's sight, as `[desk]` tells it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ask,
  type Desk,
  endDesk,
  freshDesk,
  give,
  listen,
  online,
  opens,
  operator,
  take,
} from './desk-case.ts'
import { type Caller, signUp } from './people.ts'
import { byKey, visit } from './widget-case.ts'

let desk: Desk
let olga: Caller
let otto: Caller

beforeAll(async () => {
  desk = await freshDesk()
  olga = await operator(desk.server, 'Olga')
  otto = await operator(desk.server, 'Otto')
}, 60_000)

afterAll(endDesk)

async function waiting(): Promise<string> {
  const { visitor } = await visit(desk.server, desk.widget)
  return (await opens(desk.server, visitor.id)).conversation.key
}

/** What one is told of the end of a conversation. */
async function board(who: Caller) {
  const told = await listen(online(desk.server, who).channels.get('[desk]'))
  return async (key: string) =>
    (await told.next(({ name, data }) => name === 'gone' && data.key === key)).data
}

const named = ({ id }: Caller, name: string) => ({ id, name })
const does = (who: Caller, key: string, verb: string, body?: object) =>
  ask(who, 'POST', `/conversations/${key}/${verb}`, body)

test('claimed, assigned, transferred, released, closed: who did it, and who has it now', async () => {
  const [olgas, ottos] = [await board(olga), await board(otto)]
  const sue = await operator(desk.server, 'Sue', 'supervisor')
  const [first, second, third] = [await waiting(), await waiting(), await waiting()]
  await does(olga, first, 'claim')
  expect(await ottos(first)).toEqual({
    key: first,
    why: 'claimed',
    by: named(olga, 'Olga'),
    atMs: expect.any(Number),
  })
  await does(olga, first, 'transfer', { operator: otto.id })
  expect(await olgas(first)).toMatchObject({
    why: 'transferred',
    by: named(olga, 'Olga'),
    to: named(otto, 'Otto'),
  })
  await does(sue, second, 'assign', { operator: otto.id })
  expect(await olgas(second)).toMatchObject({
    why: 'assigned',
    by: named(sue, 'Sue'),
    to: named(otto, 'Otto'),
  })
  await does(sue, third, 'close', {})
  expect(await olgas(third)).toMatchObject({ why: 'closed', by: named(sue, 'Sue') })
  const ann = await operator(desk.server, 'Ann', 'agent')
  const anns = await board(ann)
  const mine = await waiting()
  await give(desk.server, ann, 'operator')
  await does(ann, mine, 'claim')
  await take(desk.server, ann, 'operator')
  await does(ann, mine, 'release')
  expect(await anns(mine)).toMatchObject({ why: 'released', by: named(ann, 'Ann') })
})

test('to a team the team is named', async () => {
  await byKey(desk.server, 'POST', '/groups', { key: 'billing', title: 'Billing' })
  await byKey(desk.server, 'PUT', '/resources/group:billing', {
    attributes: { title: 'Billing', desk: true },
  })
  const bea = await operator(desk.server, 'Bea', 'operator')
  const next = await waiting()
  await does(bea, next, 'claim')
  const beas = await board(bea)
  await give(desk.server, bea, 'agent')
  await take(desk.server, bea, 'operator')
  await does(bea, next, 'transfer', { team: 'billing' })
  expect(await beas(next)).toMatchObject({
    why: 'transferred',
    to: { id: 'group:billing', name: 'Billing' },
  })
})

test('whoever lost the desk is told nothing but that, also of what the desk does in the same moment', async () => {
  const dora = await operator(desk.server, 'Dora')
  const [mine, queued] = [await waiting(), await waiting()]
  await does(dora, mine, 'claim')
  const doras = await board(dora)
  await take(desk.server, dora, 'operator')
  for (const key of [mine, queued])
    expect(await doras(key)).toEqual({ key, why: 'rights', atMs: expect.any(Number) })
  const member = await signUp(desk.server, 'Max')
  const left = await ask(member, 'GET', `/conversations/${mine}`)
  expect(left.status).toBe(404)
})
