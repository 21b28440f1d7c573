import { describe, expect, test } from 'vitest'
import { isGranted, reactionsOf } from './reactions.ts'

const sums = (parts: Record<string, unknown>) => ({ 'reaction:distinct.v1': parts })
const told = sums({
  '👍': { total: 3, clientIds: ['ada', 'bo'], clipped: true },
  '🎉': { total: 1, clientIds: ['cy'] },
})

describe('reactions', () => {
  test('counts and people come from the sums, in their order', () => {
    expect(reactionsOf(told, 'ada')).toEqual([
      { name: '👍', count: 3, people: ['ada', 'bo'], isOwn: true },
      { name: '🎉', count: 1, people: ['cy'], isOwn: false },
    ])
  })

  test('what one has just pressed is shown at once, and taken back at once', () => {
    const wishes = new Map([
      ['👍', false],
      ['🎉', true],
      ['👀', true],
      ['✅', false],
    ])
    expect(
      reactionsOf(told, 'ada', wishes).map(({ name, count, isOwn }) => [name, count, isOwn]),
    ).toEqual([
      ['👍', 2, false],
      ['🎉', 2, true],
      ['👀', 1, true],
    ])
    const alone = sums({ '👍': { total: 1, clientIds: ['ada'] } })
    expect(reactionsOf(alone, 'ada', new Map([['👍', false]]))).toEqual([])
  })

  test('a wish that has come true counts once', () => {
    expect(reactionsOf(told, 'ada', new Map([['👍', true]]))[0]?.count).toBe(3)
  })

  test('anything may be said: what is no sum is no reaction', () => {
    for (const summary of [
      undefined,
      {},
      { 'reaction:distinct.v1': 7 },
      sums({ '👍': null, b: { total: '3' }, ['x'.repeat(99)]: { total: 1 } }),
    ])
      expect(reactionsOf(summary, 'ada')).toEqual([])
    expect(reactionsOf(sums({ a: { total: 2, clientIds: [1, 'bo'] } }), 'ada')).toEqual([
      { name: 'a', count: 2, people: ['bo'], isOwn: false },
    ])
  })

  test('granted: the sums say what was wished for', () => {
    expect(isGranted(told, 'ada', '👍', true)).toBe(true)
    expect(isGranted(told, 'ada', '👍', false)).toBe(false)
    expect(isGranted(told, 'ada', '👀', false)).toBe(true)
  })
})
