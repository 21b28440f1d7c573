// Every cell of the table of rooms and patterns, asked of a capability, of a key and of tokens alike.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { key, world } from '../test/worlds.ts'
import { authorize } from './authorize.ts'
import { type Capability, covers, operationsOn } from './capability.ts'
import type { Credential } from './credential.ts'
import type { KeyId } from './names.ts'
import { OPERATIONS } from './operation.ts'
import { type Permissions, parsePermissions } from './permissions.ts'

const PATTERNS = [
  'user:*',
  'user:*:messages',
  'user:*:updates',
  '*',
  '*:messages',
  'user:123',
  'user',
  '*:*',
  'user:*:*',
  'us*',
  'room-*',
  'user:**',
]

// One line per channel, one letter per pattern in the order above; Y: it matches.
const TABLE: Readonly<Record<string, string>> = {
  user: '---Y--Y-----',
  'user:123': 'Y--Y-Y-Y----',
  'user:456': 'Y--Y---Y----',
  'user:123:messages': 'YY-Y---YY---',
  'user:456:messages': 'YY-Y---YY---',
  'user:123:updates': 'Y-YY---YY---',
  'user:123:messages:old': 'Y--Y---YY---',
  'user:123:x:messages': 'Y--Y---YY---',
  'other:123': '---Y---Y----',
  // The last word of a pattern never stands for more than itself.
  'user:123:123': 'Y--Y---YY---',
  'user:user': 'Y--Y---Y----',
  'user:123:messages:messages': 'Y--Y---YY---',
}

const cells = Object.entries(TABLE).flatMap(([channel, row]) =>
  PATTERNS.map((pattern, i) => [pattern, channel, row[i] === 'Y'] as const),
)

type KeyTerms = Parameters<typeof key>[1]

/** The answers of every layer that can hold the pattern, alone. */
function answersOf(pattern: string, channel: string): Readonly<Record<string, boolean>> {
  const on: Capability = { [pattern]: ['publish'] }
  const ask = (credential: Credential, terms: KeyTerms) =>
    authorize(world([], [key('k', terms)]), credential, 'publish', channel).allowed
  const k = 'k' as KeyId
  const all = { '*': ['*'] }
  const both = (match: 'union' | 'most_specific') => ({
    [`capability, ${match}`]: covers(on, channel, 'publish', match),
    [`permissions, ${match}`]: covers(
      parsePermissions({ [pattern]: ['publish', 'join'] }),
      channel,
      'publish',
      match,
    ),
    [`key, ${match}`]: ask({ kind: 'key', key: k }, { capability: on, match }),
    [`token, ${match}`]: ask(
      { kind: 'token', key: k, capability: on },
      { capability: {}, mayDelegate: all, match },
    ),
    [`token without a word, ${match}`]: ask({ kind: 'token', key: k }, { capability: on, match }),
    [`delegation, ${match}`]: ask(
      { kind: 'token', key: k, capability: all },
      { capability: {}, mayDelegate: on, match },
    ),
  })
  return { ...both('union'), ...both('most_specific') }
}

test.each(cells)('[PO4] `%s` on `%s`: %s', (pattern, channel, expected) => {
  const answers = answersOf(pattern, channel)
  expect(answers).toEqual(
    Object.fromEntries(Object.keys(answers).map((layer) => [layer, expected])),
  )
})

describe('entries that match together', () => {
  const swapped = (map: Capability): Capability =>
    Object.fromEntries(Object.entries(map).reverse()) as Capability

  test('[PO201] are added up, whatever their order', () => {
    const cases: readonly (readonly [Capability, string, readonly string[]])[] = [
      [
        { 'user:*': ['publish'], 'user:*:messages': ['subscribe'] },
        'user:1:messages',
        ['subscribe', 'publish'],
      ],
      [{ 'user:1': ['publish'], 'user:*': ['subscribe'] }, 'user:1', ['subscribe', 'publish']],
      [{ '*': ['publish'], 'user:*': ['subscribe'] }, 'user:1', ['subscribe', 'publish']],
      [{ 'user:1': [], '*': ['subscribe'] }, 'user:1', ['subscribe']],
    ]
    for (const [map, channel, expected] of cases) {
      expect(operationsOn(map, channel)).toEqual(expected)
      expect(operationsOn(swapped(map), channel)).toEqual(expected)
    }
  })

  test.each([
    [
      'the name hides a pattern',
      { 'user:1': ['publish'], 'user:*': ['subscribe'] },
      'user:1',
      ['publish'],
    ],
    [
      'a pattern hides the star',
      { 'user:*': ['publish'], '*': ['subscribe'] },
      'user:1',
      ['publish'],
    ],
    ['an empty list denies', { 'user:1': [], '*': ['*'] }, 'user:1', []],
    ['and nothing else', { 'user:1': [], '*': ['*'] }, 'user:2', [...OPERATIONS]],
    ['more words say more', { 'user:*': ['*'], 'user:*:private': [] }, 'user:1:private', []],
    ['a longer one says more than the star', { '*:*': [], '*': ['*'] }, 'user:1', []],
    [
      'equal ones are added up',
      { '*:a': ['publish'], 'b:*': ['subscribe'], '*': ['*'] },
      'b:a',
      ['publish'],
    ],
    ['a name of its own qualifier says more', { '[*]*': ['*'], x: [] }, 'x', []],
    [
      'what matches nothing hides nothing',
      { 'user:2': [], '*': ['publish'] },
      'user:1',
      ['publish'],
    ],
  ])('[PO202] most specific: %s', (_, map: Capability, channel, expected) => {
    expect(operationsOn(map, channel, 'most_specific')).toEqual(expected)
    expect(operationsOn(swapped(map), channel, 'most_specific')).toEqual(expected)
  })

  test('[PO202] order never matters, and the most specific gives no more than all together', () => {
    const segment = fc.constantFrom('a', 'b', '*')
    const name = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(':'))
    const map = fc.dictionary(name, fc.subarray(['publish', 'subscribe', 'history']))
    const channel = fc
      .array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(':'))
    fc.assert(
      fc.property(map, channel, (entries, on) => {
        const most = operationsOn(entries, on, 'most_specific')
        expect(operationsOn(swapped(entries), on, 'most_specific')).toEqual(most)
        expect(operationsOn(entries, on)).toEqual(expect.arrayContaining([...most]))
      }),
    )
  })
})

describe('permissions', () => {
  test.each<[string, Permissions, Capability]>([
    ['a list is for every channel', ['subscribe', 'publish'], { '*': ['publish', 'subscribe'] }],
    ['an empty list is nothing', [], {}],
    ['an empty map is nothing', {}, {}],
    ['a star is everything', ['*'], { '*': ['*'] }],
    ['a star among others is everything', { a: ['publish', '*'] }, { a: ['*'] }],
    ['an empty entry stays', { a: [], '*': ['*'] }, { a: [], '*': ['*'] }],
    [
      'words from elsewhere',
      { 'user:123': ['subscribe', 'publish', 'presence', 'metrics', 'history', 'join', 'create'] },
      { 'user:123': ['channel-metadata', 'history', 'presence', 'publish', 'subscribe'] },
    ],
    ['words of what is not here', { a: ['privacy', 'intellect', 'storage'] }, { a: [] }],
    ['words of ours', { a: ['message-delete-own'] }, { a: ['message-delete-own'] }],
  ])('[PO203] %s', (_, said, expected) => {
    expect(parsePermissions(said)).toEqual(expected)
    expect(parsePermissions(JSON.stringify(said))).toEqual(expected)
  })

  test.each([
    ['nothing', undefined, 'neither a list nor an object'],
    ['a number', 1, 'neither a list nor an object'],
    ['broken JSON', '{', 'neither a list nor an object'],
    ['a word that is none', { a: ['fly'] }, '`fly` is not an operation'],
    ['an inherited word', ['constructor'], '`constructor` is not an operation'],
    ['no list', { a: 'publish' }, 'the permissions of `a` are not a list'],
    ['no pattern', { '': [] }, '`` is not a channel pattern'],
    ['a very long list', { a: Array(65).fill('publish') }, 'are not a list'],
  ])('[PO203] %s is refused', (_, said, message) => {
    expect(() => parsePermissions(said)).toThrow(message)
    expect(() => parsePermissions(said)).toThrow(
      expect.objectContaining({ code: 'capability_invalid', remedy: expect.stringMatching(/\w/) }),
    )
  })
})

describe('a token', () => {
  const keys = [
    key('own', { capability: { free: ['publish'] } }),
    key('zero', { capability: {}, mayDelegate: { '*': ['*'] } }),
  ]
  const may = (id: string, capability: Capability | undefined, channel: string) =>
    authorize(
      world([], keys),
      { kind: 'token', key: id as KeyId, ...(capability && { capability }) },
      'publish',
      channel,
    ).allowed

  test('[PO204] that does not say holds what its key does; one that says nothing holds nothing', () => {
    expect(may('own', undefined, 'free')).toBe(true)
    expect(may('own', undefined, 'other')).toBe(false)
    expect(may('zero', undefined, 'free')).toBe(false)
    expect(may('zero', { free: ['publish'] }, 'free')).toBe(true)
    for (const id of ['own', 'zero'])
      for (const channel of ['free', 'other']) expect(may(id, {}, channel)).toBe(false)
  })

  test('[PO204] follows its key when that is edited', () => {
    const credential: Credential = { kind: 'token', key: 'k' as KeyId }
    const may = (capability: Capability) =>
      authorize(world([], [key('k', { capability })]), credential, 'publish', 'free').allowed
    expect(may({ free: ['publish'] })).toBe(true)
    expect(may({ other: ['publish'] })).toBe(false)
  })
})
