import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { tokenDetails } from '../rooms/auth.ts'
import { ValidationError } from '../rooms/errors.ts'
import { generateTokenResponse, Tokens } from './tokens.ts'

const apiKey = 'app.key:secret'
const NOW = Date.UTC(2027, 0, 1, 12, 0, 0, 400)
const tokens = new Tokens({ apiKey, now: () => NOW })

function parts(token: string) {
  const [head = '', body = '', mac = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  const signed = createHmac('sha256', 'secret').update(`${head}.${body}`).digest('base64url')
  return { header: read(head), claims: read(body), isSigned: mac === signed }
}

describe('a token response', () => {
  test('is made at once, for somebody, for 900 seconds unless it says else', () => {
    const made = tokens.generateTokenResponse({
      clientId: 123,
      permissions: { 'user:123': ['subscribe', 'metrics'] },
    })
    const iat = Math.floor(NOW / 1000)
    expect(made).toEqual({
      token: expect.any(String),
      expiresIn: 900,
      expiresAt: (iat + 900) * 1000,
    })
    expect(parts(made.token)).toEqual({
      header: { alg: 'HS256', typ: 'JWT', kid: 'app.key' },
      claims: {
        jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
        iat,
        exp: iat + 900,
        'x-ably-clientId': '123',
        'x-sayso-permissions': { 'user:123': ['subscribe', 'metrics'] },
      },
      isSigned: true,
    })
  })

  test('tells no permissions from none', () => {
    const claims = (permissions?: Readonly<Record<string, readonly string[]>>) =>
      parts(tokens.generateTokenResponse(permissions && { permissions }).token).claims
    expect('x-sayso-permissions' in claims()).toBe(false)
    expect(claims({})['x-sayso-permissions']).toEqual({})
  })

  test('is nobody’s for no clientId', () => {
    for (const clientId of [undefined, null, 'null'])
      expect(
        parts(tokens.generateTokenResponse(clientId === undefined ? {} : { clientId }).token)
          .claims,
      ).not.toHaveProperty('x-ably-clientId')
  })

  test('becomes what the stock client takes', () => {
    const made = tokens.generateTokenResponse({ expiresIn: 60 })
    expect(tokenDetails(made)).toEqual({
      token: made.token,
      expires: made.expiresAt,
      issued: made.expiresAt - 60_000,
    })
  })
})

describe('what the server would not take is refused at once', () => {
  test.each([
    ['an unknown word', { permissions: { a: ['fly'] } }],
    ['text for a list', { permissions: { a: 'subscribe' } }],
    ['text for permissions', { permissions: 'subscribe' }],
    ['an empty pattern', { permissions: { '': ['subscribe'] } }],
    ['nobody', { clientId: '' }],
    ['everybody', { clientId: '*' }],
    ['no time', { expiresIn: 0 }],
    ['no number', { expiresIn: Number.NaN }],
    ['more than a day', { expiresIn: 86_401 }],
  ])('%s', (_, terms) => {
    const make = () => tokens.generateTokenResponse(terms as never)
    expect(make).toThrow(ValidationError)
    expect(make).toThrow(expect.objectContaining({ name: 'ValidationError', code: 'validation' }))
  })

  test.each([undefined, '', 'a.b', 'ab:c', 'a.b:', 'a.b:c.d'])('the key %j', (wrong) => {
    const make = () => generateTokenResponse({ apiKey: wrong as never })
    expect(make).toThrow(ValidationError)
    expect(make).not.toThrow(String(wrong || 'nothing to see'))
  })
})
