import { describe, expect, test } from 'vitest'
import { later, person, resource, worldOf, yard } from '../test/yard.ts'
import { affected, touchesResource } from './affected.ts'
import { visibleResources } from './authorize.ts'
import type { RightsChange } from './change.ts'
import { decide, decideOfType, grantedActions, isAllowed } from './decide.ts'
import type { Question } from './decision.ts'
import type { PolicyDocument } from './document-types.ts'
import { explain } from './explain.ts'
import { facts } from './facts.ts'
import { flips } from './flips.ts'
import { listResources, listSubjects } from './lists.ts'
import type { Action, KeyId, ResourceId, SubjectId } from './names.ts'
import { seedChanges } from './promotion.ts'
import { rolesAt } from './role-list.ts'
import { simulate } from './simulate.ts'
import { tenantOf, tenantsOf } from './tenant.ts'
import type { World } from './world.ts'

const ada = 'user:ada' as SubjectId
const dock = (key: string) => `dock:${key}` as ResourceId
const tenant = (key: string) => `tenant:${key}` as ResourceId
const [acme, beta, gamma] = [tenant('acme'), tenant('beta'), tenant('gamma')]

const put = (text: string): string => `dock:${text.replace(' in ', '#tenant@tenant:')}`
const removed = (id: ResourceId): RightsChange => ({ kind: 'remove-resource', resource: id })

/** Docks `a` in the tenant of the document, `b` and `c` in `beta`, `d` in `gamma`; Ada owns `beta`. */
const here = worldOf(
  'tenant:beta',
  'tenant:gamma',
  'dock:c',
  'dock:d',
  put('b in beta'),
  put('c in beta'),
  put('d in gamma'),
  'tenant:beta#owner@user:ada',
)

const may = (world: World, action: Action, on: ResourceId, who = ada) =>
  decide(world, { subject: who, action, resource: on }).allowed
const ownedBy = (world: World, who = ada) =>
  ['a', 'b', 'c', 'd'].filter((key) => may(world, 'subscribe', dock(key), who))

/** The yard with another rule on docks. */
const withRule = (rule: object): RightsChange => {
  const { dock: type } = yard.types
  const document = {
    ...yard,
    types: { ...yard.types, dock: { ...type, rules: [...(type?.rules ?? []), rule] } },
  } as PolicyDocument
  return { kind: 'put-policy', document, text: '' }
}

describe('a resource is in a tenant', () => {
  test('[PO210] the one it points to, else that of the document; a tenant is its own', () => {
    expect(['a', 'b', 'd'].map((key) => tenantOf(here, dock(key)))).toEqual([acme, beta, gamma])
    expect([acme, beta, tenant('none')].map((each) => tenantOf(here, each))).toEqual([
      acme,
      beta,
      tenant('none'),
    ])
    expect(tenantOf(here, dock('missing'))).toBe(acme)
    expect([...tenantsOf(here)].sort()).toEqual([acme, beta, gamma])
  })

  test('[PO210] roles on a tenant count on what is in it, and nowhere else', () => {
    expect(ownedBy(here)).toEqual(['b', 'c'])
    expect(ownedBy(later(here, 'tenant:acme#owner@user:bo'), 'user:bo' as SubjectId)).toEqual(['a'])
    const { reasons } = decide(here, { subject: ada, action: 'subscribe', resource: dock('b') })
    expect(reasons).toEqual([{ kind: 'granted', role: 'owner', on: beta, via: [] }])
    expect(rolesAt(here, ada, dock('b')).map(({ on, role }) => [on, role])).toEqual([
      [beta, 'owner'],
    ])
    expect(rolesAt(here, ada, dock('a'))).toEqual([])
  })

  test('[PO210] rules for roles on the tenant are about those on the tenant of the resource', () => {
    const forbids = later(here, withRule({ forbid: 'subscribe', to: ['tenant#owner'] }))
    expect(ownedBy(forbids)).toEqual([])
    const roles = later(forbids, 'dock:a#master@user:ada', 'dock:d#master@user:ada')
    expect(ownedBy(roles)).toEqual(['a', 'd'])
  })

  test('[PO210] a relation to what is no tenant says nothing', () => {
    expect(tenantOf(worldOf('dock:a#tenant@yard:one'), dock('a'))).toBe(acme)
    expect(tenantOf(worldOf('tenant:beta#tenant@tenant:gamma'), beta)).toBe(beta)
  })

  test('[PO211] that it joined last', () => {
    const moved = later(here, put('b in gamma'))
    expect(ownedBy(moved)).toEqual(['c'])
    expect(moved.facts.targetsOf(dock('b'), 'tenant')).toEqual([gamma])
    expect(ownedBy(here)).toEqual(['b', 'c'])
    const back = later(moved, {
      kind: 'unrelate',
      resource: dock('b'),
      relation: 'tenant',
      target: gamma,
    })
    expect(tenantOf(back, dock('b'))).toBe(acme)
    expect(facts(put('a in beta'), put('a in gamma')).sizes.relations).toBe(1)
  })

  test('[PO211] a tenant that is removed takes along what is in it, with roles and relations', () => {
    const full = later(here, 'dock:b#docker@user:bo', 'dock:a#twin@dock:b', 'dock:b#twin@dock:d')
    const gone = later(full, removed(beta))
    expect(['a', 'b', 'c', 'd'].map((key) => gone.facts.resource(dock(key)))).toEqual([
      {},
      undefined,
      undefined,
      {},
    ])
    expect([...gone.facts.relations()]).toEqual([
      { resource: dock('d'), relation: 'tenant', target: gamma },
    ])
    expect([...gone.facts.tuples()]).toEqual([])
    expect([...later(gone, 'tenant:beta', 'dock:b').facts.resourcesIn(beta)]).toEqual([])
    expect(ownedBy(full)).toEqual(['b', 'c'])
  })
})

test('[PO212] conditions read the tenant of the resource they are asked for', () => {
  const rule = withRule({ allow: 'subscribe', when: 'tenant.key == "beta" && tenant.open' })
  const world = later(
    here,
    rule,
    resource('tenant:beta', { open: true }),
    resource('tenant:acme', { open: true }),
  )
  const bo = 'user:bo' as SubjectId
  expect(ownedBy(world, bo)).toEqual(['b', 'c'])
  expect(ownedBy(later(world, resource('tenant:beta', { open: false })), bo)).toEqual([])
  expect(ownedBy(later(world, put('a in beta')), bo)).toEqual(['a', 'b', 'c'])
})

describe('a question asked in a tenant', () => {
  const asks = { subject: ada, action: 'subscribe' }
  const kind = (question: Partial<Question>) =>
    decide(here, { ...asks, resource: dock('b'), ...question }).reasons[0]?.kind

  test('[PO213] knows no resource of another one', () => {
    expect(kind({ inTenant: beta })).toBe('granted')
    expect(kind({ inTenant: gamma })).toBe('unknown_resource')
    expect(kind({ inTenant: tenant('none') })).toBe('unknown_resource')
    expect(isAllowed(here, { ...asks, resource: dock('b'), inTenant: gamma })).toBe(false)
  })

  test('[PO213] decides what does not exist by the tenant alone', () => {
    const missing = { resource: dock('missing') }
    expect(kind(missing)).toBe('unknown_resource')
    expect(kind({ ...missing, inTenant: beta })).toBe('granted')
    expect(kind({ ...missing, inTenant: gamma })).toBe('never_granted')
    expect(kind({ ...missing, inTenant: tenant('none') })).toBe('unknown_tenant')
    expect(kind({ ...missing, inTenant: dock('b') })).toBe('unknown_tenant')
    expect(kind({ resource: tenant('none'), inTenant: beta, action: 'enter' })).toBe('unknown_type')
    const named = later(here, {
      kind: 'assign',
      tuple: { resource: dock('missing'), role: 'master', subject: ada },
    })
    const question = { ...asks, ...missing, inTenant: gamma }
    expect(decide(named, question).reasons[0]?.kind).toBe('never_granted')
  })

  test('[PO213] may be about a type: roles on the tenant, rules and default', () => {
    const ask = (action: Action, inTenant?: ResourceId) =>
      decideOfType(here, { subject: ada, action, type: 'dock', ...(inTenant && { inTenant }) })
    expect([beta, gamma, undefined].map((each) => ask('subscribe', each).allowed)).toEqual([
      true,
      false,
      false,
    ])
    const golden = later(here, person('user:ada', { pass: 'gold' }))
    const history = { subject: ada, action: 'history', type: 'dock' }
    expect(decideOfType(golden, history).reasons).toEqual([
      { kind: 'rule', rule: 'types.dock.rules[3]' },
    ])
    const walk = { subject: ada, action: 'walk', type: 'park' }
    expect(decideOfType(here, walk).allowed).toBe(true)
    expect(decideOfType(here, { ...walk, type: 'ghost' }).reasons).toEqual([
      { kind: 'unknown_type' },
    ])
  })
})

describe('attributes that a question brings along', () => {
  const history = { subject: ada, action: 'history', resource: dock('a') }

  test('[PO214] lie over the stored ones for this question alone', () => {
    const silver = later(here, person('user:ada', { pass: 'silver' }))
    const ask = (supposed?: Question['supposed']) =>
      decide(silver, { ...history, ...(supposed && { supposed }) }).allowed
    expect([ask(), ask({ subject: { pass: 'gold' } }), ask()]).toEqual([false, true, false])
    const load = { ...history, action: 'load' }
    const calm = { resource: { storm: false } }
    expect(
      decide(silver, { ...load, supposed: { ...calm, context: { crane: true } } }).allowed,
    ).toBe(true)
    expect(
      decide(silver, {
        ...load,
        context: { crane: true },
        supposed: { ...calm, context: { crane: false } },
      }).allowed,
    ).toBe(false)
  })

  test('[PO214] decide what is derived as well, of the resource that is asked about', () => {
    const world = worldOf('dock:a#part@yard:one', 'yard:one#hand@user:ada')
    const publish = { subject: ada, action: 'subscribe', resource: dock('a') }
    const ask = (supposed?: Question['supposed']) =>
      decide(world, { ...publish, ...(supposed && { supposed }) }).allowed
    expect([ask(), ask({ resource: { closed: false } }), ask()]).toEqual([false, true, false])
    expect(ask({ resource: { closed: true } })).toBe(false)
    expect(ask({ tenant: { closed: false } })).toBe(false)
  })

  test('[PO214] lie over those of its tenant', () => {
    const world = later(here, withRule({ allow: 'subscribe', when: 'tenant.open' }))
    const load = { subject: 'user:bo' as SubjectId, action: 'subscribe', resource: dock('b') }
    expect(decide(world, load).allowed).toBe(false)
    expect(decide(world, { ...load, supposed: { tenant: { open: true } } }).allowed).toBe(true)
  })
})

describe('what is worked out from decisions', () => {
  test('[PO215] lists stay within the tenants in which a role counts', () => {
    const ids = listResources(here, {
      subject: ada,
      action: 'subscribe',
      type: 'dock',
      limit: 9,
    }).ids
    expect(ids).toEqual([dock('b'), dock('c')])
    const world = later(here, 'tenant:acme#owner@user:bo')
    const who = (on: ResourceId) =>
      listSubjects(world, { action: 'subscribe', resource: on, limit: 9 }).ids
    expect([who(dock('a')), who(dock('b')), who(dock('d'))]).toEqual([['user:bo'], [ada], []])
    const capability = { '*': ['*'] }
    const token = { kind: 'token', key: 'k' as KeyId, capability, subject: ada } as never
    expect(visibleResources(world, token)).toEqual([dock('b'), dock('c')])
  })

  test('[PO215] an explanation names the tenant, and the relation that puts the resource there', () => {
    const {
      path,
      facts: named,
      statements,
    } = explain(here, {
      subject: ada,
      action: 'subscribe',
      resource: dock('b'),
    })
    expect(path).toMatchObject([
      { kind: 'assigned', tuple: { resource: beta } },
      { kind: 'allows', on: beta },
    ])
    expect(named).toEqual(['dock:b', 'tenant:beta#owner@user:ada', 'dock:b#tenant@tenant:beta'])
    expect(statements).toEqual(['tenant.roles.owner.can.dock'])
    const { nearest } = explain(here, { subject: ada, action: 'history', resource: dock('d') })
    expect(nearest.map(({ words }) => words)).toEqual(['give `watcher` on `dock:d` to `user:ada`'])
  })

  const lines = (world: World, ...changes: readonly (string | RightsChange)[]) => {
    const after = later(world, ...changes)
    const made = changes.flatMap((change) => (typeof change === 'string' ? [] : [change]))
    return [...flips(world, after, made)]
      .map(({ subject, resource: on, gained, lost }) => `${subject} ${on} +${gained} -${lost}`)
      .sort()
  }
  const moves = (text: string): RightsChange => ({
    kind: 'relate',
    resource: dock(text.slice(0, 1)),
    relation: 'tenant',
    target: tenant(text.slice(5)),
  })
  const all = 'history,publish,subscribe'

  test('[PO215] moving a resource flips for who owns the one tenant or the other', () => {
    const world = later(here, 'tenant:gamma#owner@user:bo')
    expect(lines(world, moves('b in gamma'))).toEqual([
      `user:ada dock:b + -${all}`,
      `user:bo dock:b +${all} -`,
    ])
  })

  test('[PO215] removing a tenant flips on all that was in it', () => {
    expect(lines(here, removed(beta))).toEqual(
      ['b', 'c'].map((key) => `user:ada dock:${key} + -${all}`),
    )
    const simulation = simulate(here, [removed(beta)], { samples: 1 })
    while (!simulation.step(10));
    expect(simulation.impact).toMatchObject({ gained: 0, lost: 6, people: 1, resources: 2 })
    expect(simulation.impact.byRole).toEqual([{ role: 'owner', gained: 0, lost: 6 }])
  })

  test('[PO215] a role on a tenant touches what is in it and no other resource', () => {
    const change: RightsChange = {
      kind: 'assign',
      tuple: { resource: beta, role: 'owner', subject: 'user:bo' as SubjectId },
    }
    const area = affected(here, later(here, change), [change])
    const touched = ['a', 'b', 'c', 'd'].filter((key) => touchesResource(area, dock(key)))
    expect(touched).toEqual(['b', 'c'])
  })
})

test('[PO216] a document seeds tenants and says which of its resources are in them', () => {
  const seed = {
    resources: { 'tenant:beta': {}, 'dock:x': {}, 'dock:y': {} },
    tenants: { 'dock:x': 'tenant:beta' },
  }
  const world = later(worldOf(), ...seedChanges({ ...yard, seed }), 'tenant:beta#owner@user:ada')
  expect(['x', 'y'].map((key) => tenantOf(world, dock(key)))).toEqual([beta, acme])
  expect(grantedActions(world, ada, dock('x'))).toContain('subscribe')
  expect(grantedActions(world, ada, dock('y'))).toEqual([])
})
