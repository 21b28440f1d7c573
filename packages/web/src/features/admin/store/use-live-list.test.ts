import { expect, test } from 'vitest'
import { spokenAgent } from '../screens/connections/agent.ts'
import { pagesIn } from './use-live-list.ts'

test('rows in view lead to the pages they are on', () => {
  expect(pagesIn([200, 198, 200], { first: 0, last: 30 })).toEqual({ first: 0, last: 0 })
  expect(pagesIn([200, 198, 200], { first: 190, last: 410 })).toEqual({ first: 0, last: 2 })
  expect(pagesIn([200, 198], { first: 398, last: 400 })).toEqual({ first: 1, last: 1 })
  expect(pagesIn([], { first: 0, last: 10 })).toEqual({ first: 0, last: 0 })
})

test('what a client says it is becomes readable', () => {
  expect(spokenAgent('ably-js/2.28.0 browser')).toBe('ably-js 2.28, browser')
  expect(spokenAgent('ably-js/2.28.0 sayso-client/0.1.0 nodejs/20.11.1')).toBe(
    'Node.js 20.11, ably-js 2.28, Sayso 0.1',
  )
  expect(spokenAgent('ably-js/2.28.0 sayso/0.1 Firefox/131.0')).toContain('Firefox 131')
  expect(spokenAgent(undefined)).toBe('–')
  expect(spokenAgent('')).toBe('–')
})
