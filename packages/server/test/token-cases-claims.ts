// Tokens by what they say: times, claims, permissions, forms, and what was taken back.

import { issueOpaqueToken } from '../src/auth/session-token.ts'
import type { KeyPart } from './token-case.ts'
import {
  type Answer,
  DAY,
  DENIED,
  EXPIRED,
  encode,
  hmac,
  INVALID,
  type Json,
  type Make,
  NO_APP,
  NO_KEY,
  REVOKED,
  rows,
  type TokenCase,
  UNREADABLE,
} from './token-case.ts'

/** Seconds from now: the leeway of 30 s is for starts; an end is never stretched by it. */
const OFFSETS = [-61, -31, -29, -1, 0, 29, 31, 61]

export function times({ now, by, keys: { full } }: Make): readonly TokenCase[] {
  const at = (claim: string, offset: number, answer: Answer, more: Json = {}): TokenCase => ({
    name: `${claim} at ${offset} s${'iat' in more && more.iat === undefined ? ', no iat' : ''}`,
    token: by(full, { [claim]: now + offset, ...more }),
    answer,
    isTight: Math.abs(offset) === 31 || Math.abs(offset) === 29,
  })
  const shapes: readonly unknown[] = ['soon', '', null, true, [], {}, [now], { at: now }]
  const unit = (claim: string, value: unknown): TokenCase => ({
    name: `${claim} of ${JSON.stringify(value)}`,
    token: by(full, { [claim]: value }),
    answer: INVALID,
  })
  return [
    ...OFFSETS.map((offset) => at('exp', offset, offset > 0 ? 'ok' : EXPIRED, { iat: now - 120 })),
    ...OFFSETS.map((offset) => at('nbf', offset, offset > 30 ? INVALID : 'ok')),
    ...OFFSETS.map((offset) => at('iat', offset, offset > 30 ? INVALID : 'ok')),
    ...OFFSETS.map((offset) => at('nbf', offset, offset > 30 ? INVALID : 'ok', { iat: undefined })),
    ...['exp', 'nbf', 'iat'].flatMap((claim) => shapes.map((value) => unit(claim, value))),
  ]
}

export function spans({ now, by, raw, keys: { full }, header }: Make): readonly TokenCase[] {
  const exact = (body: string) => raw(JSON.stringify(header), body)
  const tight = (list: readonly TokenCase[]) => list.map((each) => ({ ...each, isTight: true }))
  return [
    ...rows('lifetime', [
      ['no end', by(full, { exp: undefined }), INVALID],
      ['an end long ago', by(full, { exp: 1, iat: 0 }), EXPIRED],
      ['an end before 1970', by(full, { exp: -1, iat: -10 }), EXPIRED],
      ['an end at 0', by(full, { exp: 0, iat: undefined }), EXPIRED],
      ['an end before its issue', by(full, { exp: now - 20, iat: now - 10 }), EXPIRED],
      ['half seconds', by(full, { exp: now + 60.5, iat: now - 10.5 }), 'ok'],
      ['milliseconds for seconds', by(full, { exp: now * 1000 }), INVALID],
      ['beyond all numbers', exact(`{"iat":${now},"exp":1e999}`), INVALID],
      ['beyond all calendars', exact(`{"iat":${now},"exp":1e300}`), INVALID],
      ['without issue', by(full, { iat: undefined }), 'ok'],
      ['a day without issue', by(full, { iat: undefined, exp: now + DAY }), 'ok'],
      ['issued two days ago', by(full, { iat: now - 2 * DAY }), INVALID],
      ['two days', by(full, { exp: now + 2 * DAY }), INVALID],
      ['begins after its end', by(full, { nbf: now + 900 }), INVALID],
    ]),
    ...tight(
      rows('lifetime', [
        ['a day', by(full, { iat: now, exp: now + DAY }), 'ok'],
        ['a day and 29 s', by(full, { iat: now, exp: now + DAY + 29 }), 'ok'],
        ['a day and 31 s', by(full, { iat: now, exp: now + DAY + 31 }), INVALID],
        [
          'a day and 31 s without issue',
          by(full, { iat: undefined, exp: now + DAY + 31 }),
          INVALID,
        ],
        ['a day from a clock ahead', by(full, { iat: now + 29, exp: now + DAY + 29 }), 'ok'],
        ['a day from a clock far ahead', by(full, { iat: now + 31, exp: now + DAY + 31 }), INVALID],
      ]),
    ),
  ]
}

export function claimShapes({ by, jwt, keys: { full } }: Make): readonly TokenCase[] {
  const wrong: readonly unknown[] = ['', 0, 1, null, true, false, [], ['ann'], {}, { id: 'ann' }]
  const texts = ['x-ably-clientId', 'x-ably-revocation-key', 'jti']
  const said = ['ann', '*', 'Zoë 🦊', 'user:ann', 'x'.repeat(500), '"; DROP TABLE', '__proto__']
  const beside: Json = {
    aud: 'https://another.example',
    iss: 'https://nobody.example',
    sub: 'somebody',
    azp: 'x',
    permissions: ['fly'],
    scope: 'admin',
    clientId: 'root',
    admin: true,
    'x-ably-unknown': { a: 1 },
  }
  return [
    ...texts.flatMap((claim) =>
      wrong.map(
        (value): TokenCase => ({
          name: `${claim} of ${JSON.stringify(value)}`,
          token: by(full, { [claim]: value }),
          answer: INVALID,
        }),
      ),
    ),
    ...said.map(
      (name): TokenCase => ({
        name: `for ${name.slice(0, 20)}`,
        token: by(full, { 'x-ably-clientId': name }),
        answer: 'ok',
      }),
    ),
    // Who may use a token of ours is said by the key that signs it: other issuers' words say nothing.
    ...Object.entries(beside).map(
      ([claim, value]): TokenCase => ({
        name: `${claim} means nothing here`,
        token: by(full, { [claim]: value }),
        answer: 'ok',
      }),
    ),
    ...['JWT', 'jwt', 'at+jwt', '', undefined, 1, null].map(
      (typ): TokenCase => ({
        name: `typ ${JSON.stringify(typ)} means nothing`,
        token: jwt({ typ }, {}),
        answer: 'ok',
      }),
    ),
  ]
}

/** Of a claim said twice the last counts, as RFC 7519 lets a parser do; whoever holds the secret wrote both. */
export function doubled({ raw, header, now }: Make): readonly TokenCase[] {
  const head = JSON.stringify(header)
  const body = (text: string) => raw(head, `{"iat":${now - 10},${text}}`)
  const exp = `"exp":${now + 600}`
  const cap = (text: string) => `"x-ably-capability":${JSON.stringify(text)}`
  return rows('twice', [
    ['exp, a good one last', body(`"exp":1,${exp}`), 'ok'],
    ['exp, a past one last', body(`${exp},"exp":${now - 5}`), EXPIRED],
    ['iat, a future one last', body(`${exp},"iat":${now + 900}`), INVALID],
    ['nbf, a future one last', body(`${exp},"nbf":1,"nbf":${now + 900}`), INVALID],
    [
      'clientId, a wrong one last',
      body(`${exp},"x-ably-clientId":"a","x-ably-clientId":1`),
      INVALID,
    ],
    ['capability, nothing last', body(`${exp},${cap('{"*":["*"]}')},${cap('{}')}`), DENIED],
    ['capability, everything last', body(`${exp},${cap('{}')},${cap('{"*":["*"]}')}`), 'ok'],
    [
      'capability and permissions',
      body(`${exp},${cap('{"*":["*"]}')},"x-sayso-permissions":["*"]`),
      INVALID,
    ],
    ['alg, none first', raw(`{"alg":"none",${head.slice(1)}`, `{${exp}}`), 'ok'],
    ['alg, none last', raw(`${head.slice(0, -1)},"alg":"none"}`, `{${exp}}`), INVALID],
  ])
}

export function permissions({ by, keys: { full } }: Make): readonly TokenCase[] {
  const capability = (value: unknown) => by(full, { 'x-ably-capability': value })
  const said = (value: unknown) => by(full, { 'x-sayso-permissions': value })
  const many = Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`r${i}`, ['*']]))
  return [
    ...rows('capability', [
      ['everything', capability('{"*":["*"]}'), 'ok'],
      ['the room', capability('{"room":["subscribe"]}'), 'ok'],
      ['nothing', capability('{}'), DENIED],
      ['another room', capability('{"other":["*"]}'), DENIED],
      ['another operation', capability('{"room":["publish"]}'), DENIED],
      ['meta channels only', capability('{"[meta]*":["*"]}'), DENIED],
      ['every channel', capability('{"[*]*":["*"]}'), 'ok'],
      ['an object, not text', capability({ '*': ['*'] }), INVALID],
      ['no JSON', capability('{'), INVALID],
      ['empty text', capability(''), INVALID],
      ['a list', capability('["*"]'), INVALID],
      ['null', capability('null'), INVALID],
      ['a number', capability(7), INVALID],
      ['an empty list of operations', capability('{"room":[]}'), INVALID],
      ['an unknown operation', capability('{"room":["fly"]}'), INVALID],
      ['a star beside others', capability('{"room":["*","publish"]}'), INVALID],
      ['text for a list', capability('{"room":"subscribe"}'), INVALID],
      ['too many rooms', capability(JSON.stringify(many)), INVALID],
      ['an empty name', capability('{"":["*"]}'), INVALID],
      ['a name of the language', capability('{"__proto__":["*"]}'), DENIED],
    ]),
    ...rows('permissions', [
      ['a list', said(['subscribe']), 'ok'],
      ['a map', said({ room: ['subscribe', 'metrics', 'join'] }), 'ok'],
      ['everything', said(['*']), 'ok'],
      ['an empty list', said([]), DENIED],
      ['an empty map', said({}), DENIED],
      ['an empty list for the room', said({ room: [] }), DENIED],
      ['an empty list beside a star', said({ room: [], '*': ['subscribe'] }), 'ok'],
      ['words that need none', said(['join', 'create']), DENIED],
      ['an unknown word', said(['fly']), INVALID],
      ['null', said(null), INVALID],
      ['a number', said(1), INVALID],
      ['text', said('subscribe'), INVALID],
      ['text for a list', said({ room: 'subscribe' }), INVALID],
      ['too many rooms', said(many), INVALID],
    ]),
  ]
}

export function shapes({ good, jwt, by, keys: { full } }: Make): readonly TokenCase[] {
  const [head = '', body = '', mac = ''] = good.split('.')
  const base64 = (text: string, times: number): string =>
    times === 0 ? text : base64(Buffer.from(text).toString('base64'), times - 1)
  const padded = (length: number): TokenCase => {
    const padding = (size: number) => by(full, { pad: 'x'.repeat(size) })
    // Three bytes make four letters, so the padding is found by trying.
    const from = Math.floor(((length - good.length) * 3) / 4) - 12
    const size =
      Array.from({ length: 24 }, (_, i) => from + i).find(
        (each) => padding(each).length >= length,
      ) ?? from
    const token = padding(size)
    return {
      name: `of ${token.length} characters`,
      token,
      answer: token.length <= 65_536 ? 'ok' : UNREADABLE,
      isTight: true,
    }
  }
  const carrying = (inner: unknown) =>
    jwt({ 'x-ably-token': inner }, {}, { secret: 'nobody checks' })
  return [
    padded(8_000),
    padded(65_530),
    padded(65_540),
    padded(200_000),
    ...rows('shape', [
      ['not a token', 'x', UNREADABLE],
      ['three words', 'a.b.c', INVALID],
      ['two dots', '..', INVALID],
      ['no header', `.${body}.${mac}`, INVALID],
      ['no claims', `${head}..${mac}`, INVALID],
      ['four parts', `${good}.x`, UNREADABLE],
      ['five parts', `${head}.a.b.c.d`, INVALID],
      ['six parts', `${good}.x.y.z`, UNREADABLE],
      ['a header that is a list', `${encode('[]')}.${body}.${mac}`, INVALID],
      ['a header that is null', `${encode('null')}.${body}.${mac}`, INVALID],
      ['claims that are a text', `${head}.${encode('"x"')}.${mac}`, INVALID],
      ['the other alphabet', `${head}+.${body}.${mac}`, INVALID],
      ['padding in the header', `${head}=.${body}.${mac}`, INVALID],
      ['base64 once', base64(good, 1), 'ok'],
      ['base64 twice', base64(good, 2), 'ok'],
      ['base64 four times', base64(good, 4), UNREADABLE],
      ['carried by another', carrying(good), 'ok'],
      ['carried by two', carrying(carrying(good)), 'ok'],
      ['carried by four', carrying(carrying(carrying(carrying(good)))), UNREADABLE],
      ['carrying what is no token', carrying('x'), UNREADABLE],
      ['carrying no text', carrying(7), INVALID],
    ]),
  ]
}

/** What the world of the test has taken back: see `token-table.test.ts`. */
export function taken({ by, keys, now }: Make): readonly TokenCase[] {
  const { full, old, older, gone } = keys
  const of = (body: Json) => by(full, body)
  return rows('taken back', [
    ['by clientId', of({ 'x-ably-clientId': 'barred' }), REVOKED],
    ['by clientId, issued later', of({ 'x-ably-clientId': 'barred', iat: now - 2 }), 'ok'],
    [
      'by clientId, of no known issue',
      of({ 'x-ably-clientId': 'barred', iat: undefined }),
      REVOKED,
    ],
    ['by clientId, another spelling', of({ 'x-ably-clientId': 'Barred' }), 'ok'],
    [
      'by clientId, of another key',
      by(keys.zero, { 'x-ably-clientId': 'barred', 'x-sayso-permissions': ['*'] }),
      'ok',
    ],
    ['by its mark', of({ 'x-ably-revocation-key': 'leak' }), REVOKED],
    ['by its mark, issued later', of({ 'x-ably-revocation-key': 'leak', iat: now - 2 }), 'ok'],
    [
      'by a channel it names',
      of({ 'x-ably-capability': '{"room":["*"],"leaked":["*"]}' }),
      REVOKED,
    ],
    ['by a channel it only covers', of({ 'x-ably-capability': '{"*":["*"]}' }), 'ok'],
    ['soon, with time to renew', of({ 'x-ably-clientId': 'warned' }), 'ok'],
    ['with time that is over', of({ 'x-ably-clientId': 'late' }), REVOKED],
    ['with its key', by(gone), NO_KEY],
    ['not: the secret before holds', by(old), 'ok'],
    ['with the secret before that', by(older), INVALID],
  ])
}

/** Keys down, what the token says across: what is left for `room`, and for `other`. */
export function ceilings({ by, keys }: Make): readonly TokenCase[] {
  const words: readonly (readonly [string, Json])[] = [
    ['no word', {}],
    ['nothing', { 'x-sayso-permissions': {} }],
    ['everything', { 'x-sayso-permissions': ['*'] }],
    ['everything everywhere', { 'x-ably-capability': '{"[*]*":["*"]}' }],
    ['room', { 'x-ably-capability': '{"room":["subscribe"]}' }],
    ['another room', { 'x-sayso-permissions': { other: ['subscribe'] } }],
    ['rooms below', { 'x-sayso-permissions': { 'room:*': ['*'] } }],
  ]
  // One letter per column: Y may subscribe to `room`.
  const table: Readonly<Record<string, string>> = {
    full: 'Y-YYY--',
    zero: '--YYY--',
    part: '--YYY--',
    narrow: 'Y-YYY--',
    mute: '-------',
  }
  return Object.entries(table).flatMap(([name, row]) =>
    words.map(
      ([word, body], i): TokenCase => ({
        name: `wider than its key: ${name} says ${word}`,
        token: by(keys[name as KeyPart], body),
        answer: row[i] === 'Y' ? 'ok' : DENIED,
      }),
    ),
  )
}

export function native({ keys }: Make, nowMs: number): readonly TokenCase[] {
  const { full, zero, gone, old, older } = keys
  const [appId = ''] = full.keyName.split('.')
  const token = (more: object = {}, key = full) =>
    issueOpaqueToken({
      appId,
      ...key,
      capability: '{"*":["*"]}',
      issuedMs: nowMs - 10_000,
      expiresMs: nowMs + 600_000,
      id: 'id',
      ...more,
    })
  const [body = '', mac = ''] = token().split('~')
  const at = (name: string, seconds: number, answer: Answer, more: object): TokenCase => ({
    name: `native: ${name} at ${seconds} s`,
    token: token(more),
    answer,
    isTight: Math.abs(seconds) === 31 || Math.abs(seconds) === 29,
  })
  return [
    ...OFFSETS.map((s) =>
      at('expires', s, s > 0 ? 'ok' : EXPIRED, {
        expiresMs: nowMs + s * 1000,
        issuedMs: nowMs - 120_000,
      }),
    ),
    ...OFFSETS.map((s) =>
      at('issued', s, s > 30 ? UNREADABLE : 'ok', { issuedMs: nowMs + s * 1000 }),
    ),
    ...rows('native', [
      ['good', token(), 'ok'],
      ['two days', token({ expiresMs: nowMs + 2 * DAY * 1000 }), UNREADABLE],
      ['nothing', token({ capability: '{}' }), DENIED],
      ['of the key’s own rights', token({ capability: undefined }), 'ok'],
      ['of a key without any', token({ capability: undefined }, zero), DENIED],
      ['of a revoked key', token({}, gone), NO_KEY],
      ['of an unknown key', token({ keyName: `${appId}.nobody` }), NO_KEY],
      ['of another app', token({ appId: 'other', keyName: 'other.root' }), NO_APP],
      ['of the secret before', token({}, old), 'ok'],
      ['of the secret before that', token({}, older), UNREADABLE],
      ['signed by another', token({ secret: zero.secret }), UNREADABLE],
      ['without a mac', `${body}~`, UNREADABLE],
      ['cut short', `${body}~${mac.slice(0, -1)}`, UNREADABLE],
      ['changed', `${body}x~${mac}`, UNREADABLE],
      ['taken back by clientId', token({ clientId: 'barred' }), REVOKED],
      ['taken back by its mark', token({ revocationKey: 'leak' }), REVOKED],
      ['base64', Buffer.from(token()).toString('base64'), 'ok'],
      ['its mac made as of a JWT', `${body}~${hmac(body, full.secret)}`, UNREADABLE],
    ]),
  ]
}
