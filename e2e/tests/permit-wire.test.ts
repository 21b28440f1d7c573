// What only the wire shows of the Permit-shaped API: headers, bodies of DELETE, and everything malformed.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pathsOf, permitTo, raw, startEmpty } from '../lib/permit.ts'
import { KEY, type Server } from '../lib/server.ts'

let server: Server
let paths: { schema: string; facts: string }
beforeAll(async () => {
  server = await startEmpty()
  paths = await pathsOf(server)
  const { api } = permitTo(server)
  await api.resources.create({ key: 'doc', name: 'Doc', actions: { read: {} } })
  await api.roles.create({ key: 'viewer', name: 'Viewer' })
  await api.users.sync({ key: 'auth0|elon' })
})
afterAll(() => server?.remove())

const ERROR = ['id', 'title', 'error_code', 'message', 'support_link', 'additional_info']

test('a key, an id and their percent-encoded forms name the same thing', async () => {
  const byKey = await raw(server, 'GET', `${paths.facts}/users/auth0%7Celon`)
  expect(byKey).toMatchObject({ status: 200, body: { key: 'auth0|elon' } })
  const { id } = byKey.body as { id: string }
  expect((await raw(server, 'GET', `${paths.facts}/users/${id}`)).body).toEqual(byKey.body)
  expect((await raw(server, 'GET', `${paths.facts}/users/${id.toUpperCase()}`)).body).toEqual(
    byKey.body,
  )
  const unknown = await raw(
    server,
    'GET',
    `${paths.facts}/users/${id.replace(/^./, (x) => (x === 'a' ? 'b' : 'a'))}`,
  )
  expect(unknown).toMatchObject({ status: 404, body: { error_code: 'NOT_FOUND' } })
  await raw(server, 'POST', `${paths.facts}/resource_instances`, { key: 'a b/c', resource: 'doc' })
  expect(
    await raw(server, 'GET', `${paths.facts}/resource_instances/doc%3Aa%20b%2Fc`),
  ).toMatchObject({ status: 200, body: { key: 'a b/c' } })
})

test('ids are the same after a restart, also those nobody has asked for since', async () => {
  const { body } = await raw(server, 'GET', `${paths.facts}/users/auth0%7Celon`)
  await server.kill('SIGTERM')
  server = await server.restart()
  const { id } = body as { id: string }
  expect((await raw(server, 'GET', `${paths.facts}/users/${id}`)).body).toEqual(body)
})

test('DELETE reads its body', async () => {
  const where = { user: 'auth0|elon', role: 'viewer', tenant: 'default' }
  expect((await raw(server, 'POST', `${paths.facts}/role_assignments`, where)).status).toBe(200)
  expect(await raw(server, 'DELETE', `${paths.facts}/role_assignments`)).toMatchObject({
    status: 422,
  })
  expect(await raw(server, 'DELETE', `${paths.facts}/role_assignments`, where)).toEqual({
    status: 204,
    type: '',
    body: undefined,
  })
})

test.each<[string, string, unknown, readonly unknown[]]>([
  ['POST', '/facts/users', '{', ['body']],
  ['POST', '/facts/users', '', ['body']],
  ['POST', '/facts/users', '[]', ['body']],
  ['POST', '/facts/users', { key: '' }, ['body', 'key']],
  ['POST', '/facts/users', { key: 5 }, ['body', 'key']],
  ['POST', '/facts/users', { key: 'a\u0000b' }, ['body', 'key']],
  ['POST', '/facts/users', { key: 'x', attributes: [] }, ['body', 'attributes']],
  ['POST', '/facts/tenants', { key: '_x', name: 'x' }, ['body', 'key']],
  ['POST', '/facts/role_assignments', { user: 'x' }, ['body', 'role']],
  ['POST', '/facts/role_assignments/bulk', {}, ['body']],
  ['POST', '/facts/relationship_tuples', { subject: 'a' }, ['body', 'relation']],
  ['POST', '/allowed', {}, ['body', 'user']],
  ['POST', '/allowed', 'nonsense', ['body']],
  ['POST', '/allowed/bulk', {}, ['body']],
  ['POST', '/user-permissions', { user: 'x', tenants: 'acme' }, ['body', 'tenants']],
  ['GET', '/facts/users?page=0', undefined, ['query', 'page']],
  ['GET', '/facts/users?per_page=many', undefined, ['query', 'per_page']],
])('%s %s %j is 422 and says where', async (method, path, body, loc) => {
  const answer = await raw(server, method, path, body === '' ? undefined : body)
  expect(answer).toMatchObject({ status: 422, type: 'application/json' })
  const { detail, message } = answer.body as {
    detail: { loc: unknown; msg: string; type: string }[]
    message: string
  }
  expect(detail[0]).toEqual({ loc, msg: expect.any(String), type: expect.any(String) })
  expect(message).toBe(detail[0]?.msg)
})

test('a schema body that does not fit is 422', async () => {
  for (const body of [
    { key: 'a b', name: 'x', actions: {} },
    { key: 'x', actions: {} },
    { key: 'x', name: 'x' },
    { key: 'x', name: 'x', actions: { 'a:b': {} } },
    { key: 'x', name: 'x', actions: {}, attributes: { a: { type: 'money' } } },
  ]) {
    expect((await raw(server, 'POST', `${paths.schema}/resources`, body)).status).toBe(422)
  }
})

describe('pages', () => {
  test('beyond a hundred are refused, beyond the end empty', async () => {
    const large = await raw(server, 'GET', '/facts/users?per_page=101')
    expect(large).toMatchObject({
      status: 400,
      body: { error_code: 'PAGINATION_SIZE_OVERREACHED' },
    })
    expect(Object.keys(large.body as object)).toEqual(ERROR)
    const beyond = await raw(server, 'GET', '/facts/users?page=9&per_page=100')
    expect(beyond.body).toEqual({ data: [], total_count: 1, page_count: 1 })
  })
})

test('an address that is none is 404 as JSON, never a page', async () => {
  for (const path of ['/v2', '/v2/', '/v2/nothing', `${paths.schema}/nothing`, '/facts/nothing']) {
    const answer = await raw(server, 'GET', path, undefined, { headers: { accept: 'text/html' } })
    expect([path, answer.status, answer.type]).toEqual([path, 404, 'application/json'])
  }
  expect((await raw(server, 'PUT', '/allowed', {})).status).toBe(404)
})

test('a body that goes on is refused', async () => {
  const answer = await raw(server, 'POST', '/facts/users', {
    key: 'x',
    attributes: { a: 'a'.repeat(1_100_000) },
  })
  expect(answer.status).toBe(413)
  expect(Object.keys(answer.body as object)).toEqual(ERROR)
})

test('names that a program inherits are names like any other', async () => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
    expect((await raw(server, 'GET', `${paths.schema}/resources/${name}`)).status).toBe(404)
    expect((await raw(server, 'GET', `${paths.schema}/roles/${name}`)).status).toBe(404)
    const check = { user: name, action: name, resource: name, context: {} }
    expect(await raw(server, 'POST', '/allowed', check)).toMatchObject({
      status: 200,
      body: { allow: false },
    })
    const where = { user: 'auth0|elon', role: name, tenant: 'default' }
    expect((await raw(server, 'POST', `${paths.facts}/role_assignments`, where)).status).toBe(404)
    const rule = {
      user_set: name,
      permission: 'doc:read',
      resource_set: 'doc',
      is_role: true,
      is_resource: true,
    }
    expect((await raw(server, 'POST', `${paths.facts}/set_rules`, rule)).status).toBe(404)
  }
})

test('whatever is asked about, a check answers yes or no', async () => {
  for (const resource of [
    '',
    ':',
    'doc:',
    ':x',
    'doc:a#b',
    { type: '' },
    { type: 'doc', key: '' },
    { type: 'doc', key: 'a#b' },
    { type: 'tenant', key: 'default' },
  ]) {
    const answer = await raw(server, 'POST', '/allowed', {
      user: 'auth0|elon',
      action: 'read',
      resource,
      context: {},
    })
    expect([resource, answer.status, (answer.body as { allow: unknown }).allow]).toEqual([
      resource,
      200,
      false,
    ])
  }
  const odd = await raw(server, 'POST', '/allowed', {
    user: '',
    action: '',
    resource: 'doc',
    context: null,
  })
  expect(odd).toMatchObject({ status: 200, body: { allow: false, result: false } })
})

test('secrets are in no answer', async () => {
  const secret = KEY.split(':')[1] ?? ''
  for (const path of ['/v2/api-key/scope', `${paths.facts}/users`]) {
    expect(JSON.stringify((await raw(server, 'GET', path)).body)).not.toContain(secret)
  }
  const wrong = await raw(server, 'GET', '/v2/api-key/scope', undefined, { key: `${KEY}wrong` })
  expect(wrong.status).toBe(401)
  expect(JSON.stringify(wrong.body)).not.toContain(secret)
})
