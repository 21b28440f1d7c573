import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  actions,
  anyChange,
  anyCredential,
  anyWorld,
  channels,
  key,
  resources,
  subjects,
} from '../test/worlds.ts'
import { person, resource, told as toldOf, worldOf, yard } from '../test/yard.ts'
import { affected, permissionDiff, touches } from './affected.ts'
import { allowedActions, subjectOf } from './authorize.ts'
import type { RightsChange } from './change.ts'
import { decide } from './decide.ts'
import type { KeyId, Revision } from './names.ts'
import { resourceOf } from './policy.ts'
import { foldRights, type World } from './world.ts'

const isIn = <T>(set: 'none' | 'all' | ReadonlySet<T>, one: T) =>
  set === 'all' || (set !== 'none' && set.has(one))

/** Few, or so many that people are not looked at one by one. */
const changes = fc.oneof(
  { weight: 9, arbitrary: fc.array(anyChange, { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(anyChange, { minLength: 101, maxLength: 104 }) },
)
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
            if (moved) expect(touches(reached, subject, resource)).toBe(true)
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
        expect(places.some((place) => place && subject && touches(reached, subject, place))).toBe(
          true,
        )
      }
    }),
    { numRuns: 2000 },
  )
})

describe('what a change affects is no more than it must', () => {
  const all = 'all' as const
  const cases: [
    string,
    World,
    (string | RightsChange)[],
    [string[] | 'all', string[] | 'all'][],
  ][] = [
    ['a role', worldOf(), ['dock:a#docker@user:ada'], [[['user:ada'], ['dock:a']]]],
    [
      'a role that gives nothing new',
      worldOf('dock:a#part@yard:one', 'yard:one#warden@user:ada'),
      ['dock:a#master@user:ada'],
      [[['user:ada'], ['dock:a']]],
    ],
    [
      'a role others follow from',
      worldOf('dock:a#part@yard:one', 'dock:b#twin@dock:a'),
      ['yard:one#warden@user:ada'],
      [[['user:ada'], ['yard:one', 'dock:a']]],
    ],
    ['a role on the tenant', worldOf(), ['tenant:acme#owner@user:ada'], [[['user:ada'], all]]],
    [
      'a role of a set',
      worldOf('crew:red#member@user:ada', 'crew:blue#member@user:ben'),
      ['dock:a#docker@crew:red#member'],
      [[['user:ada'], ['dock:a']]],
    ],
    [
      'a member of a set',
      worldOf('dock:a#docker@crew:red#member'),
      ['crew:red#member@user:ada'],
      [[['user:ada'], ['crew:red', 'dock:a']]],
    ],
    [
      'a relation',
      worldOf('yard:one#warden@user:ada', 'yard:one#visitor@user:ben'),
      ['dock:a#part@yard:one'],
      [[['user:ada'], ['dock:a']]],
    ],
    [
      'a relation nothing follows from',
      worldOf('yard:one#warden@user:ada'),
      ['dock:a#twin@yard:one'],
      [],
    ],
    ['the name of a person', worldOf(), [person('user:ada', { name: 'Ada' })], []],
    [
      'what a rule reads of a person',
      worldOf(),
      [person('user:ada', { pass: 'gold' })],
      [[['user:ada'], all]],
    ],
    ['how a resource looks', worldOf(), [resource('dock:a', { title: 'A' })], [[all, ['dock:a']]]],
    [
      'what a derivation reads of a resource',
      worldOf('dock:a#part@yard:one', 'yard:one#hand@user:ada'),
      [resource('dock:a', { closed: false })],
      [
        [all, ['dock:a']],
        [['user:ada'], ['dock:a']],
      ],
    ],
    [
      'time that rules wait for',
      worldOf(),
      [{ kind: 'pass-time', atMs: 1_000 }],
      [[all, ['dock:a', 'dock:b']]],
    ],
    ['time that none waits for', worldOf(), [{ kind: 'pass-time', atMs: 999 }], []],
    [
      'a policy that says something else of one type',
      worldOf(),
      [
        {
          kind: 'put-policy',
          document: {
            ...yard,
            types: { ...yard.types, park: { ...yard.types.park, actions: ['mow'], roles: {} } },
          },
          text: '',
        },
      ],
      [[all, ['park:green']]],
    ],
    ['the same policy', worldOf(), [{ kind: 'put-policy', document: yard, text: 'again' }], []],
    ['a key', worldOf(), [{ kind: 'put-key', key: key('l') }], []],
  ]
  test.each(cases)('[PO122] %s', (_, before, told, expected) => {
    const changes = told.flatMap((each) => (typeof each === 'string' ? toldOf(each) : each))
    const { parts } = affected(before, after(before, changes), changes)
    const plain = (set: 'all' | ReadonlySet<string>) => (set === 'all' ? set : [...set].sort())
    expect(parts.map((part) => [plain(part.subjects), plain(part.resources)])).toEqual(
      expected.map(([who, where]) => [who, where === 'all' ? where : where.toSorted()]),
    )
  })

  test('[PO122] keys are affected by name', () => {
    const changes: RightsChange[] = [
      { kind: 'put-key', key: key('k') },
      { kind: 'remove-key', key: 'l' as KeyId },
    ]
    const before = worldOf()
    expect(affected(before, after(before, changes), changes).keys).toEqual(new Set(['k', 'l']))
  })
})

test('[PO39] the difference is sorted, once each, and empty between equals', () => {
  expect(permissionDiff(['c', 'a', 'b', 'b'], ['d', 'c', 'b', 'e', 'd'])).toEqual({
    gained: ['d', 'e'],
    lost: ['a'],
  })
  expect(permissionDiff(['a', 'b'], ['b', 'a'])).toEqual({ gained: [], lost: [] })
})
