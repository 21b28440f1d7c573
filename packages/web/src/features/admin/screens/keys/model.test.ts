import { OPERATIONS as KNOWN } from '@sayso/policy'
import { expect, test } from 'vitest'
import {
  bodyOf,
  draftOf,
  errorsOf,
  has,
  type Key,
  NEW_KEY,
  OPERATIONS,
  stateOf,
  turned,
} from './model.ts'

const KEY: Key = {
  id: 'k1',
  keyName: 'app.k1',
  name: 'engineering',
  capability: { 'error-reporting': ['subscribe'], 'user:*': ['*'] },
  mayDelegate: 'own',
  scopes: [],
  match: 'union',
  revocableTokens: true,
  createdAt: '2027-01-01T00:00:00.000Z',
  connections: 0,
  addressesLastHour: 0,
}

const TEXTS = {
  nameMissing: 'name',
  linesMissing: 'lines',
  lineEmpty: (pattern: string) => `empty ${pattern}`,
  lineTwice: (pattern: string) => `twice ${pattern}`,
  expired: 'expired',
}

test('the words are those of the policy', () => {
  expect(OPERATIONS).toEqual(KNOWN)
})

test('a key is written back as it was read', () => {
  expect(bodyOf(draftOf(KEY))).toEqual({
    name: 'engineering',
    permissions: KEY.capability,
    match: 'union',
    mayDelegate: 'own',
    scopes: [],
    tenant: null,
    revocableTokens: true,
    allowedAddresses: null,
    expiresAt: null,
  })
})

test('a zero-trust key has no permission, and says what its tokens may', () => {
  const delegated = [{ id: 0, pattern: ' user:* ', actions: ['subscribe'] }]
  const draft = { ...NEW_KEY, name: 'signer', isZeroTrust: true, delegation: 'some' as const }
  expect(bodyOf({ ...draft, delegated })).toMatchObject({
    permissions: {},
    mayDelegate: { 'user:*': ['subscribe'] },
  })
  expect(errorsOf({ ...draft, delegated }, 0, TEXTS)).toEqual({})
})

test('what is wrong is said at its field', () => {
  expect(errorsOf(NEW_KEY, 0, TEXTS)).toEqual({ 'key-name': 'name', 'key-lines': 'lines' })
  const line = (id: number, actions: readonly string[]) => ({ id, pattern: 'a', actions })
  const draft = { ...NEW_KEY, name: 'x', expires: '2020-01-01T00:00' }
  expect(errorsOf({ ...draft, lines: [line(0, [])] }, Date.now(), TEXTS)).toEqual({
    'key-lines': 'empty a',
    'key-expires': 'expired',
  })
  const twice = [line(0, ['publish']), line(1, ['publish'])]
  expect(errorsOf({ ...draft, lines: twice }, 0, TEXTS)).toEqual({ 'key-lines': 'twice a' })
})

test('everything is each of them, and one taken from it leaves the others', () => {
  expect(has(['*'], 'publish')).toBe(true)
  const rest = turned(['*'], 'publish')
  expect(rest).not.toContain('*')
  expect(rest).toHaveLength(OPERATIONS.length - 1)
  expect(turned(turned(rest, '*'), '*')).toEqual([])
})

test('a key says how it stands', () => {
  const now = Date.parse('2027-02-01T00:00:00Z')
  const on = (some: Partial<Key>) => stateOf({ ...KEY, ...some }, now)
  expect(on({})).toBe('unused')
  expect(on({ lastUsedAt: '2027-01-31T00:00:00Z' })).toBe('active')
  expect(on({ expiresAt: '2027-02-03T00:00:00Z' })).toBe('ending')
  expect(on({ expiresAt: '2027-01-03T00:00:00Z' })).toBe('expired')
  expect(on({ previousSecretUntil: '2027-02-01T01:00:00Z' })).toBe('rotating')
})
