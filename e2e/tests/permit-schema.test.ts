// The schema through the stock `permitio` client: resources and their parts, roles, derivations, on the policy itself.

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
})
afterAll(() => server?.remove())

const policy = async () => {
  const { body } = await raw(server, 'GET', '/api/v1/policy')
  return body as {
    document: { types: Record<string, Record<string, unknown>>; tenant: object }
    text: string
  }
}

test('a fresh environment is empty but for its tenant', async () => {
  expect(await permit.api.resources.list()).toEqual([])
  expect(await permit.api.roles.list()).toEqual([])
  expect((await permit.api.users.list()).data).toEqual([])
  expect((await permit.api.tenants.list()).map(({ key }) => key)).toEqual(['default'])
})

test('a resource is made, read, listed, changed, replaced and deleted', async () => {
  const made = await permit.api.resources.create({
    key: 'document',
    name: 'Document',
    urn: 'prn:gdrive:document',
    description: 'google drive document',
    actions: { create: {}, read: {}, update: { name: 'Change' }, delete: {} },
    attributes: { private: { type: 'bool', description: 'whether the document is private' } },
  })
  expect(made).toMatchObject({
    key: 'document',
    name: 'Document',
    urn: 'prn:gdrive:document',
    description: 'google drive document',
    attributes: { private: { type: 'bool', description: 'whether the document is private' } },
    roles: {},
    relations: {},
    action_groups: {},
  })
  expect(Object.keys(made.actions ?? {})).toEqual(['create', 'read', 'update', 'delete'])
  expect(made.actions?.update).toMatchObject({ key: 'update', name: 'Change', description: null })
  expect(made.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(Number.isNaN(Date.parse(made.created_at))).toBe(false)
  expect(await permit.api.resources.list()).toEqual([made])
  expect(await permit.api.resources.list({ includeTotalCount: true })).toEqual({
    data: [made],
    total_count: 1,
    page_count: 1,
  })
  expect(await permit.api.resources.get('document')).toEqual(made)
  expect(await permit.api.resources.getByKey('document')).toEqual(made)
  expect(await permit.api.resources.getById(made.id)).toEqual(made)
  expect((await policy()).document.types.document).toEqual({
    title: 'Document',
    actions: ['create', 'read', 'update', 'delete'],
    attributes: { private: 'bool' },
    roles: {},
  })

  const changed = await permit.api.resources.update('document', { name: 'Paper', description: 'x' })
  expect(changed).toMatchObject({ name: 'Paper', description: 'x', urn: 'prn:gdrive:document' })
  expect(changed.actions).toEqual(made.actions)
  const replaced = await permit.api.resources.replace('document', {
    name: 'Document',
    actions: { read: {} },
  })
  expect(replaced).toMatchObject({ name: 'Document', urn: null, description: null, attributes: {} })
  expect(Object.keys(replaced.actions ?? {})).toEqual(['read'])
  expect(replaced.id).toBe(made.id)
  expect(
    await refused(permit.api.resources.create({ key: 'document', name: 'x', actions: {} })),
  ).toEqual([409, 'DUPLICATE_ENTITY'])
  await permit.api.resources.delete('document')
  expect(await refused(permit.api.resources.get('document'))).toEqual([404, 'NOT_FOUND'])
  expect(await refused(permit.api.resources.delete('document'))).toEqual([404, 'NOT_FOUND'])
  expect((await policy()).document.types).toEqual({})
})

describe('the parts of a resource', () => {
  beforeAll(async () => {
    await permit.api.resources.create({ key: 'server', name: 'Server', actions: { view: {} } })
    await permit.api.resources.create({
      key: 'channel',
      name: 'Channel',
      actions: { read: {}, send: { name: 'Send', description: null as never } },
      attributes: { private: { type: 'bool' } },
      roles: { moderator: { name: 'Moderator', permissions: ['read', 'send'] } },
      relations: { parent: 'server' },
    })
  })
  afterAll(async () => {
    await permit.api.resources.delete('channel')
    await permit.api.resources.delete('server')
  })

  test('are all made with it', async () => {
    const channel = await permit.api.resources.get('channel')
    const server = await permit.api.resources.get('server')
    expect(channel.relations).toEqual({ parent: { resource: 'server', resource_id: server.id } })
    expect(channel.roles).toMatchObject({
      moderator: {
        key: 'moderator',
        name: 'Moderator',
        permissions: ['read', 'send'],
        resource: 'channel',
      },
    })
  })

  test('actions', async () => {
    const made = await permit.api.resourceActions.create('channel', { key: 'ban', name: 'Ban' })
    expect(made).toMatchObject({ key: 'ban', name: 'Ban', permission_name: 'channel:ban' })
    expect(await permit.api.resourceActions.get('channel', 'ban')).toEqual(made)
    expect(await permit.api.resourceActions.getByKey('channel', 'ban')).toEqual(made)
    expect(await permit.api.resourceActions.getById('channel', made.id)).toEqual(made)
    const all = await permit.api.resourceActions.list({ resourceKey: 'channel' })
    expect(all.map(({ key }) => key)).toEqual(['read', 'send', 'ban'])
    const changed = await permit.api.resourceActions.update('channel', 'ban', { name: 'Throw out' })
    expect(changed).toMatchObject({ key: 'ban', name: 'Throw out', id: made.id })
    expect(
      await refused(permit.api.resourceActions.create('channel', { key: 'ban', name: 'x' })),
    ).toEqual([409, 'DUPLICATE_ENTITY'])
    await permit.api.resourceRoles.assignPermissions('channel', 'moderator', ['ban'])
    await permit.api.resourceActions.delete('channel', 'ban')
    expect((await permit.api.resourceRoles.get('channel', 'moderator')).permissions).toEqual([
      'read',
      'send',
    ])
    expect(await refused(permit.api.resourceActions.get('channel', 'ban'))).toEqual([
      404,
      'NOT_FOUND',
    ])
  })

  test('action groups', async () => {
    const made = await permit.api.actionGroups.create('channel', {
      key: 'all',
      name: 'All',
      actions: ['read', 'send'],
    })
    expect(made).toMatchObject({ key: 'all', name: 'All', actions: ['read', 'send'] })
    expect(await permit.api.actionGroups.get('channel', 'all')).toEqual(made)
    expect(await permit.api.actionGroups.getByKey('channel', 'all')).toEqual(made)
    expect(await permit.api.actionGroups.getById('channel', made.id)).toEqual(made)
    expect(await permit.api.actionGroups.list({ resourceKey: 'channel' })).toEqual([made])
    expect((await permit.api.resources.get('channel')).action_groups).toEqual({
      all: ['read', 'send'],
    })
    await permit.api.actionGroups.delete('channel', 'all')
    expect(await permit.api.actionGroups.list({ resourceKey: 'channel' })).toEqual([])
  })

  test('attributes, each type as it was said; those of users as well', async () => {
    for (const type of ['bool', 'number', 'string', 'time', 'array', 'json'] as const) {
      const made = await permit.api.resourceAttributes.create('channel', { key: `a-${type}`, type })
      expect(made).toMatchObject({
        key: `a-${type}`,
        type,
        description: null,
        resource_key: 'channel',
        built_in: false,
      })
      expect(await permit.api.resourceAttributes.getById('channel', made.id)).toEqual(made)
    }
    const changed = await permit.api.resourceAttributes.update('channel', 'a-time', {
      type: 'number',
      description: 'x',
    })
    expect(changed).toMatchObject({ type: 'number', description: 'x' })
    const all = await permit.api.resourceAttributes.list({ resourceKey: 'channel' })
    expect(all).toHaveLength(7)
    expect((await policy()).document.types.channel?.attributes).toEqual({
      private: 'bool',
      'a-bool': 'bool',
      'a-number': 'double',
      'a-string': 'string',
      'a-time': 'double',
      'a-array': 'list',
      'a-json': 'any',
    })
    for (const { key } of all) await permit.api.resourceAttributes.delete('channel', key)
    expect((await policy()).document.types.channel).not.toHaveProperty('attributes')
    await permit.api.resourceAttributes.create('__user', { key: 'clearance', type: 'string' })
    const { schema } = await pathsOf(server)
    const own = await raw(server, 'GET', `${schema}/users/attributes`)
    expect(own.body).toMatchObject([{ key: 'clearance', type: 'string', resource_key: '__user' }])
    expect((await raw(server, 'GET', `${schema}/users/attributes/clearance`)).status).toBe(200)
    await permit.api.resourceAttributes.delete('__user', 'clearance')
    const withBuiltIn = await raw(server, 'GET', `${schema}/resources?include_built_in=true`)
    expect((withBuiltIn.body as { key: string }[]).map(({ key }) => key)).toContain('__user')
  })

  test('relations', async () => {
    const made = await permit.api.resourceRelations.create('channel', {
      key: 'twin',
      name: 'Twin',
      subject_resource: 'channel',
    })
    const channel = await permit.api.resources.get('channel')
    expect(made).toMatchObject({
      key: 'twin',
      name: 'Twin',
      subject_resource: 'channel',
      subject_resource_id: channel.id,
      object_resource: 'channel',
      object_resource_id: channel.id,
    })
    expect(await permit.api.resourceRelations.get('channel', 'twin')).toEqual(made)
    expect(await permit.api.resourceRelations.getByKey('channel', 'twin')).toEqual(made)
    expect(await permit.api.resourceRelations.getById('channel', made.id)).toEqual(made)
    const all = await permit.api.resourceRelations.list({ resourceKey: 'channel' })
    expect(all.map(({ key }) => key)).toEqual(['parent', 'twin'])
    await permit.api.resourceRelations.delete('channel', 'twin')
    expect(await refused(permit.api.resourceRelations.get('channel', 'twin'))).toEqual([
      404,
      'NOT_FOUND',
    ])
    expect(
      await refused(
        permit.api.resourceRelations.create('channel', {
          key: 'x',
          name: 'x',
          subject_resource: 'nothing',
        }),
      ),
    ).toEqual([404, 'NOT_FOUND'])
  })

  test('roles with permissions, bare or with their type', async () => {
    const made = await permit.api.resourceRoles.create('channel', { key: 'reader', name: 'Reader' })
    expect(made).toMatchObject({
      key: 'reader',
      name: 'Reader',
      permissions: [],
      resource: 'channel',
      granted_to: null,
    })
    const assigned = await permit.api.resourceRoles.assignPermissions('channel', 'reader', [
      'channel:read',
      'send',
      'read',
    ])
    expect(assigned.permissions).toEqual(['read', 'send'])
    const removed = await permit.api.resourceRoles.removePermissions('channel', 'reader', [
      'send',
      'channel:send',
    ])
    expect(removed.permissions).toEqual(['read'])
    expect(await permit.api.resourceRoles.get('channel', 'reader')).toEqual(removed)
    expect(await permit.api.resourceRoles.getByKey('channel', 'reader')).toEqual(removed)
    expect(await permit.api.resourceRoles.getById('channel', made.id)).toEqual(removed)
    const changed = await permit.api.resourceRoles.update('channel', 'reader', {
      name: 'Guest',
      permissions: ['send'],
    })
    expect(changed).toMatchObject({ name: 'Guest', permissions: ['send'] })
    const all = await permit.api.resourceRoles.list({ resourceKey: 'channel' })
    expect(all.map(({ key }) => key)).toEqual(['moderator', 'reader'])
    await permit.api.resourceRoles.delete('channel', 'reader')
    expect(await refused(permit.api.resourceRoles.get('channel', 'reader'))).toEqual([
      404,
      'NOT_FOUND',
    ])
    expect(
      await refused(permit.api.resourceRoles.create('channel', { key: 'moderator', name: 'x' })),
    ).toEqual([409, 'DUPLICATE_ENTITY'])
    expect(
      await refused(
        permit.api.resourceRoles.assignPermissions('channel', 'moderator', ['server:view']),
      ),
    ).toEqual([400, 'INVALID_PERMISSION_FORMAT'])
    expect(
      await refused(permit.api.resourceRoles.assignPermissions('channel', 'moderator', ['fly'])),
    ).toEqual([404, 'NOT_FOUND'])
  })

  test('roles that are derived along a relation', async () => {
    await permit.api.resourceRoles.create('server', {
      key: 'admin',
      name: 'Admin',
      permissions: ['view'],
    })
    const rule = { role: 'admin', on_resource: 'server', linked_by_relation: 'parent' }
    const made = await permit.api.resourceRoles.createRoleDerivation('channel', 'moderator', rule)
    const admin = await permit.api.resourceRoles.get('server', 'admin')
    expect(made).toMatchObject({ ...rule, role_id: admin.id })
    expect(made.resource_id).toMatch(/-/)
    expect(made.relation_id).toMatch(/-/)
    expect((await policy()).document.types.channel?.roles).toMatchObject({
      moderator: { from: [{ role: 'admin', via: 'parent' }] },
    })
    expect(
      await refused(permit.api.resourceRoles.createRoleDerivation('channel', 'moderator', rule)),
    ).toEqual([409, 'DUPLICATE_ENTITY'])
    expect(
      await refused(
        permit.api.resourceRoles.createRoleDerivation('channel', 'moderator', {
          ...rule,
          role: 'moderator',
          on_resource: 'channel',
        }),
      ),
    ).toEqual([400, 'MISMATCH_RELATION_TYPE'])
    const settings = { no_direct_roles_on_object: true }
    expect(
      await permit.api.resourceRoles.updateRoleDerivationConditions(
        'channel',
        'moderator',
        settings,
      ),
    ).toEqual(settings)
    expect((await permit.api.resourceRoles.get('channel', 'moderator')).granted_to).toMatchObject({
      users_with_role: [rule],
      when: settings,
    })
    await permit.api.resourceRoles.deleteRoleDerivation('channel', 'moderator', rule)
    expect((await permit.api.resourceRoles.get('channel', 'moderator')).granted_to).toBeNull()
    expect(
      await refused(permit.api.resourceRoles.deleteRoleDerivation('channel', 'moderator', rule)),
    ).toEqual([404, 'NOT_FOUND'])
    const whole = await permit.api.resourceRoles.create('channel', {
      key: 'owner',
      name: 'Owner',
      granted_to: { users_with_role: [{ ...rule, when: settings }], when: settings },
    } as never)
    expect(whole.granted_to).toMatchObject({
      users_with_role: [{ ...rule, when: settings }],
      when: settings,
    })
    await permit.api.resourceRoles.delete('channel', 'owner')
    await permit.api.resourceRoles.delete('server', 'admin')
  })
})

describe('roles on tenants', () => {
  beforeAll(async () => {
    await permit.api.resources.create({
      key: 'paper',
      name: 'Paper',
      actions: { read: {}, write: {} },
    })
  })
  afterAll(() => permit.api.resources.delete('paper'))

  test('are made, read, changed, given permissions and deleted', async () => {
    const admin = await permit.api.roles.create({
      key: 'admin',
      name: 'Admin',
      description: 'an admin role',
      permissions: ['paper:read', 'paper:write'],
    })
    expect(admin).toMatchObject({ key: 'admin', name: 'Admin', description: 'an admin role' })
    expect(admin.permissions).toEqual(['paper:read', 'paper:write'])
    const viewer = await permit.api.roles.create({ key: 'viewer', name: 'Viewer' })
    expect(viewer.permissions).toHaveLength(0)
    const more = await permit.api.roles.assignPermissions('viewer', ['paper:read', 'paper:read'])
    expect(more.permissions).toEqual(['paper:read'])
    const less = await permit.api.roles.removePermissions('admin', ['paper:write'])
    expect(less.permissions).toEqual(['paper:read'])
    expect(await permit.api.roles.get('viewer')).toEqual(more)
    expect(await permit.api.roles.getByKey('viewer')).toEqual(more)
    expect(await permit.api.roles.getById(viewer.id)).toEqual(more)
    expect((await permit.api.roles.list()).map(({ key }) => key)).toEqual(['admin', 'viewer'])
    expect(
      await permit.api.roles.list({ includeTotalCount: true, perPage: 1, page: 2 }),
    ).toMatchObject({
      data: [{ key: 'viewer' }],
      total_count: 2,
      page_count: 2,
    })
    const changed = await permit.api.roles.update('viewer', { name: 'Reader', permissions: [] })
    expect(changed).toMatchObject({ name: 'Reader', permissions: [] })
    expect(await refused(permit.api.roles.create({ key: 'admin', name: 'x' }))).toEqual([
      409,
      'DUPLICATE_ENTITY',
    ])
    expect(
      await refused(permit.api.roles.create({ key: 'bad', name: 'x', permissions: ['paper'] })),
    ).toEqual([400, 'INVALID_PERMISSION_FORMAT'])
    const { schema } = await pathsOf(server)
    const up = await raw(server, 'PUT', `${schema}/roles/admin/parents/viewer`)
    expect(up).toMatchObject({ status: 200, body: { key: 'admin', extends: ['viewer'] } })
    expect(await raw(server, 'PUT', `${schema}/roles/viewer/parents/admin`)).toMatchObject({
      status: 400,
    })
    expect(await raw(server, 'DELETE', `${schema}/roles/admin/parents/viewer`)).toMatchObject({
      status: 200,
      body: { extends: [] },
    })
    expect(await permit.api.listRoles()).toHaveLength(2)
    expect(await permit.api.getRole('admin')).toMatchObject({ key: 'admin' })
    await permit.api.roles.delete('admin')
    await permit.api.deleteRole('viewer')
    expect(await refused(permit.api.roles.get('admin'))).toEqual([404, 'NOT_FOUND'])
    expect(await permit.api.roles.list()).toEqual([])
  })
})

test('what the dashboard edits shows through Permit, and the other way round; comments stay', async () => {
  const { text } = await policy()
  const edited = `# Kept by hand.\n${text.replace('types: {}', 'types:\n  room: # a place\n    title: Room\n    actions: [enter, leave] # both\n    roles:\n      guest: { can: [enter] }\n')}`
  const put = await raw(server, 'PUT', '/api/v1/policy', { text: edited })
  expect(put.status).toBe(200)
  const room = await permit.api.resources.get('room')
  expect(room).toMatchObject({
    key: 'room',
    name: 'Room',
    roles: { guest: { permissions: ['enter'] } },
  })
  await permit.api.resourceActions.create('room', { key: 'dance', name: 'Dance' })
  await permit.api.resourceRoles.assignPermissions('room', 'guest', ['dance'])
  const after = await policy()
  expect(after.text).toContain('# Kept by hand.')
  expect(after.text).toContain('room: # a place')
  expect(after.text).toContain('actions: [enter, leave, dance] # both')
  expect(after.text).toContain('guest: { can: [enter, dance] }')
  await permit.api.resources.delete('room')
})

test('the flat methods of older programs', async () => {
  await permit.api.createResource({ key: 'thing', name: 'Thing', actions: { use: {} } })
  expect(await permit.api.updateResource('thing', { name: 'Tool' })).toMatchObject({ name: 'Tool' })
  const role = await permit.api.createRole({
    key: 'user',
    name: 'User',
    permissions: ['thing:use'],
  })
  expect(await permit.api.updateRole(role.id, { name: 'Person' })).toMatchObject({ name: 'Person' })
  await permit.api.deleteRole('user')
  await permit.api.deleteResource('thing')
})
