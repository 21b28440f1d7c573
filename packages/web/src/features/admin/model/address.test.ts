import { expect, test } from 'vitest'
import { adminHref, withQuery } from './address.ts'
import { firstOpen, GROUPS } from './screens.ts'

test('an address says the screen, what is open, and how it is looked at', () => {
  expect(adminHref('people', ['a/b'], { sort: '-name', q: '' })).toBe(
    '/admin/people/a%2Fb?sort=-name',
  )
  expect(adminHref('')).toBe('/admin')
  const address = { screen: 'audit', rest: [], query: { actor: 'ada', app: 'second' } }
  expect(withQuery(address, { actor: undefined, kind: 'grant' })).toBe(
    '/admin/audit?app=second&kind=grant',
  )
})

test('whoever says no screen comes to the first that is open to them', () => {
  expect(firstOpen(() => true)).toBe(GROUPS[0]?.screens[0]?.key)
  expect(firstOpen((action) => action === 'read-keys')).toBe('keys')
  expect(firstOpen(() => false)).toBeUndefined()
})
