import { describe, expect, test } from 'vitest'
import {
  justBefore,
  NO_COUNTS,
  shownCount,
  totalOf,
  withCounted,
  withNews,
  without,
} from './unread.ts'

describe('what is unread', () => {
  test('is what was counted, and what came since', () => {
    const counted = withCounted(NO_COUNTS, [{ channel: 'a', count: 2, mentions: 1 }], 'all')
    const now = withNews(counted, [
      { channel: 'a', serial: '5', count: 1, mentions: 0 },
      { channel: 'b', serial: '6', count: 3, mentions: 2 },
    ])
    expect([...now]).toEqual([
      ['a', { count: 3, mentions: 1 }],
      ['b', { count: 3, mentions: 2 }],
    ])
    expect(totalOf(now)).toEqual({ count: 6, mentions: 3 })
    expect([...without(now, ['a'])].length).toBe(1)
  })

  test('counted again, only what was asked about changes', () => {
    const before = withNews(NO_COUNTS, [
      { channel: 'a', count: 1, mentions: 0 },
      { channel: 'b', count: 1, mentions: 0 },
    ])
    const after = withCounted(before, [{ channel: 'a', count: 0, mentions: 0 }], new Set(['a']))
    expect([...after.keys()]).toEqual(['b'])
    expect(withCounted(after, [{ channel: 'b', count: 1, mentions: 0 }], 'all')).toBe(after)
  })

  test('a place just before a message is behind every earlier one', () => {
    const [one, two] = ['00000000000005-000@x:000', '00000000000005-000@x:001']
    expect(justBefore(two) < two).toBe(true)
    expect(justBefore(one) < one).toBe(true)
    expect(justBefore('00000000000006-000@x:000') > two).toBe(true)
    expect([shownCount(7), shownCount(10_001)]).toEqual(['7', '999+'])
  })
})
