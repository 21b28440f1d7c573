// Who is writing now: as it was said last, and for no longer than it can be true.

import { expect, test } from 'vitest'
import { Typing } from './typing.ts'

test('begins, goes on, ends by a word or by silence', () => {
  let nowMs = 0
  const typing = new Typing(() => nowMs)
  typing.note({ name: 'typing.started', clientId: 'ada' })
  typing.note({ name: 'typing.started', clientId: 'bo' })
  typing.note({ name: 'message', clientId: 'cy' })
  typing.note({ name: 'typing.started' })
  expect(['ada', 'bo', 'cy'].filter((who) => typing.has(who))).toEqual(['ada', 'bo'])
  typing.note({ name: 'typing.stopped', clientId: 'ada' })
  expect(typing.has('ada')).toBe(false)
  nowMs = 10_000
  typing.note({ name: 'typing.started', clientId: 'bo' })
  nowMs = 20_000
  expect(typing.has('bo')).toBe(true)
  nowMs = 22_000
  expect(typing.has('bo')).toBe(false)
})
