import { describe, expect, test } from 'vitest'
import { later, resource, told, worldOf } from '../test/yard.ts'
import type { RightsChange } from './change.ts'
import { decide, grantedActions } from './decide.ts'
import type { ResourceId, SubjectId } from './names.ts'
import { rolesAt } from './role-list.ts'
import { rolesHeld, rolesOn } from './roles.ts'
import type { World } from './world.ts'

const ada = 'user:ada' as SubjectId
const held = (world: World, on: string, who = 'user:ada') =>
  rolesHeld(world, who as SubjectId, on as ResourceId)

describe('sets', () => {
  test('[PO100] bring what is assigned to them to everybody who holds the role, directly or through sets', () => {
    const world = worldOf(
      'dock:a#docker@crew:red#member',
      'crew:red#member@crew:blue#member',
      'crew:blue#member@user:ada',
    )
    expect(held(world, 'dock:a')).toEqual(['docker'])
    expect(held(world, 'dock:a', 'user:ben')).toEqual([])
    const without = later(world, {
      kind: 'unassign',
      tuple: { resource: 'crew:blue' as ResourceId, role: 'member', subject: ada },
    })
    expect(held(without, 'dock:a')).toEqual([])
  })

  test('[PO100] are of exactly the role named: who holds one that extends it is not in', () => {
    expect(
      held(worldOf('dock:a#docker@crew:red#member', 'crew:red#mate@user:ada'), 'dock:a'),
    ).toEqual([])
  })

  test('[PO100] in a circle hold those who are in one of them, and nobody else', () => {
    const circle = ['crew:a#member@crew:b#member', 'crew:b#member@crew:a#member']
    expect(held(worldOf(...circle), 'crew:a')).toEqual([])
    const world = worldOf(...circle, 'crew:b#member@user:ada', 'dock:a#watcher@crew:a#member')
    expect(held(world, 'dock:a')).toEqual(['watcher'])
  })

  test('[PO100] hold roles on the tenant as well', () => {
    const world = worldOf('tenant:acme#owner@crew:red#member', 'crew:red#member@user:ada')
    expect(held(world, 'tenant:acme')).toEqual(['owner'])
    expect(grantedActions(world, ada, 'dock:a' as ResourceId)).toContain('history')
  })

  test('[PO100] in long chains and wide circles come to an end', () => {
    const chain = Array.from({ length: 300 }, (_, n) => `crew:c${n}#member@crew:c${n + 1}#member`)
    const world = worldOf(
      ...chain,
      'crew:c300#member@crew:c0#member',
      'crew:c300#member@user:ada',
      'dock:a#docker@crew:c0#member',
    )
    expect(held(world, 'dock:a')).toEqual(['docker'])
    expect(rolesOn(world, ada, 'dock:a' as ResourceId)[0]?.through).toHaveLength(603)
  })
})

describe('derived roles', () => {
  const base = ['dock:a#part@yard:one', 'yard:one#within@yard:all']

  test('[PO101] follow from the role named, along declared relations, as far as they lead', () => {
    const world = worldOf(...base, 'yard:all#warden@user:ada')
    expect(held(world, 'yard:one')).toEqual(['warden'])
    expect(held(world, 'dock:a')).toEqual(['master'])
    expect(held(world, 'dock:b')).toEqual([])
  })

  test('[PO101] do not follow from other roles, other relations or targets of undeclared types', () => {
    expect(held(worldOf(...base, 'yard:one#visitor@user:ada'), 'dock:a')).toEqual([])
    expect(held(worldOf('dock:a#twin@yard:one', 'yard:one#warden@user:ada'), 'dock:a')).toEqual([])
    expect(held(worldOf('dock:a#part@crew:red', 'crew:red#warden@user:ada'), 'dock:a')).toEqual([])
  })

  test('[PO101] follow from roles on the tenant that is pointed to, whichever it is', () => {
    const from = (tenant: string, held1 = tenant) =>
      held(worldOf(`dock:a#part@${tenant}`, `${held1}#guard@user:ada`), 'dock:a')
    expect([from('tenant:acme'), from('tenant:other')]).toEqual([['docker'], ['docker']])
    expect(from('tenant:acme', 'tenant:other')).toEqual([])
  })

  test('[PO101] in a circle are held by those who come to one of them, and by nobody else', () => {
    const circle = ['dock:a#twin@dock:b', 'dock:b#twin@dock:a', 'dock:a#twin@dock:a']
    expect(held(worldOf(...circle), 'dock:a')).toEqual([])
    expect(held(worldOf(...circle, 'dock:b#watcher@user:ada'), 'dock:a')).toEqual(['watcher'])
  })

  test('[PO102] except for those to whom anything is assigned there themselves', () => {
    const world = worldOf(resource('dock:a', { closed: false }), ...base, 'yard:one#hand@user:ada')
    expect(held(world, 'dock:a')).toEqual(['docker'])
    expect(held(later(world, 'dock:a#watcher@user:ada'), 'dock:a')).toEqual(['watcher'])
    const throughSet = later(world, 'dock:a#watcher@crew:red#member', 'crew:red#member@user:ada')
    expect(held(throughSet, 'dock:a')).toEqual(['docker', 'watcher'])
    const [assigned] = told('dock:a#watcher@user:ada').slice(-1) as [RightsChange]
    const pending = later(world, { ...assigned, notBeforeMs: 5 } as RightsChange)
    expect(held(pending, 'dock:a')).toEqual(['docker'])
  })

  test('[PO103] count only where their condition is true', () => {
    const world = (attributes: object) =>
      worldOf(resource('dock:a', attributes as never), ...base, 'yard:one#hand@user:ada')
    expect(held(world({ closed: false }), 'dock:a')).toEqual(['docker'])
    expect(held(world({ closed: true }), 'dock:a')).toEqual([])
    expect(held(world({}), 'dock:a')).toEqual([])
    expect(held(world({ closed: 'no' }), 'dock:a')).toEqual([])
  })
})

test('[PO116] a grant through sets and relations tells the way, from the person on', () => {
  const world = worldOf(
    resource('dock:a', { storm: false }),
    'dock:a#part@yard:one',
    'yard:one#warden@crew:red#member',
    'crew:red#member@user:ada',
  )
  const question = { subject: ada, action: 'load', resource: 'dock:a' as ResourceId }
  expect(decide(world, { ...question, standing: true }).reasons).toEqual([
    {
      kind: 'granted',
      role: 'master',
      on: 'dock:a',
      via: [],
      through: [
        {
          kind: 'assigned',
          tuple: { resource: 'crew:red', role: 'member', subject: 'user:ada' },
          grant: {},
        },
        { kind: 'member', set: 'crew:red#member' },
        {
          kind: 'assigned',
          tuple: { resource: 'yard:one', role: 'warden', subject: 'crew:red#member' },
          grant: {},
        },
        {
          kind: 'derived',
          role: 'master',
          on: 'dock:a',
          from: { role: 'warden', on: 'yard:one' },
          relation: { resource: 'dock:a', relation: 'part', target: 'yard:one' },
          statement: 'types.dock.roles.master.from[0]',
        },
      ],
    },
  ])
})

test('[PO44] roles held through sets and relations are listed too', () => {
  const world = worldOf(
    'dock:a#part@yard:one',
    'yard:one#warden@user:ada',
    'tenant:acme#guard@crew:red#member',
    'crew:red#member@user:ada',
  )
  expect(rolesAt(world, ada, 'dock:a' as ResourceId).map(({ role }) => role)).toEqual([
    'master',
    'guard',
  ])
})
