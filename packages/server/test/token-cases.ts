// The table of tokens: what each is, and the exact answer. `ok`: recognised, and may subscribe to `room`; 40160:
// recognised, but may not; any other number: refused with it.

import { createHmac, generateKeyPairSync } from 'node:crypto'
import { issueOpaqueToken } from '../src/auth/session-token.ts'

export type Answer = 'ok' | number

export type TokenCase = {
  readonly name: string
  readonly token: string
  readonly answer: Answer
  /** A second more or less, or a few more characters, would change it: only for a clock that stands. */
  readonly isTight?: boolean
}

/** The app's keys, by what they are for. */
export type CaseKeys = Readonly<
  Record<KeyPart, { readonly keyName: string; readonly secret: string }>
>
/**
 * - `full`: may everything. `zero`: nothing itself, may delegate everything. `part`: nothing itself, may delegate
 *   `room`. `narrow`: `room` alone. `mute`: everything itself, may delegate nothing. `gone`: revoked.
 * - `old`: the former secret of `full`, which still holds. `older`: one that does not.
 */
type KeyPart = 'full' | 'zero' | 'part' | 'narrow' | 'mute' | 'gone' | 'old' | 'older'

type Json = Readonly<Record<string, unknown>>
type Signing = {
  readonly secret: string
  readonly mac?: (signed: string, secret: string) => string
}

const INVALID = 40144
const UNREADABLE = 40145
const EXPIRED = 40142
const REVOKED = 40141
const NO_KEY = 40101
const NO_APP = 40400
const DENIED = 40160
const DAY = 86_400

const encode = (text: string) => Buffer.from(text).toString('base64url')
const hmac = (signed: string, secret: string) =>
  createHmac('sha256', secret).update(signed).digest('base64url')

/** @param trap an address that nobody may ask */
export function tokenCases(keys: CaseKeys, nowMs: number, trap: string): readonly TokenCase[] {
  const now = Math.floor(nowMs / 1000)
  const { full } = keys
  const header = { alg: 'HS256', typ: 'JWT', kid: full.keyName }
  const claims = { iat: now - 10, exp: now + 600 }
  const raw = (head: string, body: string, { secret, mac = hmac }: Signing = full) => {
    const signed = `${encode(head)}.${encode(body)}`
    return `${signed}.${mac(signed, secret)}`
  }
  const jwt = (head: Json, body: Json, signing: Signing = full) =>
    raw(JSON.stringify({ ...header, ...head }), JSON.stringify({ ...claims, ...body }), signing)
  const by = (key: { readonly keyName: string; readonly secret: string }, body: Json = {}) =>
    jwt({ kid: key.keyName }, body, key)
  const good = jwt({}, {})
  const make = { now, jwt, raw, by, good, keys, header, claims, trap }
  return [
    ...algorithms(make),
    ...signatures(make),
    ...keyIds(make),
    ...times(make),
    ...spans(make),
    ...claimShapes(make),
    ...doubled(make),
    ...permissions(make),
    ...shapes(make),
    ...taken(make),
    ...ceilings(make),
    ...native(make, nowMs),
  ]
}

type Make = {
  readonly now: number
  readonly jwt: (head: Json, body: Json, signing?: Signing) => string
  readonly raw: (head: string, body: string, signing?: Signing) => string
  readonly by: (key: { readonly keyName: string; readonly secret: string }, body?: Json) => string
  readonly good: string
  readonly keys: CaseKeys
  readonly header: Json
  readonly claims: Json
  readonly trap: string
}
type Row = readonly [name: string, token: string, answer: Answer]

const rows = (group: string, list: readonly Row[]): readonly TokenCase[] =>
  list.map(([name, token, answer]) => ({ name: `${group}: ${name}`, token, answer }))

function algorithms({ jwt, keys }: Make): readonly TokenCase[] {
  const none = [
    'none',
    'None',
    'NONE',
    'nOnE',
    'noNe',
    'NoNe',
    'none ',
    ' none',
    'none\u0000',
    'nоne',
  ]
  const spelled = [
    'hs256',
    'Hs256',
    'hS256',
    'HS256 ',
    ' HS256',
    'HS-256',
    'HS_256',
    'HMAC',
    'HMACSHA256',
    'SHA256',
    '',
  ]
  const other = [
    'HS384',
    'HS512',
    'HS1',
    'RS384',
    'RS512',
    'PS256',
    'PS384',
    'PS512',
    'ES384',
    'ES512',
    'ES256K',
    'EdDSA',
    'RS256',
    'ES256',
    'dir',
    'A128KW',
  ]
  const shapes = [null, true, false, 0, 256, [], ['HS256'], { alg: 'HS256' }, undefined]
  const all = [...none, ...spelled, ...other, ...shapes]
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const macs: readonly (readonly [string, Signing])[] = [
    ['a good mac', keys.full],
    ['no mac', { secret: '', mac: () => '' }],
    ['a public key as the secret', { secret: pem }],
  ]
  return [
    ...rows('alg', [['HS256', jwt({}, {}), 'ok']]),
    ...all.flatMap((alg) =>
      macs.map(
        ([with_, signing]): TokenCase => ({
          name: `alg: ${JSON.stringify(alg) ?? 'missing'}, ${with_}`,
          token: jwt({ alg }, {}, signing),
          answer: INVALID,
        }),
      ),
    ),
  ]
}

function signatures({ good, jwt, keys }: Make): readonly TokenCase[] {
  const [head = '', body = '', mac = ''] = good.split('.')
  const flipped = (mac.startsWith('A') ? 'B' : 'A') + mac.slice(1)
  const lastBits = mac.slice(0, -1) + String.fromCharCode(mac.charCodeAt(mac.length - 1) + 1)
  const by = (what: (signed: string, secret: string) => string) =>
    jwt({}, {}, { secret: keys.full.secret, mac: what })
  return rows('signature', [
    ['empty', `${head}.${body}.`, INVALID],
    ['one letter', `${head}.${body}.A`, INVALID],
    ['cut short', `${head}.${body}.${mac.slice(0, -1)}`, INVALID],
    ['longer', `${head}.${body}.${mac}A`, INVALID],
    ['one bit else', `${head}.${body}.${flipped}`, INVALID],
    ['unused bits else', `${head}.${body}.${lastBits}`, INVALID],
    ['padded', `${head}.${body}.${mac}=`, INVALID],
    ['doubled', `${head}.${body}.${mac}${mac}`, INVALID],
    [
      'in hex',
      by((signed, secret) => createHmac('sha256', secret).update(signed).digest('hex')),
      INVALID,
    ],
    [
      'SHA-512',
      by((signed, secret) => createHmac('sha512', secret).update(signed).digest('base64url')),
      INVALID,
    ],
    [
      'of the claims alone',
      by((signed, secret) => hmac(signed.split('.')[1] ?? '', secret)),
      INVALID,
    ],
    [
      'with the secret in other case',
      jwt({}, {}, { secret: keys.full.secret.toUpperCase() }),
      INVALID,
    ],
    ['with the secret and a line end', jwt({}, {}, { secret: `${keys.full.secret}\n` }), INVALID],
    [
      'with the whole key',
      jwt({}, {}, { secret: `${keys.full.keyName}:${keys.full.secret}` }),
      INVALID,
    ],
    ['with an empty secret', jwt({}, {}, { secret: '' }), INVALID],
    ['with another key’s secret', jwt({}, {}, keys.zero), INVALID],
    ['of other claims', `${head}.${encode(JSON.stringify({ exp: 9e9 }))}.${mac}`, INVALID],
    [
      'of another header',
      `${encode(JSON.stringify({ alg: 'HS256', kid: keys.full.keyName }))}.${body}.${mac}`,
      INVALID,
    ],
  ])
}

function keyIds({ jwt, raw, keys, claims, trap }: Make): readonly TokenCase[] {
  const { full, zero } = keys
  const [app = ''] = full.keyName.split('.')
  const unreadable: readonly unknown[] = [
    undefined,
    null,
    0,
    1,
    true,
    [],
    [full.keyName],
    {},
    '',
    ' ',
    '.',
    `${app}.`,
    `.${app}`,
    `${full.keyName}.`,
    `${full.keyName} `,
    ` ${full.keyName}`,
    `${full.keyName}\n`,
    `${full.keyName}\u00a0x`,
    `${full.keyName}:${full.secret}`,
    `${app}..x`,
    `${app}...%2f`,
    '../../etc/passwd',
    '/etc/passwd.x.y',
    'file:///etc/passwd',
    `${trap}/kid`,
    `${trap}/kid.json`,
    `${app}.a b`,
    `${app}.${'x'.repeat(129)}`,
    `${'y'.repeat(65)}.x`,
    `${app}.x' OR 1=1--`,
  ]
  const unknown = [
    'nobody',
    '__proto__',
    'constructor',
    'toString',
    "x'OR'1'='1",
    '%2e%2e',
    'ROOT',
    'x;y',
    '$jndi',
    '\u0000',
  ]
  const foreign = [
    'other.key',
    'OTHER.root',
    '__proto__.x',
    'constructor.prototype',
    app.toUpperCase() === app ? 'x.y' : `${app.toUpperCase()}.root`,
    'nothing',
  ]
  const twice = (first: string, last: string, signing: Signing) =>
    raw(`{"alg":"HS256","kid":"${first}","kid":"${last}"}`, JSON.stringify(claims), signing)
  const pointing = {
    jku: `${trap}/jku`,
    x5u: `${trap}/x5u`,
    jwk: { kty: 'oct', k: 'AAAA' },
    x5c: ['AAAA'],
  }
  return [
    ...unreadable.map(
      (kid): TokenCase => ({
        name: `kid: ${JSON.stringify(kid) ?? 'missing'}`,
        token: jwt({ kid }, {}),
        answer: INVALID,
      }),
    ),
    ...unknown.map(
      (id): TokenCase => ({
        name: `kid: none of this app, ${JSON.stringify(id)}`,
        token: jwt({ kid: `${app}.${id}` }, {}),
        answer: NO_KEY,
      }),
    ),
    ...foreign.map(
      (kid): TokenCase => ({
        name: `kid: of no app here, ${kid}`,
        token: jwt({ kid }, {}),
        answer: NO_APP,
      }),
    ),
    ...rows('kid', [
      ['another key than the one that signed', jwt({ kid: zero.keyName }, {}), INVALID],
      ['twice, the last counts', twice(zero.keyName, full.keyName, full), 'ok'],
      ['twice, the first does not', twice(full.keyName, zero.keyName, full), INVALID],
      ['of a key that was revoked', jwt({ kid: keys.gone.keyName }, {}, keys.gone), NO_KEY],
      ['with addresses of keys beside it', jwt(pointing, {}), 'ok'],
      ['with addresses and no good mac', jwt(pointing, {}, zero), INVALID],
      [
        'with a key of its own',
        jwt({ jwk: { kty: 'oct', k: encode('own') } }, {}, { secret: 'own' }),
        INVALID,
      ],
      ['with extensions that must be known', jwt({ crit: ['exp'] }, {}), INVALID],
      ['with an empty list of extensions', jwt({ crit: [] }, {}), INVALID],
    ]),
  ]
}

/** Seconds from now: the leeway of 30 s is for starts; an end is never stretched by it. */
const OFFSETS = [-61, -31, -29, -1, 0, 29, 31, 61]

function times({ now, by, keys: { full } }: Make): readonly TokenCase[] {
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

function spans({ now, by, raw, keys: { full }, header }: Make): readonly TokenCase[] {
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

function claimShapes({ by, jwt, keys: { full } }: Make): readonly TokenCase[] {
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
function doubled({ raw, header, now }: Make): readonly TokenCase[] {
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

function permissions({ by, keys: { full } }: Make): readonly TokenCase[] {
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

function shapes({ good, jwt, by, keys: { full } }: Make): readonly TokenCase[] {
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
function taken({ by, keys, now }: Make): readonly TokenCase[] {
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
function ceilings({ by, keys }: Make): readonly TokenCase[] {
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

function native({ keys }: Make, nowMs: number): readonly TokenCase[] {
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
