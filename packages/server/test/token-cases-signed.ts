// Tokens by how they are signed: algorithms, signatures, and the ids of keys.

import { createHmac, generateKeyPairSync } from 'node:crypto'
import {
  encode,
  hmac,
  INVALID,
  type Make,
  NO_APP,
  NO_KEY,
  rows,
  type Signing,
  type TokenCase,
} from './token-case.ts'

export function algorithms({ jwt, keys }: Make): readonly TokenCase[] {
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

export function signatures({ good, jwt, keys }: Make): readonly TokenCase[] {
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

export function keyIds({ jwt, raw, keys, claims, trap }: Make): readonly TokenCase[] {
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
