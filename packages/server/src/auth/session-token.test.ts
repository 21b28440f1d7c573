// Tokens: what is proved, what is refused and with which code. No test here may make `readToken` throw.

import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import type { NewOpaqueToken } from './opaque-token.ts'
import {
  issueOpaqueToken,
  type KeyLookup,
  MAX_TOKEN_MS,
  readToken,
  signToken,
} from './session-token.ts'

const NOW = 1_800_000_000_000
const S = NOW / 1000
const KEY = 'app1.key1'
const SECRET = 'the-secret-of-key1'
const OTHER_SECRET = 'the-secret-of-key2'

const lookup: KeyLookup = (keyName) =>
  ({ 'app1.key1': { secret: SECRET }, 'app1.key2': { secret: OTHER_SECRET } })[keyName]

const b64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

type Parts = { header?: unknown; claims?: unknown; secret?: string; mac?: string }

function jwt({ header, claims, secret = SECRET, mac }: Parts = {}): string {
  const signed = `${b64(header ?? { alg: 'HS256', typ: 'JWT', kid: KEY })}.${b64(claims ?? { iat: S, exp: S + 3600 })}`
  return `${signed}.${mac ?? createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const withHeader = (header: object) => jwt({ header: { alg: 'HS256', kid: KEY, ...header } })
const withClaims = (claims: object) => jwt({ claims: { iat: S, exp: S + 3600, ...claims } })

function outcome(text: string, nowMs = NOW): string {
  const reading = readToken(text, lookup, nowMs)
  return reading.ok ? 'ok' : `${reading.failure.name} ${reading.failure.code}`
}

const OPAQUE: NewOpaqueToken = {
  appId: 'app1',
  keyName: KEY,
  secret: SECRET,
  capability: '{"chat:*":["subscribe"]}',
  clientId: 'ada',
  issuedMs: NOW,
  expiresMs: NOW + 60_000,
  id: 'token-1',
}

describe('a signed-in person’s token', () => {
  const token = signToken({
    keyName: KEY,
    secret: SECRET,
    clientId: 'ada',
    capability: '{"chat:*":["publish","subscribe"]}',
    ttlMs: 3_600_000,
    nowMs: NOW + 999,
    id: 'one',
  })

  test('reads back as it was signed', () => {
    expect(readToken(token, lookup, NOW)).toEqual({
      ok: true,
      claims: {
        keyName: KEY,
        clientId: 'ada',
        capability: { 'chat:*': ['publish', 'subscribe'] },
        issuedMs: NOW,
        expiresMs: NOW + 3_600_000,
        id: 'one',
        userClaims: {},
      },
    })
  })

  test('is a JWT that another library accepts', async () => {
    const { payload, protectedHeader } = await jwtVerify(token, Buffer.from(SECRET), {
      currentDate: new Date(NOW),
      algorithms: ['HS256'],
    })
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT', kid: KEY })
    expect(payload['x-ably-clientId']).toBe('ada')
    expect(payload['x-ably-capability']).toBe('{"chat:*":["publish","subscribe"]}')
  })

  test('never lives longer than a day', () => {
    const long = signToken({ keyName: KEY, secret: SECRET, ttlMs: 10 * MAX_TOKEN_MS, nowMs: NOW })
    expect(decodeJwt(long).exp).toBe(S + 86_400)
    expect(outcome(long)).toBe('ok')
  })

  test('without an identity is anonymous, without a capability has the key’s', () => {
    const bare = signToken({ keyName: KEY, secret: SECRET, ttlMs: 1000, nowMs: NOW })
    expect(readToken(bare, lookup, NOW)).toEqual({
      ok: true,
      claims: { keyName: KEY, issuedMs: NOW, expiresMs: NOW + 1000, userClaims: {} },
    })
  })
})

test('a JWT of another library is read, with all that it says', async () => {
  const token = await new SignJWT({
    'x-ably-clientId': '*',
    'x-ably-capability': '{"*":["*"]}',
    'x-ably-revocation-key': 'team-a',
    'ably.channel.chat:*': 'member',
    'ably.limits.publish.perAttachment.maxRate.chat:*': 5,
    'ably.other': 'dropped',
    unrelated: { nested: true },
  })
    .setProtectedHeader({ alg: 'HS256', kid: KEY })
    .setIssuedAt(S)
    .setExpirationTime(S + 60)
    .sign(Buffer.from(SECRET))
  expect(readToken(token, lookup, NOW)).toEqual({
    ok: true,
    claims: {
      keyName: KEY,
      clientId: '*',
      capability: { '*': ['*'] },
      issuedMs: NOW,
      expiresMs: NOW + 60_000,
      revocationKey: 'team-a',
      userClaims: {
        'ably.channel.chat:*': 'member',
        'ably.limits.publish.perAttachment.maxRate.chat:*': 5,
      },
    },
  })
})

describe('the algorithm is the key’s, never the token’s', () => {
  const spellings = ['none', 'None', 'NONE', 'nOnE', ' none', 'none ', 'n\u043ene', '']
  const others = ['HS384', 'HS512', 'hs256', 'Hs256', 'RS256', 'ES256', 'PS256', 'EdDSA', 'dir']
  const odd = [null, true, 0, 256, ['HS256'], ['none'], { alg: 'HS256' }, 'HS256,none', 'HS256\0']

  test.each([...spellings, ...others, ...odd])('alg %j is refused', (alg) => {
    expect(outcome(withHeader({ alg }))).toBe('invalid_jwt 40144')
    expect(outcome(jwt({ header: { alg, kid: KEY }, mac: '' }))).toBe('invalid_jwt 40144')
  })

  test('a missing alg is refused', () => {
    expect(outcome(jwt({ header: { kid: KEY } }))).toBe('invalid_jwt 40144')
  })

  test('of doubled members the last counts, for us as for the signature', () => {
    const doubled = `{"alg":"HS256","kid":"${KEY}","alg":"none"}`
    expect(outcome(jwt({ header: doubled }))).toBe('invalid_jwt 40144')
  })

  test('extensions marked critical are refused', () => {
    expect(outcome(withHeader({ crit: ['b64'], b64: false }))).toBe('invalid_jwt 40144')
    expect(outcome(withHeader({ crit: [] }))).toBe('invalid_jwt 40144')
  })

  test('keys brought along in the header change nothing', () => {
    const brought = {
      jwk: { kty: 'oct', k: b64('mine') },
      jku: 'https://evil.example/jwks',
      x5c: ['a'],
    }
    expect(outcome(withHeader(brought))).toBe('ok')
    const forged = jwt({ header: { alg: 'HS256', kid: KEY, ...brought }, secret: 'mine' })
    expect(outcome(forged)).toBe('invalid_jwt 40144')
  })
})

describe('the key', () => {
  test.each([
    'app1.unknown',
    'app2.key1',
    'APP1.key1',
    'app1.key1/../key2',
    'app1.../../etc/passwd',
    '../../dev/null.key',
    'https://evil.example/jwks',
    "app1.key1'--",
    'app1.__proto__',
    'constructor.prototype',
  ])('kid %j never finds a key', (kid) => {
    const reading = readToken(withHeader({ kid }), lookup, NOW)
    expect(reading).toMatchObject({ ok: false })
    expect(reading.ok || [40101, 40144].includes(reading.failure.code)).toBe(true)
  })

  test.each([undefined, null, '', '.', 'app1.', '.key1', 7, ['app1.key1'], {}, 'a b.c'])(
    'kid %j is not the name of a key',
    (kid) => {
      expect(outcome(withHeader({ kid }))).toBe('invalid_jwt 40144')
    },
  )

  test('a kid that is only an app names no key', () => {
    expect(outcome(withHeader({ kid: 'app1' }))).toBe('unknown_key 40101')
  })

  test('an unknown one is named in the failure', () => {
    expect(readToken(withHeader({ kid: 'app1.gone' }), lookup, NOW)).toMatchObject({
      failure: { name: 'unknown_key', code: 40101, statusCode: 401, keyName: 'app1.gone' },
    })
  })

  test('the secret of another key proves nothing', () => {
    expect(outcome(jwt({ secret: OTHER_SECRET }))).toBe('invalid_jwt 40144')
    expect(outcome(jwt({ header: { alg: 'HS256', kid: 'app1.key2' } }))).toBe('invalid_jwt 40144')
  })

  test('is asked for once, with the name the token claims', () => {
    const asked: string[] = []
    readToken(jwt(), (keyName) => void asked.push(keyName), NOW)
    expect(asked).toEqual([KEY])
  })
})

describe('the signature', () => {
  const good = jwt()
  const [header = '', claims = '', mac = ''] = good.split('.')

  test.each([
    ['none', ''],
    ['cut short', mac.slice(0, -1)],
    ['longer', `${mac}A`],
    ['padded', `${mac}=`],
    // 43 characters hold 258 bits: the last two may not be used to write the same mac twice.
    ['respelled', `${mac.slice(0, -1)}${String.fromCharCode(mac.charCodeAt(42) + 1)}`],
    ['of nothing', createHmac('sha256', SECRET).update('').digest('base64url')],
    ['hexadecimal', Buffer.from(mac, 'base64url').toString('hex')],
    ['all zero', Buffer.alloc(32).toString('base64url')],
  ])('%s is refused', (_, other) => {
    expect(outcome(`${header}.${claims}.${other}`)).toBe('invalid_jwt 40144')
  })

  test('covers header and claims as they were written', () => {
    expect(outcome(`${b64({ kid: KEY, alg: 'HS256' })}.${claims}.${mac}`)).toBe('invalid_jwt 40144')
    expect(outcome(`${header}.${b64({ iat: S, exp: S + 3601 })}.${mac}`)).toBe('invalid_jwt 40144')
  })
})

describe('time', () => {
  test.each([
    [-61, 'expired 40142'],
    [-31, 'expired 40142'],
    [-29, 'expired 40142'],
    [-1, 'expired 40142'],
    [0, 'expired 40142'],
    [1, 'ok'],
    [29, 'ok'],
    [31, 'ok'],
    [61, 'ok'],
  ])('exp at %i s: %s', (seconds, expected) => {
    expect(outcome(jwt({ claims: { iat: S - 100, exp: S + seconds } }))).toBe(expected)
    const opaque = { ...OPAQUE, issuedMs: NOW - 100_000, expiresMs: NOW + seconds * 1000 }
    expect(outcome(issueOpaqueToken(opaque))).toBe(expected)
  })

  test.each([
    [-61, 'ok'],
    [-29, 'ok'],
    [0, 'ok'],
    [29, 'ok'],
    [30, 'ok'],
    [31, 'invalid_jwt 40144'],
    [61, 'invalid_jwt 40144'],
    [31_536_000, 'invalid_jwt 40144'],
  ])('iat and nbf at %i s: %s', (seconds, expected) => {
    expect(outcome(jwt({ claims: { iat: S + seconds, exp: S + seconds + 600 } }))).toBe(expected)
    expect(outcome(withClaims({ nbf: S + seconds }))).toBe(expected)
  })

  test('a native token issued in the future is refused', () => {
    const future = { ...OPAQUE, issuedMs: NOW + 31_000, expiresMs: NOW + 60_000 }
    expect(outcome(issueOpaqueToken(future))).toBe('unparseable 40145')
  })

  test.each([
    [86_400, 'ok'],
    [86_430, 'ok'],
    [86_431, 'invalid_jwt 40144'],
    [864_000, 'invalid_jwt 40144'],
    [1e300, 'invalid_jwt 40144'],
  ])('a life of %d s: %s', (seconds, expected) => {
    expect(outcome(jwt({ claims: { iat: S, exp: S + seconds } }))).toBe(expected)
    expect(outcome(jwt({ claims: { exp: S + seconds } }))).toBe(expected)
  })

  test('a native token that lives longer than a day is refused', () => {
    const long = { ...OPAQUE, expiresMs: NOW + MAX_TOKEN_MS + 1 }
    expect(outcome(issueOpaqueToken(long))).toBe('unparseable 40145')
  })

  test('a long-lived JWT is refused even when most of its life is over', () => {
    const claims = { iat: S - 10 * 86_400, exp: S + 60 }
    expect(outcome(jwt({ claims }))).toBe('invalid_jwt 40144')
  })

  test('without iat it counts as issued as early as it could have been', () => {
    expect(readToken(jwt({ claims: { exp: S + 60 } }), lookup, NOW)).toMatchObject({
      claims: { issuedMs: NOW + 60_000 - MAX_TOKEN_MS },
    })
  })

  test.each([undefined, null, '1900000000', true, [], {}, 'never'])('exp %j is refused', (exp) => {
    expect(outcome(withClaims({ exp }))).toBe('invalid_jwt 40144')
  })

  test.each([null, 'now', {}, false])('iat and nbf %j are refused', (value) => {
    expect(outcome(withClaims({ iat: value }))).toBe('invalid_jwt 40144')
    expect(outcome(withClaims({ nbf: value }))).toBe('invalid_jwt 40144')
  })

  test('fractions of a second are understood', () => {
    expect(readToken(withClaims({ exp: S + 0.5 }), lookup, NOW)).toMatchObject({
      claims: { expiresMs: NOW + 500 },
    })
  })
})

describe('what it says', () => {
  test.each([
    { 'chat:*': ['subscribe'] },
    ['subscribe'],
    7,
    null,
    '',
    'subscribe',
    '[]',
    'null',
    '{"chat:*":"subscribe"}',
    '{"chat:*":[1]}',
    '{"chat:*":',
  ])('a capability %j is refused', (capability) => {
    expect(outcome(withClaims({ 'x-ably-capability': capability }))).toBe('invalid_jwt 40144')
  })

  test.each([7, null, '', [], {}, true])('a clientId %j is refused', (clientId) => {
    expect(outcome(withClaims({ 'x-ably-clientId': clientId }))).toBe('invalid_jwt 40144')
  })

  test('names of built-in properties stay data', () => {
    const capability = '{"__proto__":["publish"],"constructor":["subscribe"]}'
    const reading = readToken(withClaims({ 'x-ably-capability': capability }), lookup, NOW)
    const read = reading.ok ? reading.claims.capability : undefined
    expect(Object.keys(read ?? {})).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
  })

  test('doubled claims: the last counts', () => {
    const claims = `{"iat":${S},"exp":${S + 60},"x-ably-clientId":"ada","x-ably-clientId":"eve"}`
    expect(readToken(jwt({ claims }), lookup, NOW)).toMatchObject({ claims: { clientId: 'eve' } })
  })
})

describe('a native token', () => {
  const token = issueOpaqueToken(OPAQUE)

  test('starts with the app and reads back as it was issued', () => {
    expect(token).toMatch(/^app1\.[\w-]+~[\w-]{43}$/)
    expect(readToken(token, lookup, NOW)).toEqual({
      ok: true,
      claims: {
        keyName: KEY,
        clientId: 'ada',
        capability: { 'chat:*': ['subscribe'] },
        issuedMs: NOW,
        expiresMs: NOW + 60_000,
        id: 'token-1',
        userClaims: {},
      },
    })
  })

  test('any change of one character is refused', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A'
      const altered = token.slice(0, at) + other + token.slice(at + 1)
      expect(outcome(altered), `character ${at}`).not.toBe('ok')
    }
  })

  test('of an unknown key says so', () => {
    const gone = issueOpaqueToken({ ...OPAQUE, keyName: 'app1.gone' })
    expect(outcome(gone)).toBe('unknown_key 40101')
  })

  test('of one app does not pass for another’s', () => {
    expect(outcome(issueOpaqueToken({ ...OPAQUE, appId: 'app2' }))).toBe('unparseable 40145')
  })

  test('is proved by its own key alone', () => {
    const other = issueOpaqueToken({ ...OPAQUE, keyName: 'app1.key2' })
    expect(outcome(other)).toBe('unparseable 40145')
  })

  test('a mac of the bare secret does not pass for one', () => {
    const body = token.slice(0, token.indexOf('~'))
    const bare = createHmac('sha256', SECRET).update(body).digest('base64url')
    expect(outcome(`${body}~${bare}`)).toBe('unparseable 40145')
  })

  test('may be anonymous, with the key’s capability and a revocation key', () => {
    const { clientId: _, capability: __, ...bare } = OPAQUE
    const reading = readToken(issueOpaqueToken({ ...bare, revocationKey: 'team' }), lookup, NOW)
    expect(reading).toEqual({
      ok: true,
      claims: {
        keyName: KEY,
        issuedMs: NOW,
        expiresMs: NOW + 60_000,
        id: 'token-1',
        revocationKey: 'team',
        userClaims: {},
      },
    })
  })
})

describe('wrappings', () => {
  const good = withClaims({ 'x-ably-clientId': 'ada' })
  const native = issueOpaqueToken(OPAQUE)
  const carried = (token: string) =>
    jwt({ header: { alg: 'RS256' }, claims: { 'x-ably-token': token } })
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  test.each([
    ['base64 of a JWT', base64(good)],
    ['base64url of a JWT', b64(good)],
    ['base64 of a native token', base64(native)],
    ['a JWT that carries a native token', carried(native)],
    ['a JWT that carries a JWT', carried(good)],
    ['a JWT with one in its header', jwt({ header: { alg: 'none', 'x-ably-token': native } })],
    ['base64 of a JWT that carries base64', base64(carried(base64(native)))],
    ['an encrypted JWT with one in its header', `${b64({ 'x-ably-token': native })}.a.b.c.d`],
  ])('%s is read', (_, text) => {
    expect(readToken(text, lookup, NOW)).toMatchObject({ ok: true, claims: { clientId: 'ada' } })
  })

  test('the inner token is judged by itself', () => {
    const dead = issueOpaqueToken({ ...OPAQUE, issuedMs: NOW - 2000, expiresMs: NOW - 1000 })
    expect(outcome(carried(dead))).toBe('expired 40142')
    expect(outcome(carried('rubbish'))).toBe('unparseable 40145')
    const signedOutside = withClaims({ 'x-ably-clientId': 'eve', 'x-ably-token': native })
    expect(readToken(signedOutside, lookup, NOW)).toMatchObject({ claims: { clientId: 'ada' } })
  })

  test('endless wrapping ends', () => {
    let text = native
    for (let depth = 0; depth < 12; depth++) text = carried(text)
    expect(outcome(text)).toBe('unparseable 40145')
    for (let depth = 0; depth < 6; depth++) text = base64(text)
    expect(outcome(text)).toBe('unparseable 40145')
  })

  test('an encrypted JWT without one is refused', () => {
    expect(outcome(`${b64({ alg: 'dir', enc: 'A256GCM' })}.a.b.c.d`)).toBe('invalid_jwt 40144')
    expect(outcome('a.b.c.d.e')).toBe('invalid_jwt 40144')
  })
})

describe('what is no token', () => {
  test.each([
    '',
    '.',
    '..',
    '...',
    '....',
    '.....',
    'app1',
    'app1.',
    'app1.~',
    '~',
    ' ',
    '\0',
    '💬',
  ])('%j', (text) => {
    expect(outcome(text)).toMatch(/^(unparseable 40145|invalid_jwt 40144)$/)
  })

  test('64 KiB and more are refused unread', () => {
    const claims = (length: number) => ({ iat: S, exp: S + 60, filler: 'x'.repeat(length) })
    expect(outcome(jwt({ claims: claims(40_000) }))).toBe('ok')
    expect(outcome(jwt({ claims: claims(65_536) }))).toBe('unparseable 40145')
    expect(outcome('.'.repeat(10_000_000))).toBe('unparseable 40145')
    expect(outcome('A'.repeat(65_536))).toBe('unparseable 40145')
  })

  test('deep nesting is refused, not followed', () => {
    const deep = '['.repeat(20_000)
    expect(outcome(jwt({ header: deep }))).toBe('invalid_jwt 40144')
  })

  test('any text is answered, none is thrown at', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.json().map((json) => b64(json)),
      fc.constantFrom(b64({ alg: 'HS256', kid: KEY }), 'app1', ''),
    )
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 6 }),
        fc.constantFrom('.', '~', ''),
        (words, glue) => {
          expect(readToken(words.join(glue), lookup, NOW).ok).toBe(false)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('any claims under a true signature are answered', () => {
    const names = fc.constantFrom(
      'iat',
      'exp',
      'nbf',
      'jti',
      'x-ably-clientId',
      'x-ably-capability',
    )
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (claims) => {
        const reading = readToken(jwt({ claims }), lookup, NOW)
        expect(reading.ok || reading.failure.statusCode === 401).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

test('a header that a library would show is the one we read', () => {
  expect(decodeProtectedHeader(jwt()).kid).toBe(KEY)
})
