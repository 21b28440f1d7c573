// Several tenants through the public doors: made, joined, asked about, removed, and the same after a restart.

import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Caller, setUp, signIn, signUp } from './people.ts'
import { endAll, POLICY, type Serving, serve } from './serving.ts'

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

test('whoever administers a tenant changes what is in it, and nothing else', async () => {
  // Administering is policy: the document says what may be asked of a tenant, and who may.
  const policy = join(await mkdtemp(join(tmpdir(), 'sayso-tenants-')), 'policy.yaml')
  const text = (await readFile(POLICY, 'utf8'))
    .replace('dock: ["*"]', 'dock: ["*"]\n        tenant: ["*"]')
    .replace(
      '\ntypes:\n',
      '\ntypes:\n  tenant: { actions: [assign-role, manage-app, manage-people], roles: {} }\n',
    )
  await writeFile(policy, text)
  const server = await serve({ SAYSO_POLICY: policy })
  const { ina } = await withIsland(server)
  const bo = await signUp(server, 'Bo')
  const statusOf = async (...changes: readonly unknown[]) => (await change(ina, ...changes))[0]
  expect(await statusOf({ assign: `dock:far#sailor@user:${bo.id}` })).toBe(200)
  expect(await statusOf({ unassign: `dock:far#sailor@user:${bo.id}` })).toBe(200)
  expect(
    await statusOf(
      { resource: 'dock:new', attributes: {} },
      { relate: 'dock:new#tenant@tenant:island' },
      { assign: `dock:new#sailor@user:${bo.id}` },
    ),
  ).toBe(200)
  const refused = [
    [{ assign: `dock:north#sailor@user:${bo.id}` }],
    [{ assign: `tenant:harbour#master@user:${ina.id}` }],
    [{ relate: 'dock:north#tenant@tenant:island' }],
    [{ relate: 'dock:far#tenant@tenant:harbour' }],
    [{ resource: 'dock:other', attributes: {} }],
    [{ resource: 'tenant:mine', attributes: {} }],
    [{ remove_resource: 'tenant:island' }],
    [{ person: `user:${bo.id}`, attributes: { name: 'Bob' } }],
    // One change that is not theirs takes the others along.
    [{ assign: `dock:far#sailor@user:${bo.id}` }, { assign: `dock:north#sailor@user:${bo.id}` }],
  ]
  for (const changes of refused) expect(await statusOf(...changes)).toBe(403)
})

test('a key of a tenant has no scopes, and a tenant that exists', async () => {
  const server = await serve()
  const { grace } = await withIsland(server)
  const create = async (terms: object) => {
    const response = await grace.call('POST', '/api/v1/keys', { permissions: ['*'], ...terms })
    return [response.status, (await response.json()) as Record<string, unknown>] as const
  }
  expect(await create({ name: 'a', tenant: 'island', scopes: ['decisions'] })).toMatchObject([
    400,
    { code: 'invalid' },
  ])
  expect(await create({ name: 'b', tenant: 'nowhere' })).toMatchObject([
    404,
    { code: 'resource_unknown' },
  ])
  const [status, made] = await create({ name: 'c', tenant: 'island' })
  expect([status, made.tenant]).toEqual([201, 'island'])
  const edited = await grace.call('PATCH', `/api/v1/keys/${made.id}`, { tenant: null })
  expect(await edited.json()).not.toHaveProperty('tenant')
})
