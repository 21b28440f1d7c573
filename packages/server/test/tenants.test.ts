// Several tenants through the public doors: made, joined, asked about, removed, and the same after a restart.

import { afterEach, expect, test } from 'vitest'
import { type Caller, setUp, signIn, signUp } from './people.ts'
import { endAll, type Serving, serve } from './serving.ts'

afterEach(endAll)

const change = async (grace: Caller, ...changes: readonly unknown[]) => {
  const response = await grace.call('POST', '/api/v1/changes', { changes })
  return [response.status, await response.json()] as const
}
const may = async (grace: Caller, who: Caller, resource: string) => {
  const answer = await grace.call('POST', '/api/v1/explain', {
    subject: `user:${who.id}`,
    action: 'configure',
    resource,
  })
  return ((await answer.json()) as { allowed: boolean }).allowed
}
const mayAll = async (grace: Caller, who: Caller) => [
  await may(grace, who, 'dock:north'),
  await may(grace, who, 'dock:far'),
]

async function withIsland(server: Serving) {
  const grace = await setUp(server, 'Grace')
  const ina = await signUp(server, 'Ina')
  const [status] = await change(
    grace,
    { resource: 'tenant:island', attributes: { title: 'Island' } },
    { resource: 'dock:far', attributes: {} },
    { relate: 'dock:far#tenant@tenant:island' },
    { assign: `tenant:island#master@user:${ina.id}` },
  )
  expect(status).toBe(200)
  return { grace, ina }
}

test('a role on a tenant counts there, in every session and after a restart', async () => {
  const server = await serve()
  const { grace, ina } = await withIsland(server)
  expect(await mayAll(grace, ina)).toEqual([false, true])
  expect(await mayAll(grace, grace)).toEqual([true, false])
  const again = await server.again()
  const [graceAgain, inaAgain] = [await signIn(again, grace.email), await signIn(again, ina.email)]
  expect(await mayAll(graceAgain, inaAgain)).toEqual([false, true])
  expect((await change(graceAgain, { relate: 'dock:far#tenant@tenant:harbour' }))[0]).toBe(200)
  expect(await mayAll(graceAgain, inaAgain)).toEqual([false, false])
  expect(await mayAll(graceAgain, graceAgain)).toEqual([true, true])
})

test('a tenant that is removed takes along what is in it, and nothing of it comes back', async () => {
  const server = await serve()
  const { grace, ina } = await withIsland(server)
  expect((await change(grace, { remove_resource: 'tenant:island' }))[0]).toBe(200)
  const [status, problem] = await change(grace, { relate: 'dock:far#tenant@tenant:harbour' })
  expect([status, problem]).toMatchObject([404, { code: 'resource_unknown' }])
  const again = await server.again()
  const graceAgain = await signIn(again, grace.email)
  const made = await change(
    graceAgain,
    { resource: 'tenant:island', attributes: {} },
    { resource: 'dock:far', attributes: {} },
  )
  expect(made[0]).toBe(200)
  expect(await mayAll(graceAgain, ina)).toEqual([false, false])
  expect(await may(graceAgain, graceAgain, 'dock:far')).toBe(true)
})

test('what makes no sense about tenants is refused with a remedy', async () => {
  const server = await serve()
  const { grace } = await withIsland(server)
  for (const [body, status, code] of [
    [{ relate: 'dock:far#tenant@tenant:nowhere' }, 404, 'resource_unknown'],
    [{ relate: 'dock:nowhere#tenant@tenant:island' }, 404, 'resource_unknown'],
    [{ relate: 'tenant:island#tenant@tenant:harbour' }, 400, 'invalid'],
    [{ relate: 'dock:far#tenant@dock:north' }, 400, 'invalid'],
    [{ remove_resource: 'tenant:harbour' }, 400, 'invalid'],
    [{ assign: 'tenant:nowhere#master@user:x' }, 404, 'resource_unknown'],
  ] as const) {
    const [said, problem] = await change(grace, body)
    expect([said, problem], JSON.stringify(body)).toMatchObject([
      status,
      { code, remedy: expect.any(String) },
    ])
  }
})
