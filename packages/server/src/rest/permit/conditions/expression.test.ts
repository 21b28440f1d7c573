import { type Attributes, emptyWorld, foldRights, isAllowed, type Revision } from '@sayso/policy'
import { parsePolicy } from '@sayso/policy/document'
import { describe, expect, test } from 'vitest'
import { PermitTrouble } from '../trouble.ts'
import { clausesOf } from './clauses.ts'
import { readConditions } from './expression.ts'

type Values = {
  readonly user?: Attributes
  readonly resource?: Attributes
  readonly tenant?: Attributes
  readonly context?: Attributes
}

const roles = { on: { can: {} }, boss: {}, guest: {} }

/** Whether a set of these conditions takes somebody in, asked of a real policy. */
function matches(conditions: unknown, values: Values = {}, held: readonly string[] = []): boolean {
  const rules = clausesOf(readConditions(conditions)).map(({ to, unless, when }) => ({
    allow: 'see',
    ...(to && { to: to.map((role) => `tenant#${role}`) }),
    ...(unless.length > 0 && { unless: unless.map((role) => `tenant#${role}`) }),
    ...(when.length > 0 && { when: when.map((text) => `(${text})`).join('&&') }),
  }))
  const text = JSON.stringify({
    version: 1,
    tenant: { key: 'acme', roles },
    types: { paper: { actions: ['see'], roles: {}, rules }, account: { actions: [], roles: {} } },
  })
  const subject = 'user:ada' as never
  const world = foldRights(
    emptyWorld,
    [
      { kind: 'put-policy', document: parsePolicy(text), text },
      { kind: 'put-person', subject, attributes: values.user ?? {} },
      { kind: 'put-resource', resource: 'paper:one' as never, attributes: values.resource ?? {} },
      { kind: 'put-resource', resource: 'tenant:acme' as never, attributes: values.tenant ?? {} },
      {
        kind: 'put-resource',
        resource: 'account:gold' as never,
        attributes: { level: 3, tags: ['a'] },
      },
      ...held.map((role) => ({
        kind: 'assign' as const,
        tuple: { resource: 'tenant:acme' as never, role, subject },
      })),
    ],
    1 as Revision,
  )
  const context = values.context ?? {}
  return isAllowed(world, { subject, action: 'see', resource: 'paper:one' as never, context })
}

/** Operator, right side, values that match, values that do not: other values, then other kinds. */
const TABLE: readonly (readonly [string, unknown, readonly unknown[], readonly unknown[]])[] = [
  ['equals', 'red', ['red'], ['blue', '', 1, true, null, ['red'], { red: 1 }]],
  ['equals', 3, [3, 3.0], [4, '3', true, null, [3], {}]],
  ['equals', 1.5, [1.5], [1, '1.5']],
  ['equals', true, [true], [false, 'true', 1, null]],
  ['equals', ['a', 1], [['a', 1]], [['a'], [1, 'a'], 'a', {}]],
  ['equals', { a: { b: 1 } }, [{ a: { b: 1 } }], [{ a: 1 }, {}, [], 'a']],
  ['not-equals', 'red', ['blue', 1, null, ['red']], ['red']],
  ['less-than', 30, [29, -1, 29.9], [30, 31, '29', true, null, [29], {}]],
  ['greater-than', 30, [31, 30.1], [30, 29, '31', true, null, [31], {}]],
  ['less-than-equals', 30, [30, 29], [31, '30', null, [30]]],
  ['greater-than-equals', 30, [30, 31], [29, '30', null, [30]]],
  ['greater-than', '2026-01-01', ['2026-06-01'], ['2025-01-01', 2027]],
  ['contains', 'bb', ['abba', 'bb'], ['ab', '', 1, ['bb'], { bb: 1 }, null]],
  ['in', ['a', 2], ['a', 2], ['b', '2', ['a'], null, {}]],
  ['between', [1, 5], [1, 3, 5, 4.9], [0, 6, '3', null, [3]]],
  ['array_contains', 'a', [['a'], ['b', 'a']], [[], ['b'], 'a', 'cat', { a: 1 }, null, 1]],
  ['array_contains', 2, [[1, 2]], [['2'], [], 2]],
  ['array_subset', ['a', 'b'], [[], ['a'], ['b', 'a']], [['c'], ['a', 'c'], 'a', { a: 1 }, 1]],
  [
    'array_superset',
    ['a', 'b'],
    [
      ['a', 'b'],
      ['c', 'b', 'a'],
    ],
    [[], ['a'], 'ab', { a: 1, b: 1 }],
  ],
  ['array_intersect', ['a', 'b'], [['a'], ['c', 'b']], [[], ['c'], 'a', { a: 1 }, null]],
  ['object_match', { city: { equals: 'Bonn' } }, [{ city: 'Bonn' }], [{ city: 'Ulm' }, {}, 'Bonn']],
  ['object_match', { 'at.level': { 'less-than': 3 } }, [{ at: { level: 2 } }], [{ at: {} }, {}]],
  ['any_match', { n: { equals: 1 } }, [[{ n: 2 }, { n: 1 }]], [[], [{ n: 2 }], { n: 1 }, 1]],
  ['any_match', { equals: 1 }, [[2, 1]], [[2], [], 1]],
  ['all_match', { n: { equals: 1 } }, [[{ n: 1 }, { n: 1 }], []], [[{ n: 1 }, {}], { n: 1 }]],
  ['any_match', { fk_resource_type: 'account', level: { equals: 3 } }, [['gold']], [['tin'], [3]]],
  ['object_match', { fk_resource_type: 'account', level: { equals: 3 } }, ['gold'], ['tin', 1]],
]

describe('operators', () => {
  test.each(TABLE)(
    '`%s` %j takes what it means and nothing of another kind',
    (name, right, yes, no) => {
      for (const value of yes) {
        const user = { it: value } as Attributes
        expect([value, matches({ 'user.it': { [name]: right } }, { user })]).toEqual([value, true])
      }
      for (const value of no) {
        const user = { it: value } as Attributes
        expect([value, matches({ 'user.it': { [name]: right } }, { user })]).toEqual([value, false])
      }
      expect(matches({ 'user.it': { [name]: right } })).toBe(false)
    },
  )

  test('every root is asked, also by its older name', () => {
    const values = {
      user: { a: 1, email: 'ada@x.test' },
      resource: { a: 2, mail: 'ada@x.test', type: 'no' },
      tenant: { a: 3 },
      context: { a: 4 },
    }
    const all = { 'user.a': 1, 'resource.a': 2, 'tenant.a': 3, 'context.a': 4 }
    for (const [name, value] of Object.entries(all)) {
      expect(matches({ [name]: { equals: value } }, values)).toBe(true)
      expect(matches({ [name]: { equals: 9 } }, values)).toBe(false)
    }
    expect(matches({ 'subject.a': { equals: 1 } }, values)).toBe(true)
    expect(matches({ 'environment.a': { equals: 4 } }, values)).toBe(true)
    expect(matches({ 'user.key': { equals: 'ada' } }, values)).toBe(true)
    expect(matches({ 'resource.type': { equals: 'paper' } }, values)).toBe(true)
    expect(matches({ 'resource.key': { equals: 'one' } }, values)).toBe(true)
    expect(matches({ 'tenant.key': { equals: 'acme' } }, values)).toBe(true)
    expect(matches({ 'resource.mail': { equals: { ref: 'user.email' } } }, values)).toBe(true)
    expect(matches({ 'resource.mail': { 'equals-ref': 'user.email' } }, values)).toBe(true)
    expect(matches({ 'resource.mail': { equals: { ref: 'user.a' } } }, values)).toBe(false)
    expect(matches({ 'resource.mail': { equals: { ref: 'user.gone' } } }, values)).toBe(false)
  })

  test('names that are no words of the language, and nested ones', () => {
    const user = { 'odd-name': 1, in: 2, deep: { 'er than': { x: 3 } } } as unknown as Attributes
    expect(matches({ 'user.odd-name': { equals: 1 } }, { user })).toBe(true)
    expect(matches({ 'user.in': { equals: 2 } }, { user })).toBe(true)
    expect(matches({ 'user.deep.er than.x': { equals: 3 } }, { user })).toBe(true)
    expect(matches({ 'user.deep.no.x': { equals: 3 } }, { user })).toBe(false)
    expect(matches({ 'user.it': { equals: '"]) || true || (["' } }, { user: { it: 'x' } })).toBe(
      false,
    )
  })
})

describe('logic', () => {
  const yes = { 'user.a': { equals: 1 } }
  const no = { 'user.a': { equals: 2 } }
  const user = { a: 1 }
  test.each<[unknown, boolean]>([
    [{ allOf: [yes, yes] }, true],
    [{ and: [yes, no] }, false],
    [{ anyOf: [no, yes] }, true],
    [{ or: [no, no] }, false],
    [{ not: no }, true],
    [{ not: yes }, false],
    [{ not: [yes, no] }, true],
    [{ allOf: [{ anyOf: [no, { not: no }] }, yes] }, true],
    [{ ...yes, 'user.b': { equals: 1 } }, false],
    [{ 'user.a': { 'greater-than': 0, 'less-than': 2 } }, true],
    [{ 'user.a': { anyOf: [{ equals: 7 }, { equals: 1 }] } }, true],
    [{ 'user.a': { not: { equals: 1 } } }, false],
    [{ not: { 'user.gone': { equals: 1 } } }, true],
    [{ not: { 'user.a': { 'less-than': 'x' } } }, false],
    [{ anyOf: [{ 'user.a': { 'less-than': 'x' } }, yes] }, true],
    [{}, true],
    [{ allOf: [] }, true],
    [{ anyOf: [] }, false],
  ])('%j is %s', (conditions, expected) => {
    expect(matches(conditions, { user })).toBe(expected)
  })

  test.each<[unknown, readonly string[], boolean]>([
    [{ 'user.roles': { array_contains: 'boss' } }, ['boss'], true],
    [{ 'user.roles': { array_contains: 'boss' } }, ['guest'], false],
    [{ 'user.roles': { array_intersect: ['boss', 'guest'] } }, ['guest'], true],
    [{ not: { 'user.roles': { array_contains: 'boss' } } }, [], true],
    [{ not: { 'user.roles': { array_contains: 'boss' } } }, ['boss'], false],
    [{ allOf: [{ 'user.roles': { array_contains: 'boss' } }, no] }, ['boss'], false],
    [{ anyOf: [{ 'user.roles': { array_contains: 'boss' } }, yes] }, [], true],
    [{ anyOf: [{ 'user.roles': { array_contains: 'boss' } }, no] }, ['boss'], true],
    [{ anyOf: [{ 'user.roles': { array_contains: 'boss' } }, no] }, [], false],
    [{ not: { anyOf: [{ 'user.roles': { array_contains: 'boss' } }, no] } }, [], true],
  ])('%j of somebody with the roles %j is %s', (conditions, held, expected) => {
    expect(matches(conditions, { user }, held)).toBe(expected)
  })
})

test.each<[string, unknown]>([
  ['an unknown operator', { 'user.a': { resembles: 1 } }],
  ['an inherited name', { 'user.a': { constructor: 1 } }],
  ['an unknown root', { 'message.a': { equals: 1 } }],
  ['a root alone', { user: { equals: 1 } }],
  ['no path', { '': { equals: 1 } }],
  ['an empty step', { 'user..a': { equals: 1 } }],
  ['a value where an operator stands', { 'user.a': 1 }],
  ['a list of values', { allOf: [1] }],
  ['nothing', null],
  ['a text', 'user.a'],
  ['a text where a list stands', { 'user.a': { in: 'abc' } }],
  ['a list of three between', { 'user.a': { between: [1, 2, 3] } }],
  ['a number to be contained in a text', { 'user.a': { contains: 1 } }],
  ['a flag to be less than', { 'user.a': { 'less-than': true } }],
  ['a ref to nowhere', { 'user.a': { equals: { ref: 'elsewhere.b' } } }],
  ['a ref that is no name', { 'user.a': { equals: { ref: 1 } } }],
  ['roles asked otherwise', { 'user.roles': { equals: ['boss'] } }],
  ['tenants', { 'user.tenants': { array_contains: 'acme' } }],
  [
    'two roles at once',
    {
      allOf: [
        { 'user.roles': { array_contains: 'boss' } },
        { 'user.roles': { array_contains: 'guest' } },
      ],
    },
  ],
  ['what goes too deep', Array.from({ length: 20 }).reduce((inner) => ({ not: inner }), {})],
])('%s is refused', (_, conditions) => {
  expect(() => clausesOf(readConditions(conditions))).toThrow(PermitTrouble)
})
