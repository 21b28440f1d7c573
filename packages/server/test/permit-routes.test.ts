// Every route of the Permit-shaped API against every kind of key. The table is written by hand: a route that is not in it
// fails, and one that is in it and nowhere else.

import { randomBytes } from 'node:crypto'
import type { KeyId, KeyRecord } from '@sayso/policy'
import { openSqliteStore } from '@sayso/store/sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealer } from '../src/auth/sealed.ts'
import { openInstallation } from '../src/identity.ts'
import { OPA_ROUTES, PERMIT_ROUTES } from '../src/rest/permit/routes.ts'
import { readSettings } from '../src/settings.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

/** In the order of the columns. */
const KEYS = [
  'organization',
  'project',
  'admin',
  'decisions',
  'none',
  'wrong',
  'otherApp',
  'missing',
] as const
type KeyKind = (typeof KEYS)[number]

/** `+` let in, `x` 403, `u` 401. */
const ANYONE = '+++++ +++'
const ANY_KEY = '+++++ uuu'
const ADMIN = '+++xx uuu'
const PROJECT = '++xxx uuu'
const ORGANIZATION = '+xxxx uuu'
const DECISIONS = '++++x xxu'

const TYPE = '/v2/schema/:proj_id/:env_id/resources'
const SCHEMA = '/v2/schema/:proj_id/:env_id'
const parts = (path: string): Record<string, string> => ({
  [`GET ${path}`]: ADMIN,
  [`POST ${path}`]: ADMIN,
  [`GET ${path}/:part`]: ADMIN,
  [`PATCH ${path}/:part`]: ADMIN,
  [`DELETE ${path}/:part`]: ADMIN,
})
const setRules = (base: string): Record<string, string> => ({
  [`GET ${base}/set_rules`]: ADMIN,
  [`POST ${base}/set_rules`]: ADMIN,
  [`DELETE ${base}/set_rules`]: ADMIN,
})
const facts = (base: string): Record<string, string> => ({
  [`POST ${base}/bulk/users`]: ADMIN,
  [`PUT ${base}/bulk/users`]: ADMIN,
  [`DELETE ${base}/bulk/users`]: ADMIN,
  [`POST ${base}/bulk/tenants`]: ADMIN,
  [`DELETE ${base}/bulk/tenants`]: ADMIN,
  [`PUT ${base}/bulk/resource_instances`]: ADMIN,
  [`DELETE ${base}/bulk/resource_instances`]: ADMIN,
  [`GET ${base}/users`]: ADMIN,
  [`POST ${base}/users`]: ADMIN,
  [`GET ${base}/users/:user`]: ADMIN,
  [`PUT ${base}/users/:user`]: ADMIN,
  [`PATCH ${base}/users/:user`]: ADMIN,
  [`DELETE ${base}/users/:user`]: ADMIN,
  [`POST ${base}/users/:user/roles`]: ADMIN,
  [`DELETE ${base}/users/:user/roles`]: ADMIN,
  [`GET ${base}/tenants`]: ADMIN,
  [`POST ${base}/tenants`]: ADMIN,
  [`GET ${base}/tenants/:tenant`]: ADMIN,
  [`PATCH ${base}/tenants/:tenant`]: ADMIN,
  [`DELETE ${base}/tenants/:tenant`]: ADMIN,
  [`GET ${base}/tenants/:tenant/users`]: ADMIN,
  [`DELETE ${base}/tenants/:tenant/users/:user`]: ADMIN,
  [`GET ${base}/role_assignments`]: ADMIN,
  [`POST ${base}/role_assignments`]: ADMIN,
  [`DELETE ${base}/role_assignments`]: ADMIN,
  [`POST ${base}/role_assignments/bulk`]: ADMIN,
  [`DELETE ${base}/role_assignments/bulk`]: ADMIN,
  [`GET ${base}/resource_instances`]: ADMIN,
  [`POST ${base}/resource_instances`]: ADMIN,
  [`GET ${base}/resource_instances/:instance`]: ADMIN,
  [`PATCH ${base}/resource_instances/:instance`]: ADMIN,
  [`DELETE ${base}/resource_instances/:instance`]: ADMIN,
  [`GET ${base}/relationship_tuples`]: ADMIN,
  [`POST ${base}/relationship_tuples`]: ADMIN,
  [`DELETE ${base}/relationship_tuples`]: ADMIN,
  [`POST ${base}/relationship_tuples/bulk`]: ADMIN,
  [`DELETE ${base}/relationship_tuples/bulk`]: ADMIN,
  ...setRules(base),
})

const TABLE: Readonly<Record<string, string>> = {
  'GET /v2/api-key/scope': ANY_KEY,
  'GET /v2/projects': ORGANIZATION,
  'POST /v2/projects': ORGANIZATION,
  'GET /v2/projects/:project': PROJECT,
  'PATCH /v2/projects/:project': PROJECT,
  'DELETE /v2/projects/:project': ORGANIZATION,
  'GET /v2/projects/:project/envs': PROJECT,
  'POST /v2/projects/:project/envs': PROJECT,
  'GET /v2/projects/:project/envs/:environment': PROJECT,
  'PATCH /v2/projects/:project/envs/:environment': PROJECT,
  'DELETE /v2/projects/:project/envs/:environment': PROJECT,
  'GET /v2/projects/:project/envs/:environment/stats': PROJECT,
  'POST /v2/projects/:project/envs/:environment/copy': PROJECT,
  // Refused to everybody: a secret is shown once.
  'GET /v2/api-key/:project/:environment': 'xxxxx uuu',
  [`GET ${TYPE}`]: ADMIN,
  [`POST ${TYPE}`]: ADMIN,
  [`GET ${TYPE}/:resource`]: ADMIN,
  [`PUT ${TYPE}/:resource`]: ADMIN,
  [`PATCH ${TYPE}/:resource`]: ADMIN,
  [`DELETE ${TYPE}/:resource`]: ADMIN,
  [`GET ${TYPE}/:resource/roles`]: ADMIN,
  [`POST ${TYPE}/:resource/roles`]: ADMIN,
  [`GET ${TYPE}/:resource/roles/:role`]: ADMIN,
  [`PATCH ${TYPE}/:resource/roles/:role`]: ADMIN,
  [`DELETE ${TYPE}/:resource/roles/:role`]: ADMIN,
  [`POST ${TYPE}/:resource/roles/:role/permissions`]: ADMIN,
  [`DELETE ${TYPE}/:resource/roles/:role/permissions`]: ADMIN,
  [`POST ${TYPE}/:resource/roles/:role/implicit_grants`]: ADMIN,
  [`DELETE ${TYPE}/:resource/roles/:role/implicit_grants`]: ADMIN,
  [`PUT ${TYPE}/:resource/roles/:role/implicit_grants/conditions`]: ADMIN,
  ...parts(`${TYPE}/:resource/actions`),
  ...parts(`${TYPE}/:resource/action_groups`),
  ...parts(`${TYPE}/:resource/attributes`),
  ...parts(`${TYPE}/:resource/relations`),
  ...parts(`${SCHEMA}/users/attributes`),
  [`GET ${SCHEMA}/roles`]: ADMIN,
  [`POST ${SCHEMA}/roles`]: ADMIN,
  [`GET ${SCHEMA}/roles/:role`]: ADMIN,
  [`PATCH ${SCHEMA}/roles/:role`]: ADMIN,
  [`DELETE ${SCHEMA}/roles/:role`]: ADMIN,
  [`POST ${SCHEMA}/roles/:role/permissions`]: ADMIN,
  [`DELETE ${SCHEMA}/roles/:role/permissions`]: ADMIN,
  [`PUT ${SCHEMA}/roles/:role/parents/:parent`]: ADMIN,
  [`DELETE ${SCHEMA}/roles/:role/parents/:parent`]: ADMIN,
  [`GET ${SCHEMA}/condition_sets`]: ADMIN,
  [`POST ${SCHEMA}/condition_sets`]: ADMIN,
  [`GET ${SCHEMA}/condition_sets/:set`]: ADMIN,
  [`PATCH ${SCHEMA}/condition_sets/:set`]: ADMIN,
  [`DELETE ${SCHEMA}/condition_sets/:set`]: ADMIN,
  [`GET ${SCHEMA}/condition_sets/:set/ancestors`]: ADMIN,
  [`GET ${SCHEMA}/condition_sets/:set/descendants`]: ADMIN,
  [`GET ${SCHEMA}/condition_sets/:set/possible_parents`]: ADMIN,
  ...setRules(SCHEMA),
  ...facts('/v2/facts/:proj_id/:env_id'),
  ...facts('/facts'),
  'POST /allowed': DECISIONS,
  'POST /allowed/bulk': DECISIONS,
  'POST /allowed/all-tenants': DECISIONS,
  'POST /user-permissions': DECISIONS,
  'POST /authorized_users': DECISIONS,
  'POST /user-tenants': DECISIONS,
  'GET /local/role_assignments': DECISIONS,
  'GET /health': ANYONE,
  'GET /healthy': ANYONE,
  'GET /ready': ANYONE,
}

let server: Serving
const keys = {} as Record<KeyKind, string>
const scope = { project: '', environment: '' }

beforeAll(async () => {
  const first = await serve()
  await first.stop()
  const env = { SAYSO_DATA: first.folder, SAYSO_ROOT_KEY: KEY }
  const { secret, appId } = openInstallation(readSettings(env))
  const store = await openSqliteStore({ folder: first.folder })
  const seal = sealer(secret)
  const made = (id: string, more: object): KeyRecord => {
    const own = randomBytes(24).toString('base64url')
    keys[id as KeyKind] = `${appId}.${id}:${own}`
    return {
      id: id as KeyId,
      name: id,
      capability: { '*': ['*'] },
      scopes: [],
      sealedSecret: seal.seal(own),
      createdAtMs: 1,
      ...more,
    }
  }
  const records = [
    made('organization', { scopes: ['admin'], level: 'organization' }),
    made('project', { scopes: ['admin'], level: 'project', project: 'default' }),
    made('decisions', { scopes: ['decisions'] }),
    made('none', {}),
  ]
  const changes = records.map((key) => ({ kind: 'put-key', key }) as const)
  await store.transact({
    entries: [{ kind: 'rights', changes, cause: { command: 'test' } }],
    audit: { command: 'test', actor: 'server', target: 'keys' },
  })
  await store.close()
  keys.admin = KEY
  keys.wrong = `${KEY}x`
  keys.otherApp = 'elsewhere.first:k9Tn4wQx7Lr2Zb6Hy1Vd'
  server = await first.again()
  const answer = await fetch(`${server.url}/v2/api-key/scope`, {
    headers: { authorization: `Bearer ${KEY}` },
  })
  const said = (await answer.json()) as Record<string, string>
  scope.project = said.project_id ?? ''
  scope.environment = said.environment_id ?? ''
})
afterAll(endAll)

const named = PERMIT_ROUTES.map(({ method, path }) => `${method} ${path}`)

async function ask(route: string, kind: KeyKind): Promise<Response> {
  const [method = '', path = ''] = route.split(' ')
  const address = path
    .replace(':proj_id', scope.project)
    .replace(':env_id', scope.environment)
    .replaceAll(/:\w+/g, 'x')
  const hasBody = method !== 'GET'
  return fetch(`${server.url}${address}`, {
    method,
    headers: {
      ...(kind === 'missing' ? {} : { authorization: `Bearer ${keys[kind]}` }),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: '{}' } : {}),
  })
}

test('the table has every route, and no other', () => {
  expect(new Set(named).size).toBe(named.length)
  expect(Object.keys(TABLE).sort()).toEqual([...named].sort())
  expect(OPA_ROUTES.map(({ path }) => path)).toEqual(['/v1/data/permit/root'])
})

describe('who is let in', () => {
  test.each(Object.entries(TABLE))('%s: %s', async (route, line) => {
    const letters = await Promise.all(
      KEYS.map(async (kind) => {
        const answer = await ask(route, kind)
        expect(answer.headers.get('content-type') ?? 'none').toMatch(/^application\/json|none/)
        const { status } = answer
        if (status === 401 || status === 403) {
          const body = (await answer.json()) as object
          expect(Object.keys(body)).toEqual([
            'id',
            'title',
            'error_code',
            'message',
            'support_link',
            'additional_info',
          ])
        } else expect(status).toBeLessThan(500)
        return status === 401 ? 'u' : status === 403 ? 'x' : '+'
      }),
    )
    expect([route, letters.join('')]).toEqual([route, line.replace(' ', '')])
  })
})

test('a scheme that is none of ours is no key', async () => {
  for (const [path, status] of [
    ['/allowed', 403],
    ['/v2/projects', 401],
  ] as const) {
    const method = path === '/allowed' ? 'POST' : 'GET'
    const headers = { authorization: `Basic ${Buffer.from(KEY).toString('base64')}` }
    expect((await fetch(`${server.url}${path}`, { method, headers })).status).toBe(status)
  }
})

test('the scope of a key says its level', async () => {
  const levels = await Promise.all(
    (['organization', 'project', 'admin'] as const).map(async (kind) => {
      const said = (await (await ask('GET /v2/api-key/scope', kind)).json()) as Record<
        string,
        unknown
      >
      return [said.organization_id, said.project_id, said.environment_id].map((id) => id !== null)
    }),
  )
  expect(levels).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ])
})

test('another environment is one that is not there', async () => {
  const call = (project: string, environment: string) =>
    fetch(`${server.url}/v2/facts/${project}/${environment}/users`, {
      headers: { authorization: `Bearer ${KEY}` },
    }).then(async (answer) => [
      answer.status,
      ((await answer.json()) as { error_code?: string }).error_code,
    ])
  expect(await call('default', 'harbour')).toEqual([200, undefined])
  expect(await call('default', 'elsewhere')).toEqual([404, 'NOT_FOUND'])
  expect(await call('elsewhere', 'harbour')).toEqual([404, 'NOT_FOUND'])
  const id = '00000000-0000-5000-8000-000000000000'
  expect(await call('default', id)).toEqual([404, 'NOT_FOUND'])
})

describe('projects and environments', () => {
  type Body = Record<string, unknown>
  const call = async (
    method: string,
    path: string,
    body?: object,
    kind: KeyKind = 'organization',
  ) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${keys[kind]}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as Body }
  }

  test('a new project starts with two environments, each an app with a key of its own', async () => {
    const made = await call('POST', '/v2/projects', { key: 'web', name: 'Web', description: 'x' })
    expect(made).toMatchObject({ status: 200, body: { key: 'web', name: 'Web', description: 'x' } })
    const again = await call('POST', '/v2/projects', { key: 'web', name: 'Web' })
    expect(again).toMatchObject({ status: 409, body: { error_code: 'DUPLICATE_ENTITY' } })
    const list = await call('GET', '/v2/projects')
    expect((list.body as unknown as Body[]).map(({ key }) => key)).toEqual(['default', 'web'])
    expect((await call('GET', `/v2/projects/${made.body.id}`)).body).toMatchObject({ key: 'web' })
    expect((await call('PATCH', '/v2/projects/web', { name: 'W' })).body).toMatchObject({
      name: 'W',
      description: 'x',
    })
    const envs = (await call('GET', '/v2/projects/web/envs')).body as unknown as Body[]
    expect(envs.map(({ key }) => key).sort()).toEqual(['dev', 'production'])
    expect(envs[0]).toMatchObject({ project_id: made.body.id })

    const fresh = await call('POST', '/v2/projects/web/envs', {
      key: 'stage',
      name: 'Stage',
      description: 'd',
    })
    expect(fresh).toMatchObject({
      status: 200,
      body: { key: 'stage', name: 'Stage', description: 'd' },
    })
    expect((await call('POST', '/v2/projects/web/envs', { key: 'stage', name: 'x' })).status).toBe(
      409,
    )
    expect((await call('PATCH', '/v2/projects/web/envs/stage', { name: 'S' })).body).toMatchObject({
      name: 'S',
      description: 'd',
    })
    const stats = await call('GET', '/v2/projects/web/envs/stage/stats')
    expect(stats.body).toMatchObject({
      key: 'stage',
      pdp_configs: [],
      stats: { users: 0, tenants: 1 },
    })

    // Its own key reaches it and nothing else; the organisation's reaches it as well.
    const own = {
      authorization: `Bearer ${fresh.body.first_key}`,
      'content-type': 'application/json',
    }
    const users = `/v2/facts/web/stage/users`
    const put = await fetch(`${server.url}${users}`, {
      method: 'POST',
      headers: own,
      body: '{"key":"ada"}',
    })
    expect(put.status).toBe(200)
    expect(
      (await fetch(`${server.url}/v2/facts/default/harbour/users`, { headers: own })).status,
    ).toBe(404)
    expect((await call('GET', users)).body).toMatchObject({ total_count: 1 })
    expect((await call('POST', users, { key: 'bob' })).status).toBe(200)
    expect((await call('GET', users, undefined, 'project')).status).toBe(404)
    expect((await call('GET', users, undefined, 'admin')).status).toBe(404)
    expect(
      (await call('GET', '/v2/facts/default/harbour/users', undefined, 'project')).status,
    ).toBe(200)
    expect((await call('GET', '/v2/projects/web', undefined, 'project')).status).toBe(404)

    const schema = '/v2/schema/web/stage'
    await call('POST', `${schema}/resources`, { key: 'thing', name: 'Thing', actions: { use: {} } })
    const copied = await call('POST', '/v2/projects/web/envs/stage/copy', {
      target_env: { new: { key: 'copy', name: 'Copy' } },
    })
    expect(copied).toMatchObject({ status: 200, body: { key: 'copy' } })
    expect((await call('GET', '/v2/schema/web/copy/resources/thing')).body).toMatchObject({
      name: 'Thing',
    })
    expect((await call('GET', '/v2/facts/web/copy/users')).body).toMatchObject({ total_count: 0 })
    const target = { target_env: { existing: 'copy' } }
    expect((await call('POST', '/v2/projects/web/envs/stage/copy', target)).status).toBe(409)
    const overwrite = { ...target, conflict_strategy: 'overwrite' }
    expect((await call('POST', '/v2/projects/web/envs/stage/copy', overwrite)).status).toBe(200)

    expect((await call('DELETE', '/v2/projects/web/envs/stage')).status).toBe(204)
    expect((await fetch(`${server.url}${users}`, { headers: own })).status).toBe(401)
    expect((await call('DELETE', '/v2/projects/web')).status).toBe(204)
    expect((await call('GET', '/v2/projects/web')).status).toBe(404)
    expect((await call('DELETE', '/v2/projects/default')).status).toBe(400)
    expect((await call('DELETE', '/v2/projects/default/envs/harbour')).status).toBe(400)
  })
})
