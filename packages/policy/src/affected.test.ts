import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  actions,
  anyChange,
  anyCredential,
  anyWorld,
  channels,
  house,
  key,
  resources,
  subjects,
  world,
} from '../test/worlds.ts'
import { type Affected, affected, permissionDiff } from './affected.ts'
import { allowedActions, subjectOf } from './authorize.ts'
import type { RightsChange } from './change.ts'
import { decide } from './decide.ts'
import type { KeyId, ResourceId, Revision, SubjectId } from './names.ts'
import { resourceOf } from './policy.ts'
import { parseTuple } from './tuple.ts'
import { foldRights, type World } from './world.ts'

const isIn = <T>(set: 'none' | 'all' | ReadonlySet<T>, one: T) =>
  set === 'all' || (set !== 'none' && set.has(one))
const covers = (area: Affected, subject: SubjectId, resource: ResourceId) =>
  isIn(area.subjects, subject) && isIn(area.resources, resource)

const changes = fc.array(anyChange, { minLength: 1, maxLength: 4 })
const after = (before: World, some: readonly RightsChange[]) =>
  foldRights(before, some, 9 as Revision)

test('[PO38] every policy decision that moves lies inside', () => {
  fc.assert(
    fc.property(anyWorld, changes, (before, some) => {
      const then = after(before, some)
      const reached = affected(before, then, some)
      for (const subject of subjects) {
        for (const resource of resources) {
          for (const action of actions) {
            const question = { subject, action, resource }
            const moved = decide(before, question).allowed !== decide(then, question).allowed
            if (moved) expect(covers(reached, subject, resource)).toBe(true)
          }
        }
      }
    }),
    { numRuns: 500 },
  )
})

test('[PO38] every standing answer of a credential that moves lies inside', () => {
  fc.assert(
    fc.property(anyWorld, changes, anyCredential, (before, some, credential) => {
      const then = after(before, some)
      const reached = affected(before, then, some)
      const subject = subjectOf(credential)
      for (const channel of channels) {
        const moved =
          allowedActions(before, credential, channel).join() !==
          allowedActions(then, credential, channel).join()
        if (!moved || isIn(reached.keys, credential.key)) continue
        const places = [resourceOf(before.policy, channel), resourceOf(then.policy, channel)]
        const isInside = places.some((place) => place && subject && covers(reached, subject, place))
        expect(isInside || reached.resources === 'all').toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})

const area = (
  subjects: 'all' | string[],
  resources: 'all' | string[],
  keys: 'none' | string[] = 'none',
): Affected => ({
  subjects: subjects === 'all' ? subjects : new Set(subjects as SubjectId[]),
  resources: resources === 'all' ? resources : new Set(resources as ResourceId[]),
  keys: keys === 'none' ? keys : new Set(keys as KeyId[]),
})
const assign: RightsChange = { kind: 'assign', tuple: parseTuple('team:lobby#chair@user:ada') }
const onTenant: RightsChange = { kind: 'unassign', tuple: parseTuple('tenant:acme#boss@user:bo') }
const lobby = 'team:lobby' as ResourceId
const tenant = 'tenant:acme' as ResourceId
const ada = 'user:ada' as SubjectId
test.each<[string, RightsChange[], Affected]>([
  ['a role', [assign], area(['user:ada'], ['team:lobby'])],
  ['a tenant role', [onTenant], area(['user:bo'], 'all')],
  ['both', [assign, onTenant], area(['user:ada', 'user:bo'], 'all')],
  ['a person', [{ kind: 'put-person', subject: ada, attributes: {} }], area([], [])],
  [
    'a resource made',
    [{ kind: 'put-resource', resource: lobby, attributes: {} }],
    area('all', ['team:lobby']),
  ],
  [
    'a resource removed',
    [{ kind: 'remove-resource', resource: lobby }],
    area('all', ['team:lobby']),
  ],
  ['the tenant removed', [{ kind: 'remove-resource', resource: tenant }], area('all', 'all')],
  ['a policy', [{ kind: 'put-policy', document: house, text: '' }], area('all', 'all')],
  [
    'keys',
    [
      { kind: 'put-key', key: key('k') },
      { kind: 'remove-key', key: 'l' as KeyId },
    ],
    area([], [], ['k', 'l']),
  ],
  ['nothing', [], area([], [])],
])('[PO38] %s affects no more than it must', (_, some, expected) => {
  const before = world([])
  expect(affected(before, after(before, some), some)).toEqual(expected)
})

test('[PO39] the difference is sorted, once each, and empty between equals', () => {
  expect(permissionDiff(['c', 'a', 'b', 'b'], ['d', 'c', 'b', 'e', 'd'])).toEqual({
    gained: ['d', 'e'],
    lost: ['a'],
  })
  expect(permissionDiff(['a', 'b'], ['b', 'a'])).toEqual({ gained: [], lost: [] })
})
