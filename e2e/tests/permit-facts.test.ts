// Users, tenants, instances, role assignments and tuples through the stock `permitio` client.

import type { Permit } from 'permitio'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pathsOf, permitTo, raw, startEmpty } from '../lib/permit.ts'
import { refused } from '../lib/permit-refused.ts'
import type { Server } from '../lib/server.ts'

let server: Server
let permit: Permit
beforeAll(async () => {
  server = await startEmpty()
  permit = permitTo(server)
  await permit.api.resources.create({
    key: 'folder',
    name: 'Folder',
    actions: { open: {} },
    roles: { owner: { name: 'Owner', permissions: ['open'] } },
  })
  await permit.api.resources.create({
    key: 'paper',
    name: 'Paper',
    actions: { read: {}, write: {} },
    roles: { reader: { name: 'Reader', permissions: ['read'] } },
    relations: { parent: 'folder' },
  })
  await permit.api.roles.create({ key: 'viewer', name: 'Viewer', permissions: ['paper:read'] })
  await permit.api.roles.create({ key: 'admin', name: 'Admin', permissions: ['paper:write'] })
})
afterAll(() => server?.remove())

describe('users', () => {
  afterAll(async () => {
    const { data } = await permit.api.users.list({ perPage: 100 })
    if (data.length > 0) await permit.api.users.bulkUserDelete(data.map(({ key }) => key))
  })

  test('are synced: made once, then changed', async () => {
    const elon = {
      key: 'auth0|elon',
      email: 'elonmusk@tesla.com',
      first_name: 'Elon',
      last_name: 'Musk',
      attributes: { age: 50, favoriteColor: 'red', name: 'kept', id: 7 },
    }
    const first = await permit.api.users.sync(elon)
    expect(first.created).toBe(true)
    expect(first.user).toMatchObject(elon)
    expect(Object.keys(first.user.attributes ?? {})).toHaveLength(4)
    expect(first.user).toMatchObject({ associated_tenants: [], roles: [] })
    const again = await permit.api.users.sync({ key: 'auth0|elon', first_name: 'E' })
    expect(again.created).toBe(false)
    expect(again.user).toMatchObject({ ...elon, first_name: 'E' })
    expect(again.user.id).toBe(first.user.id)
    expect(again.user.created_at).toBe(first.user.created_at)
    expect(await permit.api.users.get('auth0|elon')).toEqual(again.user)
    expect(await permit.api.users.getByKey('auth0|elon')).toEqual(again.user)
    expect(await permit.api.users.getById(first.user.id)).toEqual(again.user)
    expect(await permit.api.getUser('auth0|elon')).toEqual(again.user)
    expect(await permit.api.syncUser({ key: 'auth0|elon' })).toMatchObject({ key: 'auth0|elon' })
  })

  test('are created, changed field by field, and deleted with what they hold', async () => {
    const made = await permit.api.users.create({
      key: 'ada@x.test',
      role_assignments: [
        { role: 'viewer', tenant: 'default' },
        { role: 'reader', resource_instance: 'paper:one', tenant: 'default' },
      ],
    })
    expect(made).toMatchObject({ email: null, first_name: null, last_name: null, attributes: {} })
    expect(made.roles).toMatchObject([
      { role: 'viewer', tenant: 'default' },
      { role: 'reader', tenant: 'default', resource_instance: 'paper:one' },
    ])
    expect(made.associated_tenants).toMatchObject([
      { tenant: 'default', roles: ['viewer'], status: 'active' },
    ])
    const changed = await permit.api.users.update('ada@x.test', {
      email: 'ada@x.test',
      attributes: { a: [1, { b: null }] },
    })
    expect(changed).toMatchObject({ email: 'ada@x.test', attributes: { a: [1, { b: null }] } })
    const more = await permit.api.users.update('ada@x.test', { last_name: 'Lovelace' })
    expect(more).toMatchObject({
      email: 'ada@x.test',
      last_name: 'Lovelace',
      attributes: { a: [1, { b: null }] },
    })
    expect(await refused(permit.api.users.create({ key: 'ada@x.test' }))).toEqual([
      409,
      'DUPLICATE_ENTITY',
    ])
    expect(await permit.check('ada@x.test', 'read', 'paper:one')).toBe(true)
    await permit.api.users.delete('ada@x.test')
    expect(await permit.check('ada@x.test', 'read', 'paper:one')).toBe(false)
    expect(await refused(permit.api.users.get('ada@x.test'))).toEqual([404, 'NOT_FOUND'])
    expect(await refused(permit.api.users.delete('ada@x.test'))).toEqual([404, 'NOT_FOUND'])
    expect(await refused(permit.api.users.update('ada@x.test', {}))).toEqual([404, 'NOT_FOUND'])
    expect((await permit.api.users.create({ key: 'ada@x.test' })).roles).toEqual([])
    await permit.api.resourceInstances.delete('paper:one')
  })

  test('are made, replaced and deleted in bulk, searched and paged', async () => {
    await permit.api.users.bulkUserDelete(
      (await permit.api.users.list()).data.map(({ key }) => key),
    )
    const users = Array.from({ length: 10 }, (_, i) => ({ key: `user-${i}` }))
    await permit.api.users.bulkUserCreate(users)
    await permit.api.users.bulkUserCreate(users)
    expect(await permit.api.users.list()).toMatchObject({ total_count: 10, page_count: 1 })
    const page = await permit.api.users.list({ page: 2, perPage: 4 })
    expect(page.data.map(({ key }) => key)).toEqual(['user-4', 'user-5', 'user-6', 'user-7'])
    expect(page).toMatchObject({ total_count: 10, page_count: 3 })
    const found = await permit.api.users.list({ search: 'user-1' })
    expect(found.data.map(({ key }) => key)).toEqual(['user-1'])
    await permit.api.users.bulkUserReplace([
      { key: 'user-1', first_name: '1', email: 'One@X.test' },
      { key: 'user-new', last_name: 'N' },
    ])
    expect(await permit.api.users.get('user-1')).toMatchObject({ first_name: '1' })
    expect((await permit.api.users.list({ search: 'one@x' })).total_count).toBe(1)
    expect(await permit.api.users.get('user-new')).toMatchObject({ last_name: 'N' })
    await permit.api.users.assignRole({ user: 'user-2', role: 'viewer', tenant: 'default' })
    expect((await permit.api.users.list({ role: 'viewer' })).data).toMatchObject([
      { key: 'user-2' },
    ])
    await permit.api.users.bulkUserDelete(['user-1', 'user-new'])
    expect((await permit.api.users.list()).total_count).toBe(9)
    expect(await refused(permit.api.users.bulkUserDelete(['nobody']))).toEqual([404, 'NOT_FOUND'])
    expect(await permit.api.listUsers()).toHaveLength(9)
  })
})

describe('tenants', () => {
  test('are made, changed and deleted with what is in them', async () => {
    const made = await permit.api.tenants.create({
      key: 'tesla',
      name: 'Tesla Inc',
      description: 'The car company',
    })
    expect(made).toMatchObject({ key: 'tesla', name: 'Tesla Inc', description: 'The car company' })
    expect(made.attributes).toBeNull()
    expect(Number.isNaN(Date.parse(made.last_action_at))).toBe(false)
    expect((await permit.api.tenants.list()).map(({ key }) => key)).toEqual(['default', 'tesla'])
    expect((await permit.api.tenants.list({ search: 'tes' })).map(({ key }) => key)).toEqual([
      'tesla',
    ])
    expect(await permit.api.tenants.get('tesla')).toEqual(made)
    expect(await permit.api.tenants.getByKey('tesla')).toEqual(made)
    expect(await permit.api.tenants.getById(made.id)).toEqual(made)
    expect(await permit.api.getTenant('tesla')).toEqual(made)
    const changed = await permit.api.tenants.update('tesla', {
      name: 'T',
      attributes: { plan: 'gold' },
    })
    expect(changed).toMatchObject({
      name: 'T',
      description: 'The car company',
      attributes: { plan: 'gold' },
    })
    expect(await refused(permit.api.tenants.create({ key: 'tesla', name: 'x' }))).toEqual([
      409,
      'DUPLICATE_ENTITY',
    ])
    await permit.api.users.sync({ key: 'eva', email: 'eva@x.test' })
    await permit.api.users.sync({ key: 'finn' })
    await permit.api.users.assignRole({ user: 'eva', role: 'viewer', tenant: 'tesla' })
    await permit.api.roleAssignments.assign({
      user: 'finn',
      role: 'reader',
      resource_instance: 'paper:plan',
      tenant: 'tesla',
    })
    const users = await permit.api.tenants.listTenantUsers({ tenantKey: 'tesla' })
    expect(users).toMatchObject({ total_count: 2, data: [{ key: 'eva' }, { key: 'finn' }] })
    const viewers = await permit.api.tenants.listTenantUsers({ tenantKey: 'tesla', role: 'viewer' })
    expect(viewers.data.map(({ key }) => key)).toEqual(['eva'])
    const found = await permit.api.tenants.listTenantUsers({ tenantKey: 'tesla', search: 'eva@' })
    expect(found.total_count).toBe(1)
    await permit.api.tenants.deleteTenantUser('tesla', 'finn')
    expect((await permit.api.users.get('finn')).roles).toEqual([])
    await permit.api.tenants.delete('tesla')
    expect(await refused(permit.api.tenants.get('tesla'))).toEqual([404, 'NOT_FOUND'])
    expect(await refused(permit.api.resourceInstances.get('paper:plan'))).toEqual([
      404,
      'NOT_FOUND',
    ])
    expect((await permit.api.users.get('eva')).roles).toEqual([])
    expect(await refused(permit.api.tenants.delete('default'))).toEqual([400, 'INVALID_INPUT'])
    await permit.api.createTenant({ key: 'old', name: 'Old' })
    expect(await permit.api.updateTenant('old', { name: 'Older' })).toMatchObject({ name: 'Older' })
    expect(await permit.api.listTenants()).toHaveLength(2)
    await permit.api.deleteTenant('old')
  })
})

describe('role assignments', () => {
  beforeAll(async () => {
    await permit.api.tenants.create({ key: 'acme', name: 'Acme' })
    for (const key of ['ann', 'bob']) await permit.api.users.sync({ key })
  })
  afterAll(async () => {
    await permit.api.tenants.delete('acme')
    await permit.api.users.bulkUserDelete(['ann', 'bob'])
  })

  test('on a tenant are given, listed and taken', async () => {
    const given = await permit.api.users.assignRole({ user: 'ann', role: 'viewer', tenant: 'acme' })
    const [user, role, tenant] = [
      await permit.api.users.get('ann'),
      await permit.api.roles.get('viewer'),
      await permit.api.tenants.get('acme'),
    ]
    expect(given).toMatchObject({
      user: 'ann',
      role: 'viewer',
      tenant: 'acme',
      resource_instance: null,
      resource_instance_id: null,
      user_id: user.id,
      role_id: role.id,
      tenant_id: tenant.id,
    })
    expect(
      await refused(
        permit.api.roleAssignments.assign({ user: 'ann', role: 'viewer', tenant: 'acme' }),
      ),
    ).toEqual([409, 'DUPLICATE_ENTITY'])
    expect(await permit.api.users.getAssignedRoles({ user: 'ann' })).toEqual([given])
    expect(
      await permit.api.roleAssignments.list({ user: 'ann', tenant: 'acme', role: 'viewer' }),
    ).toEqual([given])
    expect(await permit.api.roleAssignments.list({ tenant: 'default', user: 'ann' })).toEqual([])
    expect(
      await permit.api.users.getAssignedRoles({ user: 'ann', includeTotalCount: true }),
    ).toEqual({
      data: [given],
      total_count: 1,
      page_count: 1,
    })
    const [detailed] = await permit.api.roleAssignments.list({ user: 'ann', detailed: true })
    expect(detailed).toMatchObject({
      id: given.id,
      role: { id: role.id, key: 'viewer', name: 'Viewer', permissions: ['paper:read'] },
      user: { id: user.id, key: 'ann', email: null, first_name: null, last_name: null },
      tenant: { id: tenant.id, key: 'acme', name: 'Acme', attributes: null },
      resource_instance: null,
    })
    expect(await permit.api.getAssignedRoles('ann')).toEqual([given])
    await permit.api.users.unassignRole({ user: user.id, role: role.id, tenant: tenant.id })
    expect(
      await refused(permit.api.users.unassignRole({ user: 'ann', role: 'viewer', tenant: 'acme' })),
    ).toEqual([404, 'NOT_FOUND'])
    await permit.api.assignRole({ user: 'ann', role: 'viewer', tenant: 'acme' })
    await permit.api.unassignRole({ user: 'ann', role: 'viewer', tenant: 'acme' })
    const { facts } = await pathsOf(server)
    const mine = await raw(server, 'POST', `${facts}/users/ann/roles`, {
      role: 'viewer',
      tenant: 'acme',
    })
    expect(mine).toMatchObject({ status: 200, body: { role: 'viewer' } })
    const path = `${facts}/users/ann/roles?return_deleted=true`
    const taken = await raw(server, 'DELETE', path, { role: 'viewer', tenant: 'acme' })
    expect(taken).toMatchObject({ status: 200, body: { role: 'viewer', user: 'ann' } })
  })

  test('on an instance make it if a tenant is named, and only in its own tenant', async () => {
    const where = { user: 'bob', role: 'reader', resource_instance: 'paper:new' }
    expect(await refused(permit.api.roleAssignments.assign(where))).toEqual([404, 'NOT_FOUND'])
    const given = await permit.api.roleAssignments.assign({ ...where, tenant: 'acme' })
    const instance = await permit.api.resourceInstances.get('paper:new')
    expect(instance).toMatchObject({ key: 'new', resource: 'paper', tenant: 'acme' })
    expect(given).toMatchObject({ ...where, tenant: 'acme', resource_instance_id: instance.id })
    expect(
      await refused(
        permit.api.roleAssignments.assign({ ...where, user: 'ann', tenant: 'default' }),
      ),
    ).toEqual([400, 'MISMATCH_RESOURCE_INSTANCES_TENANTS'])
    await permit.api.roleAssignments.assign({ ...where, user: 'ann' })
    const here = await permit.api.roleAssignments.list({ resourceInstance: 'paper:new' })
    expect(here.map(({ user }) => user)).toEqual(['ann', 'bob'])
    const { facts } = await pathsOf(server)
    const both = await raw(
      server,
      'GET',
      `${facts}/role_assignments?user=ann&user=bob&role=reader&role=viewer`,
    )
    expect(both.body).toHaveLength(2)
    const typed = await raw(server, 'GET', `${facts}/role_assignments?resource=paper`)
    expect(typed.body).toHaveLength(2)
    const [detailed] = await permit.api.roleAssignments.list({ user: 'bob', detailed: true })
    expect(detailed?.resource_instance).toMatchObject({
      id: instance.id,
      key: 'new',
      resource: 'paper',
      attributes: {},
    })
    await permit.api.roleAssignments.unassign(where)
    await permit.api.roleAssignments.unassign({ ...where, user: 'ann', tenant: 'acme' })
  })

  test('are refused where a name is unknown or nothing says where', async () => {
    const calls = [
      { user: 'nobody', role: 'viewer', tenant: 'acme' },
      { user: 'ann', role: 'nothing', tenant: 'acme' },
      { user: 'ann', role: 'viewer', tenant: 'nowhere' },
      { user: 'ann', role: 'reader', resource_instance: 'nothing:x', tenant: 'acme' },
      { user: 'ann', role: 'viewer', resource_instance: 'paper:x', tenant: 'acme' },
    ]
    for (const call of calls) {
      expect(await refused(permit.api.roleAssignments.assign(call))).toEqual([404, 'NOT_FOUND'])
    }
    expect(
      (await refused(permit.api.roleAssignments.assign({ user: 'ann', role: 'viewer' })))[0],
    ).toBe(422)
    expect(await refused(permit.api.resourceInstances.get('paper:x'))).toEqual([404, 'NOT_FOUND'])
  })

  test('in bulk: what is there is skipped, what is unknown refuses all', async () => {
    const many = ['ann', 'bob'].flatMap((user) =>
      ['viewer', 'admin'].map((role) => ({ user, role, tenant: 'acme' })),
    )
    expect(await permit.api.roleAssignments.bulkAssign(many)).toEqual({ assignments_created: 4 })
    expect(await permit.api.roleAssignments.bulkAssign(many)).toEqual({ assignments_created: 0 })
    expect(
      await refused(
        permit.api.roleAssignments.bulkAssign([
          ...many,
          { user: 'x', role: 'viewer', tenant: 'acme' },
        ]),
      ),
    ).toEqual([404, 'NOT_FOUND'])
    expect(await permit.api.roleAssignments.bulkUnassign(many)).toEqual({ assignments_removed: 4 })
    expect(await permit.api.roleAssignments.bulkUnassign(many)).toEqual({ assignments_removed: 0 })
  })
})

describe('instances and tuples', () => {
  test('instances are made, changed, listed and deleted', async () => {
    const made = await permit.api.resourceInstances.create({
      key: 'a:b',
      resource: 'paper',
      tenant: 'default',
      attributes: { title: 'T', id: 5, type: 'x' },
    })
    expect(made).toMatchObject({
      key: 'a:b',
      resource: 'paper',
      tenant: 'default',
      attributes: { title: 'T', id: 5, type: 'x' },
    })
    const paper = await permit.api.resources.get('paper')
    expect(made.resource_id).toBe(paper.id)
    expect(await permit.api.resourceInstances.get('paper:a:b')).toEqual(made)
    expect(await permit.api.resourceInstances.getByKey('paper:a:b')).toEqual(made)
    expect(await permit.api.resourceInstances.getById(made.id)).toEqual(made)
    expect(
      await refused(permit.api.resourceInstances.create({ key: 'a:b', resource: 'paper' })),
    ).toEqual([409, 'DUPLICATE_ENTITY'])
    expect(
      await refused(permit.api.resourceInstances.create({ key: 'x', resource: 'nothing' })),
    ).toEqual([404, 'NOT_FOUND'])
    const changed = await permit.api.resourceInstances.update(made.id, { attributes: { size: 3 } })
    expect(changed).toMatchObject({ attributes: { size: 3 }, tenant: 'default' })
    expect(
      await permit.api.resourceInstances.list({ resource: 'paper', tenant: 'default' }),
    ).toEqual([changed])
    expect(await permit.api.resourceInstances.list({ resource: 'folder' })).toEqual([])
    await permit.api.resourceInstances.delete('paper:a:b')
    expect(await permit.api.resourceInstances.list()).toEqual([])
  })

  test('tuples lead from the parent to the child, and make missing ends in a tenant that is named', async () => {
    const tuple = { subject: 'folder:finance', relation: 'parent', object: 'paper:budget' }
    expect(await refused(permit.api.relationshipTuples.create(tuple))).toEqual([404, 'NOT_FOUND'])
    const made = await permit.api.relationshipTuples.create({ ...tuple, tenant: 'default' })
    const [folder, paper] = [
      await permit.api.resourceInstances.get('folder:finance'),
      await permit.api.resourceInstances.get('paper:budget'),
    ]
    expect(made).toMatchObject({
      ...tuple,
      subject_id: folder.id,
      object_id: paper.id,
      tenant_id: paper.tenant_id,
    })
    for (const asked of [
      {},
      { subject: 'folder:finance' },
      { object: 'paper:budget' },
      { relation: 'parent' },
      { objectType: 'paper', subjectType: 'folder' },
      { tenant: 'default' },
    ]) {
      expect(await permit.api.relationshipTuples.list(asked)).toEqual([made])
    }
    expect(await permit.api.relationshipTuples.list({ subject: 'folder:other' })).toEqual([])
    expect(await refused(permit.api.relationshipTuples.create(tuple))).toEqual([
      409,
      'DUPLICATE_ENTITY',
    ])
    expect(
      await refused(
        permit.api.relationshipTuples.create({
          subject: 'paper:budget',
          relation: 'parent',
          object: 'paper:budget',
        }),
      ),
    ).toEqual([400, 'MISMATCH_RELATION_TYPE'])
    expect(
      await refused(
        permit.api.relationshipTuples.create({ ...tuple, object: 'nothing:x', tenant: 'default' }),
      ),
    ).toEqual([404, 'NOT_FOUND'])
    await permit.api.tenants.create({ key: 'far', name: 'Far' })
    expect(
      await refused(
        permit.api.relationshipTuples.create({ ...tuple, object: 'paper:far', tenant: 'far' }),
      ),
    ).toEqual([400, 'MISMATCH_RESOURCE_INSTANCES_TENANTS'])
    await permit.api.tenants.delete('far')
    await permit.api.relationshipTuples.delete(tuple)
    expect(await refused(permit.api.relationshipTuples.delete(tuple))).toEqual([404, 'NOT_FOUND'])
  })

  test('tuples in bulk, a thousand at most', async () => {
    const tuples = Array.from({ length: 1_000 }, (_, i) => ({
      subject: `folder:f${i % 10}`,
      relation: 'parent',
      object: `paper:p${i}`,
      tenant: 'default',
    }))
    expect(await permit.api.relationshipTuples.bulkRelationshipTuples(tuples)).toBeDefined()
    const { facts } = await pathsOf(server)
    const page = await raw(server, 'GET', `${facts}/relationship_tuples?per_page=100&page=10`)
    expect(page.body).toHaveLength(100)
    const one = { ...tuples[0], object: 'paper:more' } as never
    expect(
      (await refused(permit.api.relationshipTuples.bulkRelationshipTuples([...tuples, one])))[0],
    ).toBe(422)
    expect(await refused(permit.api.resourceInstances.get('paper:more'))).toEqual([
      404,
      'NOT_FOUND',
    ])
    await permit.api.relationshipTuples.bulkUnRelationshipTuples(
      tuples.map(({ tenant: _, ...tuple }) => tuple),
    )
    expect(await permit.api.relationshipTuples.list({})).toEqual([])
  })

  test('the bulk forms that only the wire has', async () => {
    const { facts } = await pathsOf(server)
    const tenants = {
      operations: [
        { key: 't1', name: 'One' },
        { key: 't2', name: 'Two' },
      ],
    }
    expect((await raw(server, 'POST', `${facts}/bulk/tenants`, tenants)).status).toBe(200)
    const put = [{ key: 'x', resource: 'paper', tenant: 't1', attributes: { a: 1 } }]
    expect(
      (await raw(server, 'PUT', `${facts}/bulk/resource_instances`, { operations: put })).status,
    ).toBe(200)
    expect(await permit.api.resourceInstances.get('paper:x')).toMatchObject({
      tenant: 't1',
      attributes: { a: 1 },
    })
    expect(
      (await raw(server, 'DELETE', `${facts}/bulk/resource_instances`, { idents: ['paper:x'] }))
        .status,
    ).toBe(200)
    expect(
      (await raw(server, 'DELETE', `${facts}/bulk/tenants`, { idents: ['t1', 't2'] })).status,
    ).toBe(200)
    expect(await permit.api.tenants.list()).toHaveLength(1)
  })
})

test('deleting a resource or role takes every fact that mentions it', async () => {
  await permit.api.resources.create({
    key: 'tmp',
    name: 'Tmp',
    actions: { go: {} },
    roles: { r: { permissions: ['go'] } },
  } as never)
  await permit.api.roles.create({ key: 'tr', name: 'Tr', permissions: ['tmp:go'] })
  await permit.api.users.sync({ key: 'zoe' })
  await permit.api.users.assignRole({ user: 'zoe', role: 'tr', tenant: 'default' })
  await permit.api.roleAssignments.assign({
    user: 'zoe',
    role: 'r',
    resource_instance: 'tmp:x',
    tenant: 'default',
  })
  expect(await permit.check('zoe', 'go', 'tmp:x')).toBe(true)
  await permit.api.resources.delete('tmp')
  await permit.api.roles.delete('tr')
  expect((await permit.api.users.get('zoe')).roles).toEqual([])
  expect(await permit.check('zoe', 'go', 'tmp:x')).toBe(false)
  await permit.api.resources.create({
    key: 'tmp',
    name: 'Tmp',
    actions: { go: {} },
    roles: { r: { permissions: ['go'] } },
  } as never)
  await permit.api.roles.create({ key: 'tr', name: 'Tr', permissions: ['tmp:go'] })
  expect((await permit.api.users.get('zoe')).roles).toEqual([])
  expect(await permit.check('zoe', 'go', 'tmp:x')).toBe(false)
})

test('ten thousand users are made, listed and given roles', async () => {
  const users = Array.from({ length: 10_000 }, (_, i) => ({
    key: `many-${i}`,
    email: `m${i}@x.test`,
  }))
  await permit.api.users.bulkUserCreate(users)
  const list = await permit.api.users.list({ search: 'many-', page: 100, perPage: 100 })
  expect(list).toMatchObject({ total_count: 10_000, page_count: 100 })
  expect(list.data).toHaveLength(100)
  const all = users.map(({ key }) => ({ user: key, role: 'viewer', tenant: 'default' }))
  expect(await permit.api.roleAssignments.bulkAssign(all)).toEqual({ assignments_created: 10_000 })
  const page = await permit.api.roleAssignments.list({
    role: 'viewer',
    includeTotalCount: true,
    page: 50,
    perPage: 100,
  })
  expect(page).toMatchObject({ total_count: 10_000, page_count: 100 })
  await permit.api.users.bulkUserDelete(users.map(({ key }) => key))
  expect((await permit.api.users.list({ search: 'many-' })).total_count).toBe(0)
})
