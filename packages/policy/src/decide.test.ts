import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actions, anyWorld, house, resources, subjects, world } from '../test/worlds.ts'
import { decide, grantedActions } from './decide.ts'
import type { ResourceId, Revision, SubjectId } from './names.ts'
import { typeOf } from './tuple.ts'
import { foldRights, type World } from './world.ts'

const ask = (on: World, subject: string, action: string, resource: string) =>
  decide(on, { subject: subject as SubjectId, action, resource: resource as ResourceId })

const here = world([
  'team:lobby#speaker@user:ada',
  'team:den',
  'tenant:acme#boss@user:bo',
  'file:plan',
])

test('[PO22] what no role grants is denied, naming the roles that would', () => {
  expect(ask(here, 'user:ada', 'kick', 'team:lobby')).toEqual({
    allowed: false,
    reasons: [{ kind: 'never_granted', grantedBy: ['chair'] }],
    revision: 7,
  })
  expect(ask(here, 'user:ada', 'subscribe', 'team:den').allowed).toBe(false)
  expect(ask(here, 'user:nobody', 'subscribe', 'team:lobby').allowed).toBe(false)
})

test('[PO26] a grant names role, place, way and revision', () => {
  expect(ask(here, 'user:ada', 'subscribe', 'team:lobby')).toEqual({
    allowed: true,
    reasons: [{ kind: 'granted', role: 'speaker', on: 'team:lobby', via: ['listener'] }],
    revision: 7,
  })
})

test.each([
  ['unknown_type', 'publish', 'ghost:x'],
  ['unknown_type', 'publish', 'constructor:x'],
  ['unknown_type', 'publish', 'lobby'],
  ['unknown_type', 'publish', 'tenant:acme'],
  ['unknown_action', 'fly', 'team:lobby'],
  ['unknown_action', '*', 'team:lobby'],
  ['unknown_action', 'toString', 'team:lobby'],
  ['unknown_resource', 'publish', 'team:nowhere'],
  ['unknown_resource', 'publish', 'team:'],
])('[PO23] %s: `%s` on `%s`', (kind, action, resource) => {
  for (const subject of ['user:ada', 'user:bo']) {
    expect(ask(here, subject, action, resource)).toMatchObject({
      allowed: false,
      reasons: [{ kind }],
    })
  }
})

describe('roles on the tenant', () => {
  test('[PO24] count on every existing resource of the types they name', () => {
    expect(ask(here, 'user:bo', 'kick', 'team:lobby').reasons).toEqual([
      { kind: 'granted', role: 'boss', on: 'tenant:acme', via: [] },
    ])
    expect(ask(here, 'user:bo', 'kick', 'team:den').allowed).toBe(true)
    expect(ask(here, 'user:bo', 'open', 'file:plan').allowed).toBe(false)
    expect(ask(here, 'user:bo', 'kick', 'team:nowhere').allowed).toBe(false)
  })

  test('[PO24] count on no other tenant', () => {
    const other = world(['team:lobby', 'tenant:other#boss@user:bo'])
    expect(ask(other, 'user:bo', 'kick', 'team:lobby').allowed).toBe(false)
  })

  test('[PO24] a name of a tenant role gives nothing on a single resource, and the other way round', () => {
    const mixed = world(['team:lobby#boss@user:ada', 'tenant:acme#chair@user:ada'])
    expect(ask(mixed, 'user:ada', 'subscribe', 'team:lobby').allowed).toBe(false)
  })

  test('[PO24] the tenant itself can have actions, and always exists', () => {
    const tenant = { key: 'acme', roles: { boss: { can: { tenant: ['*'] } } } }
    const types = { tenant: { actions: ['invite'], roles: {} } }
    const change = { kind: 'put-policy', document: { ...house, tenant, types }, text: '' } as const
    const after = foldRights(here, [change], 8 as Revision)
    expect(ask(after, 'user:bo', 'invite', 'tenant:acme').allowed).toBe(true)
    expect(ask(after, 'user:ada', 'invite', 'tenant:acme').allowed).toBe(false)
    expect(ask(after, 'user:bo', 'invite', 'tenant:other').reasons[0]?.kind).toBe(
      'unknown_resource',
    )
  })
})

test('[PO25] an unknown role grants nothing until a policy knows it', () => {
  const before = world(['team:lobby#pilot@user:ada'])
  expect(ask(before, 'user:ada', 'kick', 'team:lobby').allowed).toBe(false)
  const { team } = house.types
  if (!team) throw new Error('the house has teams')
  const types = { team: { ...team, roles: { ...team.roles, pilot: { can: ['kick'] } } } }
  const change = { kind: 'put-policy', document: { ...house, types }, text: '' } as const
  const after = foldRights(before, [change], 8 as Revision)
  expect(ask(after, 'user:ada', 'kick', 'team:lobby')).toMatchObject({ allowed: true, revision: 8 })
})

test('[PO34] the granted actions are the ones decided one by one', () => {
  fc.assert(
    fc.property(anyWorld, (on) => {
      for (const subject of subjects) {
        for (const resource of resources) {
          const known = on.policy.types.get(typeOf(resource))?.actions ?? []
          const oneByOne = known.filter(
            (action) => decide(on, { subject, action, resource }).allowed,
          )
          expect(grantedActions(on, subject, resource)).toEqual(oneByOne)
          const unknown = actions.filter((action) => !known.includes(action))
          expect(unknown.some((action) => decide(on, { subject, action, resource }).allowed)).toBe(
            false,
          )
        }
      }
    }),
  )
})
