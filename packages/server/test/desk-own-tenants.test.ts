// The tenants somebody has a desk in: all of them, with their titles, and nothing of others.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, closeAll, type Desk, freshDesk, give, operator, take } from './desk-case.ts'
import { type Caller, signUp } from './people.ts'
import { endAll } from './serving.ts'
import { byKey } from './widget-case.ts'

type Own = { readonly items: readonly { readonly tenant: string; readonly title: string }[] }

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk()
  for (const [key, title] of [
    ['north', 'Shop of the north'],
    ['south', 'A shop in the south'],
  ])
    await byKey(desk.server, 'PUT', `/tenants/${key}`, { attributes: { title } })
}, 60_000)
afterEach(closeAll)
afterAll(endAll)

const own = async (who: Caller) => (await ask<Own>(who, 'GET', '/tenants')).body.items

test('an operator of several reads each by its title, from when the role is given until it is taken', async () => {
  const { server } = desk
  const olga = await operator(server, 'Olga')
  const home = { tenant: 'default', title: 'default' }
  const north = { tenant: 'north', title: 'Shop of the north' }
  expect(await own(olga)).toEqual([home])
  await give(server, olga, 'operator', 'tenant:north')
  expect(await own(olga)).toEqual([home, north])
  await take(server, olga, 'operator')
  expect(await own(olga)).toEqual([north])
})

test('a set leads to its tenant; whoever works nowhere reads nothing', async () => {
  const { server } = desk
  const tom = await signUp(server, 'Tom')
  expect(await own(tom)).toEqual([])
  const change = async (assign: string) => {
    const { status } = await byKey(server, 'POST', '/changes', { changes: [{ assign }] })
    expect(status).toBe(200)
  }
  await byKey(server, 'POST', '/groups', { key: 'southerners', title: 'Southerners' })
  await change('tenant:south#operator@group:southerners#member')
  expect(await own(tom)).toEqual([])
  await change(`group:southerners#member@user:${tom.id}`)
  expect(await own(tom)).toEqual([{ tenant: 'south', title: 'A shop in the south' }])
})
