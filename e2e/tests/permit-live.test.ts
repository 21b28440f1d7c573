// The tutorial's flow through the stock `permitio` client while stock `ably` clients are connected and feel each change;
// and what our own *Promote* gives instead.

import type * as Ably from 'ably'
import type { Permit } from 'permitio'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { permitTo, raw } from '../lib/permit.ts'
import { move, owner, type Person, signUp } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { closeClients, codeOf, realtime, until } from '../lib/stock.ts'

let server: Server
let permit: Permit
beforeAll(async () => {
  server = await startServer()
  await owner(server)
  permit = permitTo(server)
})
afterEach(closeClients)
afterAll(() => server?.remove())

function client(person: Person): Ably.Realtime {
  return realtime(server.port, {
    authCallback: (_params, callback) => {
      person.token().then(
        (token) => callback(null, token),
        (error) => callback(String(error), null),
      )
    },
  })
}

const promote = (who: string) => permit.check(who, 'promote', 'channel:general')

test('sync on sign-in, list, promote, check, demote: a connected client feels each step', async () => {
  const ada = await signUp(server, 'Ada Lovelace')
  // Whoever signed in is there already: the sync of the tutorial changes them.
  const synced = await permit.api.users.sync({ key: ada.id, email: ada.email, first_name: 'Ada' })
  expect(synced.created).toBe(false)
  expect(synced.user).toMatchObject({ key: ada.id, email: ada.email, first_name: 'Ada' })
  const users = await permit.api.users.list({ search: ada.email })
  expect(users.data.map(({ key }) => key)).toEqual([ada.id])
  const before = await permit.api.users.getAssignedRoles({ user: ada.id })
  expect(before.map(({ role, resource_instance }) => [role, resource_instance])).toContainEqual([
    'participant',
    'channel:general',
  ])
  expect(await promote(ada.id)).toBe(false)

  const ably = client(ada)
  await until(ably, 'connected')
  const general = ably.channels.get('chat:general')
  await general.attach()
  const mod = ably.channels.get('chat:mod')
  expect(await codeOf(mod.attach())).toBe(40160)
  const rights = heard<Ably.InboundMessage>()
  await ably.channels.get('[permissions]chat:general').subscribe((message) => rights.add(message))
  await rights.count(1)

  // What the tutorial calls promotion: moderator here, participant there, and admin of the tenant besides.
  await permit.api.roleAssignments.assign({
    user: ada.id,
    role: 'moderator',
    resource_instance: 'channel:general',
  })
  await rights.first(({ data }) => (data.gained ?? []).includes('promote'))
  expect(await promote(ada.id)).toBe(true)
  await permit.api.roleAssignments.assign({
    user: ada.id,
    role: 'participant',
    resource_instance: 'channel:mod',
  })
  await mod.attach()
  expect(mod.state).toBe('attached')
  await permit.api.users.assignRole({ user: ada.id, role: 'admin', tenant: 'default' })
  expect(await permit.check(ada.id, 'configure', 'channel:announcements')).toBe(true)
  expect((await permit.api.users.get(ada.id)).roles).toContainEqual({
    role: 'admin',
    tenant: 'default',
  })
  const permissions = await permit.getUserPermissions(ada.id, ['default'])
  expect(permissions['__tenant:default']?.permissions).toContain('channel:promote')
  expect(permissions['channel:general']?.roles).toContain('moderator')

  const words = heard<Ably.InboundMessage>()
  await mod.subscribe((message) => words.add(message))
  await mod.publish('text', { text: 'Among us' })
  await words.count(1)

  // Demotion: once the calls have returned nothing more comes through.
  const lost = new Promise<Ably.ChannelStateChange>((resolve) => mod.once('failed', resolve))
  await permit.api.users.unassignRole({ user: ada.id, role: 'admin', tenant: 'default' })
  await permit.api.roleAssignments.unassign({
    user: ada.id,
    role: 'participant',
    resource_instance: 'channel:mod',
  })
  const { reason } = await lost
  expect(reason?.code).toBe(40160)
  await permit.api.roleAssignments.unassign({
    user: ada.id,
    role: 'moderator',
    resource_instance: 'channel:general',
  })
  await rights.first(({ data }) => (data.lost ?? []).includes('promote'))
  expect(await promote(ada.id)).toBe(false)
  expect(general.state).toBe('attached')
  expect(await codeOf(mod.attach())).toBe(40160)
})

test('our own promotion gives moderation and no administration', async () => {
  const bea = await signUp(server, 'Bea Arthur')
  await move(server, 'promote', 'general', bea)
  expect(await promote(bea.id)).toBe(true)
  const held = await permit.api.users.getAssignedRoles({ user: bea.id })
  expect(held.map(({ role, tenant, resource_instance: on }) => [role, on ?? tenant])).toEqual(
    expect.arrayContaining([
      ['moderator', 'channel:general'],
      ['participant', 'channel:mod'],
      ['viewer', 'default'],
    ]),
  )
  expect(held.some(({ role }) => role === 'admin')).toBe(false)
  expect(await permit.check(bea.id, 'assign-role', 'channel:general')).toBe(false)
  await move(server, 'demote', 'general', bea)
  expect(await promote(bea.id)).toBe(false)
})

test('a change of the schema is felt at once: a permission of a role, a condition, a derivation', async () => {
  const cid = await signUp(server, 'Cid Moosa')
  const ably = client(cid)
  await until(ably, 'connected')
  const announcements = ably.channels.get('chat:announcements')
  await announcements.attach()
  const modes = heard<Ably.ChannelStateChange>()
  announcements.on('update', (change) => modes.add(change))
  expect(await codeOf(announcements.publish('x', 'y'))).toBe(40160)
  await permit.api.resourceRoles.assignPermissions('channel', 'viewer', ['publish'])
  await announcements.publish('text', { text: 'Hello' })
  const closed = new Promise<Ably.ChannelStateChange>((resolve) =>
    announcements.once('failed', resolve),
  )
  await permit.api.resourceRoles.removePermissions('channel', 'viewer', [
    'publish',
    'subscribe',
    'history',
  ])
  expect((await closed).reason?.code).toBe(40160)
  await permit.api.resourceRoles.assignPermissions('channel', 'viewer', ['subscribe', 'history'])

  // A set rule opens the moderators' channel for whom it matches, and closes it again.
  const mod = ably.channels.get('chat:mod')
  expect(await codeOf(mod.attach())).toBe(40160)
  await permit.api.conditionSets.create({
    key: 'trusted',
    name: 'Trusted',
    type: 'userset',
    conditions: { 'user.trusted': { equals: true } },
  })
  const rule = {
    user_set: 'trusted',
    permission: 'channel:subscribe',
    resource_set: 'channel',
    is_resource: true,
  }
  await permit.api.conditionSetRules.create(rule)
  expect(await codeOf(mod.attach())).toBe(40160)
  const { attributes } = await permit.api.users.get(cid.id)
  await permit.api.users.update(cid.id, { attributes: { ...attributes, trusted: true } })
  await mod.attach()
  const cut = new Promise<Ably.ChannelStateChange>((resolve) => mod.once('failed', resolve))
  await permit.api.conditionSetRules.delete(rule)
  expect((await cut).reason?.code).toBe(40160)
})

test('nobody loses what signing in knows of them', async () => {
  const dee = await signUp(server, 'Dee Dee')
  const before = await raw(server, 'GET', `/v2/facts/default/e2eapp/users/${dee.id}`)
  expect(before.body).toMatchObject({
    first_name: 'Dee',
    last_name: 'Dee',
    email: dee.email,
    attributes: {},
  })
  await permit.api.users.update(dee.id, { attributes: { verified: true, colour: 'red' } })
  expect(await permit.api.users.get(dee.id)).toMatchObject({
    email: dee.email,
    attributes: { verified: true, colour: 'red' },
  })
  // What Permit calls verified says nothing about the address.
  const by = await raw(server, 'POST', '/api/v1/role_assignments', {
    person: dee.email,
    role: 'moderator',
    on: 'channel:general',
  })
  expect(by.status).toBe(404)
})
