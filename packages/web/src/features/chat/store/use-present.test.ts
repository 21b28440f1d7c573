import { expect, test } from 'vitest'
import { together } from './use-present.ts'

test('between people: here is who is anywhere, others of those places are nobody’s business here', () => {
  const home = new Map([
    ['bo', [{ state: 'away' }]],
    ['cy', [undefined]],
  ])
  const direct = new Map([['ada', [undefined]]])
  const { here, members } = together([home, direct], ['ada', 'bo'])
  expect([...here].sort()).toEqual(['ada', 'bo'])
  expect(members.get('bo')).toEqual([{ state: 'away' }])
  expect(together([new Map(), direct], ['ada', 'bo']).here.has('bo')).toBe(false)
})
