// Decisions through the stock `permitio` client: checks in every form, what somebody may do, who may do something.

import { type Permit, PermitConnectionError } from 'permitio'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permitTo, raw, startEmpty } from '../lib/permit.ts'
import { freePort, type Server } from '../lib/server.ts'

let server: Server
let permit: Permit
let opaPort: number
beforeAll(async () => {
  opaPort = await freePort()
  server = await startEmpty({ SAYSO_OPA_PORT: String(opaPort) })
  permit = permitTo(server)
  await drive(permit)
})
afterAll(() => server?.remove())

/** An account with folders with documents, in two tenants. */
async function drive({ api }: Permit): Promise<void> {
  await api.resources.create({
    key: 'account',
    name: 'Account',
    actions: { invite: {}, view: {} },
    roles: {
      admin: { name: 'Admin', permissions: ['invite', 'view'] },
      member: { name: 'Member', permissions: ['view'] },
    },
  })
  await api.resources.create({
    key: 'folder',
    name: 'Folder',
    actions: { read: {}, rename: {} },
    relations: { account: 'account' },
  })
  await api.resources.create({
    key: 'document',
    name: 'Document',
    actions: { read: {}, update: {}, comment: {} },
    attributes: { private: { type: 'bool' } },
    relations: { parent: 'folder' },
  })
  await api.resourceRoles.create('folder', {
    key: 'editor',
    name: 'Folder Editor',
    permissions: ['read', 'rename'],
    granted_to: {
      users_with_role: [{ role: 'admin', on_resource: 'account', linked_by_relation: 'account' }],
    },
  } as never)
  await api.resourceRoles.create('folder', { key: 'viewer', name: 'Viewer', permissions: ['read'] })
  await api.resourceRoles.create('document', {
    key: 'viewer',
    name: 'Viewer',
    permissions: ['read'],
  })
  await api.resourceRoles.create('document', {
    key: 'editor',
    name: 'Editor',
    permissions: ['read', 'update', 'comment'],
  })
  for (const role of ['viewer', 'editor']) {
    await api.resourceRoles.createRoleDerivation('document', role, {
      role,
      on_resource: 'folder',
      linked_by_relation: 'parent',
    })
  }
  for (const key of ['permit', 'cocacola']) await api.tenants.create({ key, name: key })
  await api.roles.create({ key: 'reader', name: 'Reader', permissions: ['document:read'] })
  for (const [subject, relation, object, tenant] of [
    ['folder:finance', 'parent', 'document:budget23', 'permit'],
    ['account:permitio', 'account', 'folder:finance', 'permit'],
    ['folder:recipes', 'parent', 'document:secret', 'cocacola'],
    ['account:cocacola', 'account', 'folder:recipes', 'cocacola'],
  ]) {
    await api.relationshipTuples.create({ subject, relation, object, tenant } as never)
  }
  for (const key of ['ann', 'bob', 'cleo']) await api.users.sync({ key, attributes: { age: 30 } })
  await api.roleAssignments.assign({
    user: 'ann',
    role: 'admin',
    resource_instance: 'account:permitio',
    tenant: 'permit',
  })
  await api.roleAssignments.assign({
    user: 'bob',
    role: 'viewer',
    resource_instance: 'folder:recipes',
    tenant: 'cocacola',
  })
  await api.users.assignRole({ user: 'cleo', role: 'reader', tenant: 'permit' })
}

const on = (type: string, key?: string, tenant?: string) => ({
  type,
  ...(key === undefined ? {} : { key }),
  ...(tenant === undefined ? {} : { tenant }),
})

describe('one check', () => {
  test.each<[string, string, ReturnType<typeof on> | string, boolean]>([
    // Along two derivations, from the account to the folder to the document.
    ['ann', 'invite', on('account', 'permitio', 'permit'), true],
    ['ann', 'rename', on('folder', 'finance', 'permit'), true],
    ['ann', 'update', on('document', 'budget23', 'permit'), true],
    ['bob', 'read', on('document', 'secret', 'cocacola'), true],
    ['bob', 'update', on('document', 'secret', 'cocacola'), false],
    ['ann', 'read', on('document', 'secret', 'cocacola'), false],
    ['bob', 'read', on('document', 'budget23', 'permit'), false],
    // A role on the tenant, with or without an instance, in that tenant only.
    ['cleo', 'read', on('document', undefined, 'permit'), true],
    ['cleo', 'read', on('document', 'budget23', 'permit'), true],
    ['cleo', 'read', on('document', 'not-there', 'permit'), true],
    ['cleo', 'update', on('document', undefined, 'permit'), false],
    ['cleo', 'read', on('document', undefined, 'cocacola'), false],
    ['cleo', 'read', on('document', 'secret', 'cocacola'), false],
    ['cleo', 'read', 'document', false],
    // Roles on instances count on those alone.
    ['ann', 'read', on('document', undefined, 'permit'), false],
    // `default` is what the SDK says for nothing; another tenant that is named is another tenant.
    ['ann', 'update', 'document:budget23', true],
    ['cleo', 'read', 'document:budget23', true],
    ['ann', 'update', on('document', 'budget23', 'cocacola'), false],
    // Whatever is unknown.
    ['nobody', 'read', on('document', 'budget23', 'permit'), false],
    ['ann', 'fly', on('document', 'budget23', 'permit'), false],
    ['ann', 'read', on('nothing', 'budget23', 'permit'), false],
    ['cleo', 'read', on('document', 'budget23', 'nowhere'), false],
    ['ann', 'read', on('document', 'not-there', 'permit'), false],
  ])('%s may %s on %j: %s', async (user, action, resource, expected) => {
    expect(await permit.check(user, action, resource)).toBe(expected)
  })

  test('a user object, as fetched or as made up, is the user of its key', async () => {
    const user = await permit.api.users.get('ann')
    expect(await permit.check(user as never, 'update', 'document:budget23')).toBe(true)
    expect(
      await permit.check(
        { key: 'ann', firstName: 'A', email: 'x' } as never,
        'update',
        'document:budget23',
      ),
    ).toBe(true)
  })

  test('an instance key with a colon goes in the object form; the string form throws in the SDK', async () => {
    await permit.api.resourceInstances.create({
      key: 'a:b',
      resource: 'document',
      tenant: 'permit',
    })
    expect(await permit.check('cleo', 'read', on('document', 'a:b', 'permit'))).toBe(true)
    await expect(permit.check('cleo', 'read', 'document:a:b')).rejects.toThrow(
      'invalid resource string',
    )
  })

  test('an answer says why, with the codes of the vendor’s tools', async () => {
    const ask = async (user: string, action: string, resource: object) => {
      const { status, body } = await raw(server, 'POST', '/allowed', {
        user: { key: user },
        action,
        resource,
        context: {},
      })
      expect(status).toBe(200)
      return body as {
        allow: boolean
        result: boolean
        query: object
        debug: { rbac: { code: string; allow: boolean } }
      }
    }
    const yes = await ask('ann', 'update', on('document', 'budget23', 'permit'))
    expect(yes).toMatchObject({
      allow: true,
      result: true,
      query: {
        user: { key: 'ann' },
        action: 'update',
        resource: { type: 'document', key: 'budget23', tenant: 'permit' },
      },
      debug: {
        rbac: { allow: true, allowing_roles: ['document#editor'] },
        abac: { allow: false, code: 'disabled' },
        custom: { allow: false },
      },
    })
    const codes = await Promise.all(
      (
        [
          ['ann', 'read', on('nothing', 'x', 'permit')],
          ['ann', 'fly', on('document', 'x', 'permit')],
          ['ann', 'read', on('document', 'x', 'nowhere')],
          ['nobody', 'read', on('document', 'x', 'permit')],
          ['lone', 'read', on('document', 'x', 'permit')],
          ['cleo', 'read', on('document', 'secret', 'cocacola')],
          ['cleo', 'update', on('document', 'budget23', 'permit')],
        ] as const
      ).map(
        async ([user, action, resource]) => (await ask(user, action, resource)).debug.rbac.code,
      ),
    )
    expect(codes).toEqual([
      'no_such_resource',
      'no_such_action',
      'no_such_tenant',
      'user_not_synced',
      'user_not_synced',
      'no_role_in_tenant',
      'no_permission',
    ])
    await permit.api.users.sync({ key: 'lone' })
    expect((await ask('lone', 'read', on('document', 'x', 'permit'))).debug.rbac.code).toBe(
      'no_user_roles',
    )
  })
})

describe('many checks', () => {
  test('answer in their order', async () => {
    const resource = on('document', 'budget23', 'permit')
    const checks = [
      { user: 'ann', action: 'update', resource },
      { user: 'bob', action: 'update', resource },
      { user: 'cleo', action: 'read', resource: 'document:budget23' },
      { user: 'nobody', action: 'read', resource },
    ]
    expect(await permit.bulkCheck(checks)).toEqual([true, false, true, false])
    expect(await permit.bulkCheck([])).toEqual([])
  })

  test('filter objects as other SDKs do: a bulk check, and those that pass', async () => {
    const objects = ['budget23', 'secret', 'not-there'].map((key) => on('document', key))
    const allowed = await permit.bulkCheck(
      objects.map((resource) => ({ user: 'ann', action: 'read', resource })),
    )
    expect(objects.filter((_, i) => allowed[i]).map(({ key }) => key)).toEqual(['budget23'])
  })

  test('over all tenants works though the SDK sends its key in the body', async () => {
    const tenants = await permit.checkAllTenants('cleo', 'read', 'document')
    expect(tenants.map(({ key }) => key)).toEqual(['permit'])
    expect(await permit.checkAllTenants('nobody', 'read', 'document')).toEqual([])
    expect(
      await permit.checkAllTenants('ann', 'read', { type: 'document', key: 'budget23' } as never),
    ).toMatchObject([{ key: 'permit' }])
    const plain = await raw(server, 'POST', '/allowed/all-tenants', {
      user: { key: 'cleo' },
      action: 'read',
      resource: { type: 'document' },
      context: {},
    })
    expect(plain.body).toMatchObject({
      allowed_tenants: [{ allow: true, tenant: { key: 'permit', attributes: {} } }],
    })
    const none = await raw(
      server,
      'POST',
      '/allowed/all-tenants',
      { params: { user: 'cleo', action: 'read', resource: 'document' } },
      { key: '' },
    )
    expect(none.status).toBe(401)
    const headers = { Authorization: 'Bearer e2eapp.root:wrong' }
    const wrong = await raw(
      server,
      'POST',
      '/allowed/all-tenants',
      { headers, params: { user: 'cleo', action: 'read', resource: 'document' } },
      { key: '' },
    )
    expect(wrong.status).toBe(403)
    const allowed = {
      headers: { Authorization: 'Bearer e2eapp.root:Vq7bWcE2mZk9sT4xN8aYpLr3' },
      user: 'cleo',
      action: 'read',
      resource: 'document',
    }
    expect((await raw(server, 'POST', '/allowed', allowed, { key: '' })).status).toBe(401)
  })
})

describe('what somebody may do', () => {
  test('tenant by tenant and instance by instance', async () => {
    const all = await permit.getUserPermissions('ann')
    expect(Object.keys(all).sort()).toEqual([
      'account:permitio',
      'document:budget23',
      'folder:finance',
    ])
    expect(all['document:budget23']).toEqual({
      tenant: { key: 'permit', attributes: {} },
      resource: { type: 'document', key: 'budget23', attributes: {} },
      permissions: ['document:read', 'document:update', 'document:comment'],
      roles: ['editor'],
    })
    expect(await permit.getUserPermissions('cleo')).toEqual({
      '__tenant:permit': {
        tenant: { key: 'permit', attributes: {} },
        permissions: ['document:read'],
        roles: ['reader'],
      },
    })
    expect(await permit.getUserPermissions('nobody')).toEqual({})
  })

  test('of some tenants, resources or types', async () => {
    const keys = async (...filter: [string[]?, string[]?, string[]?]) =>
      Object.keys(await permit.getUserPermissions('ann', ...filter)).sort()
    expect(await keys(['cocacola'])).toEqual([])
    expect(await keys(['permit'], ['folder:finance'])).toEqual(['folder:finance'])
    expect(await keys(undefined, undefined, ['document', 'folder'])).toEqual([
      'document:budget23',
      'folder:finance',
    ])
    expect(
      Object.keys(await permit.getUserPermissions('cleo', undefined, undefined, ['__tenant'])),
    ).toEqual(['__tenant:permit'])
  })
})

test('who may do something, and by which roles', async () => {
  const ask = async (resource: object) =>
    (await raw(server, 'POST', '/authorized_users', { action: 'read', resource, context: {} })).body
  expect(await ask(on('document', 'budget23', 'permit'))).toEqual({
    resource: 'document:budget23',
    tenant: 'permit',
    users: {
      ann: [{ user: 'ann', tenant: 'permit', resource: 'document:budget23', role: 'editor' }],
      cleo: [{ user: 'cleo', tenant: 'permit', resource: '__tenant:permit', role: 'reader' }],
    },
  })
  expect(await ask(on('document', undefined, 'permit'))).toMatchObject({
    resource: 'document:*',
    users: { cleo: [{ resource: '__tenant:permit', role: 'reader' }] },
  })
  expect(await ask(on('nothing', 'x'))).toMatchObject({ users: {} })
})

test('where somebody belongs, and the assignments the decision point knows', async () => {
  const ask = async (user: string) =>
    (await raw(server, 'POST', '/user-tenants', { user: { key: user } })).body
  expect(await ask('ann')).toEqual([{ key: 'permit', attributes: {} }])
  expect(await ask('nobody')).toEqual([])
  const local = await raw(server, 'GET', '/local/role_assignments?user=cleo')
  expect(local.body).toMatchObject([{ user: 'cleo', role: 'reader', tenant: 'permit' }])
})

test('a derivation can leave out who holds a direct role', async () => {
  await permit.api.resourceRoles.updateRoleDerivationConditions('document', 'editor', {
    no_direct_roles_on_object: true,
  })
  const resource = on('document', 'budget23', 'permit')
  expect(await permit.check('ann', 'update', resource)).toBe(true)
  const viewer = { user: 'ann', role: 'viewer', resource_instance: 'document:budget23' }
  await permit.api.roleAssignments.assign(viewer)
  expect(await permit.check('ann', 'update', resource)).toBe(false)
  expect(await permit.check('ann', 'read', resource)).toBe(true)
  await permit.api.roleAssignments.unassign(viewer)
  expect(await permit.check('ann', 'update', resource)).toBe(true)
})

describe('the form of the Open Policy Agent', () => {
  test('answers on its own port', async () => {
    const check = {
      user: { key: 'ann' },
      action: 'update',
      resource: on('document', 'budget23', 'permit'),
      context: {},
    }
    const at = { url: `http://127.0.0.1:${opaPort}` }
    expect(await raw(at, 'POST', '/v1/data/permit/root', { input: check })).toMatchObject({
      status: 200,
      body: { result: { allow: true } },
    })
    expect(
      (await raw(at, 'POST', '/v1/data/permit/root', { input: check }, { key: '' })).status,
    ).toBe(401)
    expect((await raw(at, 'POST', '/v1/data/permit/root', check)).status).toBe(422)
    expect((await raw(server, 'POST', '/v1/data/permit/root', { input: check })).status).toBe(404)
    // The SDK asks port 8181 of whatever host; its client is pointed at ours.
    const opa = permitTo(server).config.axiosInstance
    opa.interceptors.request.use((request) => {
      request.baseURL = (request.baseURL ?? '').replace(':8181', `:${opaPort}`)
      return request
    })
    const asking = permitTo(server, { opaAxiosInstance: opa } as never)
    const resource = on('document', 'budget23', 'permit')
    expect(await asking.check('ann', 'update', resource, {}, { useOpa: true } as never)).toBe(true)
    expect(await asking.check('bob', 'update', resource, {}, { useOpa: true } as never)).toBe(false)
  })
})

test('a check that cannot be made throws, or answers no if told to', async () => {
  const wrong = permitTo(server, { token: 'e2eapp.root:wrong' })
  await expect(wrong.check('ann', 'read', 'document')).rejects.toThrow(PermitConnectionError)
  const quiet = permitTo(server, { token: 'e2eapp.root:wrong', throwOnError: false })
  expect(await quiet.check('ann', 'read', 'document')).toBe(false)
  expect(await quiet.bulkCheck([{ user: 'ann', action: 'read', resource: 'document' }])).toEqual([])
  expect(await quiet.getUserPermissions('ann')).toEqual({})
})

test('facts through the decision point hold when the call returns, however long it may wait', async () => {
  const proxied = permitTo(server, {
    proxyFactsViaPdp: true,
    factsSyncTimeout: 5,
    factsSyncTimeoutPolicy: 'fail',
  })
  for (const [i, wait] of [5, 0, null, -1].entries()) {
    const key = `waiter-${i}`
    await proxied.api.users.waitForSync(wait as never).create({ key })
    const where = { user: key, role: 'reader', tenant: 'permit' }
    await proxied.api.roleAssignments.waitForSync(wait as never, 'ignore' as never).assign(where)
    expect(await proxied.check(key, 'read', on('document', undefined, 'permit'))).toBe(true)
    await proxied.api.users.delete(key)
  }
  const short = await raw(server, 'GET', '/facts/users?search=ann')
  expect(short.body).toMatchObject({ data: [{ key: 'ann' }] })
  const bad = await raw(
    server,
    'POST',
    '/facts/users',
    { key: 'x' },
    { headers: { 'x-wait-timeout': 'soon' } },
  )
  expect(bad.status).toBe(400)
})
