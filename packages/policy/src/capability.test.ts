import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCapability, channels } from '../test/worlds.ts'
import {
  type Capability,
  CapabilityInvalid,
  canonicalCapability,
  covers,
  intersectCapability,
  operationsOn,
  parseCapability,
} from './capability.ts'
import { OPERATIONS } from './operation.ts'

const on = (pattern: string): Capability => ({ [pattern]: ['publish'] })
const matches = (pattern: string, channel: string) => covers(on(pattern), channel, 'publish')

describe('reading', () => {
  test('[PO1] a value and its JSON text read alike, sorted and without repetition', () => {
    const value = { b: ['subscribe', 'publish', 'subscribe'], a: ['*'] }
    const read = { b: ['publish', 'subscribe'], a: ['*'] }
    expect(parseCapability(value)).toEqual(read)
    expect(parseCapability(JSON.stringify(value))).toEqual(read)
  })

  test.each([
    ['not json', '{', 'the capability is not valid JSON'],
    ['a text too long', `{"a":["${'x'.repeat(70_000)}"]}`, 'the capability is not valid JSON'],
    ['a list', [], 'the capability is not an object'],
    ['null', 'null', 'the capability is not an object'],
    ['nothing', undefined, 'the capability is not an object'],
    ['an empty list', { a: [] }, 'the operations of `a` are not a non-empty list'],
    ['no list', { a: 'publish' }, 'the operations of `a` are not a non-empty list'],
    ['an unknown operation', { a: ['fly'] }, '`fly` is not an operation'],
    ['an inherited word', { a: ['constructor'] }, '`constructor` is not an operation'],
    ['a number', { a: [1] }, '`1` is not an operation'],
    ['a star first', { a: ['*', 'publish'] }, '`*` of `a` stands beside other operations'],
    ['a star last', { a: ['publish', '*'] }, '`*` of `a` stands beside other operations'],
    ['two stars', { a: ['*', '*'] }, '`*` of `a` stands beside other operations'],
    ['an empty resource', { '': ['*'] }, '`` is not a channel pattern'],
    ['an open bracket', { '[meta': ['*'] }, '`[meta` is not a channel pattern'],
    ['an empty bracket', { '[]x': ['*'] }, '`[]x` is not a channel pattern'],
    ['only a bracket', { '[meta]': ['*'] }, '`[meta]` is not a channel pattern'],
    ['parameters', { '[?rewind=1]x': ['*'] }, '`[?rewind=1]x` is not a channel pattern'],
    ['two lines', { 'a\nb': ['*'] }, '`a\uFFFDb` is not a channel pattern'],
    [
      'too many resources',
      Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`r${i}`, ['*']])),
      'the capability names 257 resources',
    ],
  ])('[PO1] %s is refused', (_, value, message) => {
    const read = () => parseCapability(value)
    expect(read).toThrow(CapabilityInvalid)
    expect(read).toThrow(message)
    expect(read).toThrow(
      expect.objectContaining({ code: 'capability_invalid', remedy: expect.stringMatching(/\w/) }),
    )
  })

  test('[PO1] a hostile resource name is a name like any other', () => {
    const read = parseCapability('{"__proto__":["publish"],"constructor":["history"]}')
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect(operationsOn(read, '__proto__')).toEqual(['publish'])
    expect(operationsOn(read, 'constructor')).toEqual(['history'])
    expect(operationsOn(read, 'toString')).toEqual([])
  })

  test('[PO2] an empty capability is valid and allows nothing', () => {
    const none = parseCapability('{}')
    expect(none).toEqual({})
    expect(channels.flatMap((channel) => operationsOn(none, channel))).toEqual([])
  })

  test('[PO3] the canonical text is sorted and has no spaces', () => {
    const capability = { b: ['subscribe', 'publish'], '10': ['*'], '9': ['history'], B: ['stats'] }
    expect(canonicalCapability(capability)).toBe(
      '{"10":["*"],"9":["history"],"B":["stats"],"b":["publish","subscribe"]}',
    )
  })

  test('[PO3] reading the canonical text gives the same capability', () => {
    fc.assert(
      fc.property(anyCapability, (capability) => {
        const text = canonicalCapability(capability)
        const read = parseCapability(text)
        expect(canonicalCapability(read)).toBe(text)
        expect(read).toEqual(parseCapability(capability))
      }),
    )
  })
})

describe('matching', () => {
  // Pattern by pattern: the channels it matches. All others of the list it must not match.
  const names = [
    'user',
    'user:123',
    'user:456',
    'user:123:messages',
    'user:456:messages',
    'user:123:updates',
    'user:123:messages:old',
    'user:123:x:messages',
    'other:123',
    'user:123:123',
    'user:user',
    'user:123:messages:messages',
  ]
  const below = (prefix: string) => names.filter((name) => name.startsWith(prefix))
  test.each([
    ['user:*', below('user:')],
    ['user:*:messages', ['user:123:messages', 'user:456:messages']],
    ['user:*:updates', ['user:123:updates']],
    ['*', names],
    ['*:messages', []],
    ['*:123', ['user:123', 'other:123']],
    ['user:123', ['user:123']],
    ['user', ['user']],
    ['*:*', names.filter((name) => name.includes(':'))],
    ['user:*:*', names.filter((name) => /^user:[^:]+:/.test(name))],
    ['user:123:*', below('user:123:')],
    ['*:*:messages', ['user:123:messages', 'user:456:messages']],
    ['us*', []],
    ['user:1*', []],
    ['user:**', []],
    ['*ser:123', []],
    ['', []],
  ])('[PO4] `%s` matches what the table says', (pattern, expected) => {
    expect(names.filter((name) => matches(pattern, name))).toEqual(expected)
  })

  test('[PO4] a word with a star in it is literal', () => {
    expect(matches('foo*', 'foo*')).toBe(true)
    expect(matches('foo*', 'foobar')).toBe(false)
    expect(matches('foo:b*', 'foo:b*')).toBe(true)
  })

  test('[PO4] segments may be empty', () => {
    expect(matches('foo:*', 'foo:')).toBe(true)
    expect(matches('foo:*:bar', 'foo::bar')).toBe(true)
    expect(matches('foo', 'foo:')).toBe(false)
  })

  test.each([
    ['*', 'log', true],
    ['*', '[meta]log', false],
    ['*', '[queue]log', false],
    ['log', '[meta]log', false],
    ['[meta]*', '[meta]log', true],
    ['[meta]*', '[meta]a:b', true],
    ['[meta]*', '[meta?rewind=1]log', true],
    ['[meta]*', 'log', false],
    ['[meta]*', '[queue]log', false],
    ['[meta]log', '[meta]log', true],
    ['[meta]log', '[meta]log:push', false],
    ['[*]*', 'log', true],
    ['[*]*', '[meta]log', true],
    ['[*]a:*', '[meta]a:b', true],
    ['[*]a:*', 'a:b', true],
    ['[*]a:*', 'b:b', false],
    ['log', '[?rewind=1]log', true],
    ['*', '[?rewind=1]log', true],
    ['log', '[filter=YQ==]log', true],
    ['*', '[permissions]log', false],
    ['*', '[', false],
    ['*', '[meta', false],
  ])('[PO5] `%s` on `%s`: %s', (pattern, channel, expected) => {
    expect(matches(pattern, channel)).toBe(expected)
  })

  test('[PO6] all matching entries count, in any order', () => {
    const entries: [string, string[]][] = [
      ['*', ['history']],
      ['user:*', ['publish']],
      ['user:1', ['presence']],
      ['user:*:messages', ['subscribe']],
    ]
    const forwards = Object.fromEntries(entries)
    const backwards = Object.fromEntries([...entries].reverse())
    expect(operationsOn(forwards, 'user:1')).toEqual(['publish', 'presence', 'history'])
    expect(operationsOn(forwards, 'user:1:messages')).toEqual(['subscribe', 'publish', 'history'])
    for (const channel of ['user:1', 'user:1:messages', 'x']) {
      expect(operationsOn(backwards, channel)).toEqual(operationsOn(forwards, channel))
    }
  })

  test.each([
    ['lobby', 'lobby::$chat', true],
    ['dms:*', 'dms:1::$chat', true],
    ['dms:*', 'dms::$chat', false],
    ['*', 'lobby::$chat', true],
    ['lobby::$chat', 'lobby::$chat', true],
    ['lobby::$chat', 'lobby', false],
    ['*::$chat', 'lobby::$chat', true],
    ['*::$chat', 'lobby', false],
    ['hall', 'lobby::$chat', false],
    ['lobby:*', 'lobby::$chat', false],
    ['lobby::$chat', 'lobby::$chat::$chat', false],
    ['[meta]lobby', '[meta]lobby::$chat', true],
    ['*', '::$chat', true],
  ])('[PO7] `%s` on `%s`: %s', (pattern, channel, expected) => {
    expect(matches(pattern, channel)).toBe(expected)
  })

  test('[PO4] `*` as operation is every operation', () => {
    expect(operationsOn({ a: ['*'] }, 'a')).toEqual(OPERATIONS)
    expect(covers({ a: ['*'] }, 'a', 'fly' as 'publish')).toBe(false)
  })
})

describe('intersecting', () => {
  const key2 = { channel2: ['publish', 'subscribe'] }
  test.each<[Capability, Capability, Capability]>([
    [key2, { channel2: ['presence', 'subscribe'] }, { channel2: ['subscribe'] }],
    [key2, { channel2: ['*'] }, key2],
    [
      { channel6: ['*'] },
      { channel6: ['publish', 'subscribe'] },
      { channel6: ['publish', 'subscribe'] },
    ],
    [
      key2,
      { channel2: ['presence', 'subscribe'], channelx: ['presence', 'subscribe'] },
      { channel2: ['subscribe'] },
    ],
    [
      { '*': ['subscribe'] },
      { 'cansubscribe:*': ['subscribe'] },
      { 'cansubscribe:*': ['subscribe'] },
    ],
    [
      { 'canpublish:*': ['publish'] },
      { 'canpublish:check': ['publish'] },
      { 'canpublish:check': ['publish'] },
    ],
    [{ a: ['publish'] }, { b: ['publish'] }, {}],
    [{ a: ['publish'] }, { a: ['subscribe'] }, {}],
    [{ '*': ['*'] }, { '*': ['*'] }, { '*': ['*'] }],
    [{ '*': ['*'] }, {}, {}],
    [{ 'a:*': ['publish'] }, { '*:b': ['publish'] }, { 'a:b': ['publish'] }],
    [{ 'a:*': ['publish'] }, { 'a:*:c': ['publish'] }, { 'a:*:c': ['publish'] }],
    [{ 'a:*': ['publish'] }, { '*:*:c': ['publish'] }, { 'a:*:c': ['publish'] }],
    [{ '*': ['publish'] }, { '[meta]*': ['publish'] }, {}],
    [{ '[*]*': ['publish'] }, { '[meta]*': ['publish'] }, { '[meta]*': ['publish'] }],
    [{ '[*]*': ['publish'] }, { '*': ['publish'] }, { '*': ['publish'] }],
    [
      { '*': ['*'], '[*]a': ['*'], a: ['publish'] },
      { '*': ['*'], '[*]a': ['*'], a: ['publish'] },
      { '*': ['*'], '[*]a': ['*'], a: ['publish'] },
    ],
    [{ 'a:*': ['publish'] }, { '*::$chat': ['publish'] }, { 'a:*::$chat': ['publish'] }],
  ])('[PO8] %j with %j gives %j', (a, b, expected) => {
    expect(intersectCapability(a, b)).toEqual(expected)
    expect(intersectCapability(b, a)).toEqual(expected)
  })

  const segment = fc.constantFrom('a', 'b', '*', '')
  const anyPattern = fc
    .tuple(
      fc.constantFrom('', '', '[meta]', '[*]'),
      fc.array(segment, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '', '::$chat'),
    )
    .map(([bracket, segments, suffix]) => `${bracket}${segments.join(':')}${suffix}`)
    .filter((text) => text !== '' && !/\]$/.test(text))
  const words = fc.oneof(
    fc.constant(['*']),
    fc.uniqueArray(fc.constantFrom('publish', 'subscribe', 'history'), { minLength: 1 }),
  )
  const wild = fc.dictionary(anyPattern, words, { maxKeys: 5 }).map(parseCapability)
  const name = fc
    .tuple(
      fc.constantFrom('', '[meta]', '[queue]'),
      fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('', '::$chat'),
    )
    .map(([bracket, segments, suffix]) => `${bracket}${segments.join(':')}${suffix}`)
  const names = fc.array(name, { minLength: 1, maxLength: 12 })

  test('[PO9] it covers exactly what both sides cover', () => {
    fc.assert(
      fc.property(wild, wild, names, (a, b, channels) => {
        const both = intersectCapability(a, b)
        for (const channel of channels) {
          const shared = operationsOn(a, channel).filter((o) =>
            operationsOn(b, channel).includes(o),
          )
          expect(operationsOn(both, channel)).toEqual(shared)
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('[PO9] it does not depend on the order of its sides, and once is as good as twice', () => {
    fc.assert(
      fc.property(wild, wild, (a, b) => {
        const both = intersectCapability(a, b)
        expect(canonicalCapability(both)).toBe(canonicalCapability(intersectCapability(b, a)))
        expect(canonicalCapability(intersectCapability(a, a))).toBe(canonicalCapability(a))
        expect(canonicalCapability(intersectCapability(both, b))).toBe(canonicalCapability(both))
        expect(canonicalCapability(intersectCapability(both, both))).toBe(canonicalCapability(both))
      }),
      { numRuns: 3000 },
    )
  })

  test('[PO9] its result is a valid capability', () => {
    fc.assert(
      fc.property(wild, wild, (a, b) => {
        const both = intersectCapability(a, b)
        expect(parseCapability(both)).toEqual(both)
      }),
    )
  })

  const many = (pattern: (i: number) => string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [pattern(i), ['publish']]))

  test('[PO1] patterns that cross too often are refused instead of worked out', () => {
    for (const count of [20, 256]) {
      const cross = () =>
        intersectCapability(
          many((i) => `a${i}:*`, count),
          many((i) => `*:b${i}`, count),
        )
      expect(cross).toThrow(CapabilityInvalid)
      expect(cross).toThrow('the two capabilities cross in more than 256 resources')
    }
    const side = many((i) => `a${i}:*`, 256)
    expect(intersectCapability(side, { '*': ['*'] })).toEqual(parseCapability(side))
  })
})
