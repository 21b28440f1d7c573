import { describe, expect, test } from 'vitest'
import { addressName } from './address-name.ts'
import { Limits } from './limits.ts'

describe('limits', () => {
  test('let so many through in a window, and say when the next one is', () => {
    let nowMs = 1_000_000
    const limits = new Limits(() => nowMs)
    const limit = { most: 3, windowMs: 60_000 }
    expect([1, 2, 3].map(() => limits.take('ada', limit))).toEqual([0, 0, 0])
    const waitMs = limits.take('ada', limit)
    expect(waitMs).toBe(20_000)
    expect(limits.take('grace', limit)).toBe(0)
    nowMs += waitMs - 1
    expect(limits.take('ada', limit)).toBe(1)
    nowMs += 1
    expect(limits.take('ada', limit)).toBe(0)
    expect(limits.take('ada', limit)).toBe(20_000)
  })
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['nonsense', undefined],
])('%s is counted as %s', (address, name) => {
  expect(addressName(address)).toBe(name)
})
