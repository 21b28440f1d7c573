// Addresses are told apart for an hour, and no more of them than there is room for.

import type { KeyId } from '@sayso/policy'
import { expect, test } from 'vitest'
import { MOST_ADDRESSES, RecentAddresses } from './recent-addresses.ts'

const HOUR_MS = 3_600_000
const KEY = 'pump' as KeyId

test('each address counts once, for an hour after it was last seen', () => {
  const recent = new RecentAddresses()
  recent.note(KEY, '192.0.2.1', 0)
  recent.note(KEY, '192.0.2.2', 0)
  recent.note(KEY, '192.0.2.2', 60_000)
  expect(recent.count(KEY, 60_000)).toBe(2)
  expect(recent.count(KEY, HOUR_MS)).toBe(1)
  expect(recent.count(KEY, HOUR_MS + 60_000)).toBe(0)
  expect(recent.count('other' as KeyId, 0)).toBe(0)
})

test('a flood of addresses takes no more room, and gives way when it is over', () => {
  const recent = new RecentAddresses()
  for (let n = 0; n < MOST_ADDRESSES * 2; n += 1) recent.note(KEY, `2001:db8::${n}`, 0)
  expect(recent.count(KEY, 1)).toBe(MOST_ADDRESSES)
  recent.note(KEY, '192.0.2.1', HOUR_MS)
  expect(recent.count(KEY, HOUR_MS)).toBe(1)
})
