// The mac of token requests: against vectors computed with another tool, and against the stock client.

import { parseTokenRequest } from '@sayso/protocol'
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

const holds = (change: object, mac?: string | null, secret = SECRET) =>
  verifyTokenRequest({ ...FULL, ...change, ...(mac !== undefined && { mac }) }, secret)

describe('the mac', () => {
  test('is what another tool computes, empty lines included', () => {
    expect(tokenRequestMac(FULL, SECRET)).toBe(FULL_MAC)
    expect(tokenRequestMac(BARE, SECRET)).toBe(BARE_MAC)
  })

  test('holds for the request it was made for', () => {
    expect(holds({}, FULL_MAC)).toBe(true)
    expect(holds({ ttl: '3600000' }, FULL_MAC)).toBe(true)
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
  ])('does not hold for %s', (_, change) => {
    expect(holds(change, FULL_MAC)).toBe(false)
  })

  test.each(['', FULL_MAC.slice(0, -1), `${FULL_MAC} `, FULL_MAC.toLowerCase(), undefined, null])(
    'is not %j',
    (mac) => {
      expect(holds({}, mac)).toBe(false)
    },
  )

  test('is not that of another secret', () => {
    expect(holds({}, FULL_MAC, `${SECRET}x`)).toBe(false)
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
    const received = JSON.parse(JSON.stringify(request))
    expect(parseTokenRequest(received, 'app1.key1').keyName).toBe('app1.key1')
    expect(verifyTokenRequest(received, SECRET)).toBe(true)
    expect(verifyTokenRequest(received, 'another')).toBe(false)
  })
})
