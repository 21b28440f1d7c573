import { createHmac } from 'node:crypto'
import * as ably from 'ably'
import { describe, expect, test } from 'vitest'
import { WireInvalid } from './errors.ts'
import { parseTokenRequest, tokenRequestText } from './token-request.ts'

const signed = {
  keyName: 'app.key',
  timestamp: 1_790_000_000_000,
  nonce: '0123456789abcdef',
  mac: 'm',
}

const codeOf = (body: unknown): string | undefined => {
  try {
    parseTokenRequest(body, 'app.key')
  } catch (error) {
    if (error instanceof WireInvalid) return error.code
    throw error
  }
  return undefined
}

describe('token requests', () => {
  test('[PR33] six values as sent, each on its line, absent ones empty', () => {
    expect(
      tokenRequestText({
        keyName: 'app.key',
        ttl: '0060000',
        capability: '{"*":["*"]}',
        clientId: 'ada',
        timestamp: 1,
        nonce: 'n',
      }),
    ).toBe('app.key\n0060000\n{"*":["*"]}\nada\n1\nn\n')
    expect(tokenRequestText({ keyName: 'app.key' })).toBe('app.key\n\n\n\n\n\n')
  })

  test('[PR33] what the stock client signed is what we verify, through JSON', async () => {
    const client = new ably.Rest({ key: 'app.key:secret' })
    for (const params of [
      {},
      { ttl: 60_000, clientId: 'ä d', capability: '{"b":["publish"],"a":["*"]}' },
    ]) {
      const body: unknown = JSON.parse(JSON.stringify(await client.auth.createTokenRequest(params)))
      const request = parseTokenRequest(body, 'app.key')
      const mac = createHmac('sha256', 'secret').update(request.signedText).digest('base64')
      expect(request.mac).toBe(mac)
    }
  })

  test('[PR34] a request is read, and one without a signature may be nearly empty', () => {
    expect(
      parseTokenRequest(
        { ...signed, ttl: 5000, capability: '{}', clientId: '*', more: 1 },
        'app.key',
      ),
    ).toEqual({
      keyName: 'app.key',
      ttlMs: 5000,
      capability: '{}',
      clientId: '*',
      timestampMs: 1_790_000_000_000,
      nonce: '0123456789abcdef',
      mac: 'm',
      signedText: 'app.key\n5000\n{}\n*\n1790000000000\n0123456789abcdef\n',
    })
    expect(parseTokenRequest({}, 'app.key')).toEqual({
      keyName: 'app.key',
      signedText: 'app.key\n\n\n\n\n\n',
    })
    expect(
      parseTokenRequest({ ttl: '60', clientId: null, capability: '', timestamp: '' }, 'app.key'),
    ).toEqual({ keyName: 'app.key', ttlMs: 60, signedText: 'app.key\n60\n\n\n\n\n' })
  })

  test.each<[string, unknown, string]>([
    ['a body that is a list', [], 'bad_parameter'],
    ['no body', undefined, 'bad_parameter'],
    ['another key', { ...signed, keyName: 'app.other' }, 'credentials_incompatible'],
    ['a ttl above a day', { ...signed, ttl: 86_400_001 }, 'bad_parameter'],
    ['a negative ttl', { ...signed, ttl: -1 }, 'bad_parameter'],
    ['a ttl of nothing', { ...signed, ttl: 0 }, 'bad_parameter'],
    ['a ttl that is no number', { ...signed, ttl: 'soon' }, 'bad_parameter'],
    ['a ttl with a fraction', { ...signed, ttl: 1.5 }, 'bad_parameter'],
    ['an empty clientId', { ...signed, clientId: '' }, 'client_id_invalid'],
    ['a numeric clientId', { ...signed, clientId: 7 }, 'client_id_invalid'],
    ['a capability that is no text', { ...signed, capability: {} }, 'bad_parameter'],
    ['a signature without a time', { ...signed, timestamp: undefined }, 'bad_parameter'],
    ['a signature without a nonce', { ...signed, nonce: undefined }, 'bad_parameter'],
    ['a short nonce', { ...signed, nonce: 'x'.repeat(15) }, 'bad_parameter'],
  ])('[PR34] %s is refused', (_, body, code) => {
    expect(codeOf(body)).toBe(code)
  })

  test('[PR34] the longest ttl is a day', () => {
    expect(codeOf({ ...signed, ttl: 86_400_000 })).toBeUndefined()
  })
})
