// The mac of token requests: against vectors computed with another tool, and against the stock client.

import Ably from 'ably'
import { describe, expect, test } from 'vitest'
import { tokenRequestMac, verifyTokenRequest } from './token-request.ts'

const SECRET = 'abcdefghijklmnop'
const FULL = {
  keyName: 'app1.key1',
  ttl: 3600000,
  capability: '{"*":["*"]}',
  clientId: 'ada',
  timestamp: 1800000000000,
  nonce: '0123456789abcdef',
}
const BARE = { keyName: 'app1.key1', timestamp: 1800000000000, nonce: '0123456789abcdef' }

// printf 'app1.key1\n3600000\n{"*":["*"]}\nada\n1800000000000\n0123456789abcdef\n' | openssl dgst -sha256 -hmac abcdefghijklmnop -binary | base64
const FULL_MAC = 'DEE/Kybc5lLYhZP6HdTzOu6arsbVoqF8k7JIxoflOCo='
const BARE_MAC = 'kNEBwiAHlG/9GzwfUnBrrrUv+TYmM5mZO1ZjS/mqqJ4='

describe('the mac', () => {
  test('covers six lines, empty ones included', () => {
    expect(tokenRequestMac(FULL, SECRET)).toBe(FULL_MAC)
    expect(tokenRequestMac(BARE, SECRET)).toBe(BARE_MAC)
    const spelledOut = { ...BARE, ttl: null, capability: '', clientId: undefined }
    expect(tokenRequestMac(spelledOut, SECRET)).toBe(BARE_MAC)
  })

  test('holds for the request it was made for', () => {
    expect(verifyTokenRequest({ ...FULL, mac: FULL_MAC }, SECRET)).toBe(true)
    expect(verifyTokenRequest({ ...FULL, ttl: '3600000', mac: FULL_MAC }, SECRET)).toBe(true)
  })

  test.each([
    ['another key', { keyName: 'app1.key2' }],
    ['a longer life', { ttl: 3600001 }],
    ['no life', { ttl: undefined }],
    ['a wider capability', { capability: '{"*": ["*"]}' }],
    ['another person', { clientId: 'eve' }],
    ['nobody', { clientId: '' }],
    ['another time', { timestamp: 1800000000001 }],
    ['another nonce', { nonce: '0123456789abcdeF' }],
    ['a moved line end', { clientId: 'ada\n1800000000000', timestamp: '' }],
  ])('does not hold for %s', (_, change) => {
    expect(verifyTokenRequest({ ...FULL, ...change, mac: FULL_MAC }, SECRET)).toBe(false)
  })

  test.each(['', FULL_MAC.slice(0, -1), `${FULL_MAC} `, FULL_MAC.toLowerCase(), undefined, null])(
    'is not %j',
    (mac) => {
      expect(verifyTokenRequest({ ...FULL, mac }, SECRET)).toBe(false)
    },
  )

  test('is not that of another secret', () => {
    expect(verifyTokenRequest({ ...FULL, mac: FULL_MAC }, `${SECRET}x`)).toBe(false)
  })
})

describe('the stock client’s requests hold', () => {
  const rest = new Ably.Rest({ key: `app1.key1:${SECRET}` })

  test.each([
    {},
    { ttl: 60_000 },
    { clientId: 'ada' },
    { clientId: 'Zoë 💬' },
    { capability: { 'chat:*': ['subscribe' as const], 'a:b': ['publish' as const] } },
    { capability: '{"chat:*":["subscribe"]}', ttl: 1, clientId: '*' },
  ])('%j', async (params) => {
    const request = await rest.auth.createTokenRequest(params)
    const overTheWire = JSON.parse(JSON.stringify(request))
    expect(verifyTokenRequest(overTheWire, SECRET)).toBe(true)
    expect(verifyTokenRequest(overTheWire, 'another')).toBe(false)
  })
})
