// Who a visitor is: browsers that come back, identities that owners sign, and everything that proves nothing.

import { createSign, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUp } from './people.ts'
import { endAll, type Serving } from './serving.ts'
import {
  begin,
  byKey,
  door,
  fromNow,
  type Json,
  makeTenant,
  makeWidget,
  serveDesk,
  signed,
  type TestWidget,
  visit,
} from './widget-case.ts'

let server: Serving
let widget: TestWidget
beforeAll(async () => {
  server = await serveDesk()
  await makeTenant(server, 'north')
  widget = await makeWidget(server, { limits: { sessions: 10_000 } })
})
afterAll(endAll)

const payload = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Json

describe('a browser', () => {
  test('is a new visitor, and the same one when it comes back', async () => {
    const first = await visit(server, widget)
    expect(first.visitor).toEqual({ id: expect.stringMatching(/^v-/), isVerified: false })
    const again = await visit(server, widget, { device: first.device })
    expect(again.visitor).toEqual(first.visitor)
    expect(again.device).toBe(first.device)
    expect((await visit(server, widget)).visitor.id).not.toBe(first.visitor.id)
  })

  test('keeps its visitor over a restart, and its secret lies nowhere', async () => {
    const served = await serveDesk()
    const made = await makeWidget(served)
    const { device, visitor } = await visit(served, made)
    const later = await served.again()
    expect((await visit(later, made, { device })).visitor.id).toBe(visitor.id)
  })

  test.each(['nonsense', 'harbour.nonsense', '', 'x'.repeat(200)])(
    'with a secret that nobody gave (%s) is a new one, or nobody',
    async (device) => {
      const answer = await begin(server, widget, { device })
      if (device === '') expect(answer.status).toBe(400)
      else expect(answer.body.device).not.toBe(device)
      const token = await door(server, 'POST', '/token', { body: { device } })
      expect([400, 401]).toContain(token.status)
      const page = await door(server, 'PUT', '/page', {
        device,
        body: { url: 'https://a.example' },
      })
      expect(page).toMatchObject({ status: 401, body: { code: 'device_unknown' } })
    },
  )

  test('of one tenant is nobody in another', async () => {
    const north = await makeWidget(server, { tenant: 'north' })
    const here = await visit(server, widget)
    const there = await visit(server, north, { device: here.device })
    expect(there.visitor.id).not.toBe(here.visitor.id)
    expect(there.device).not.toBe(here.device)
    // It still is who it was where it was given.
    expect((await visit(server, widget, { device: here.device })).visitor.id).toBe(here.visitor.id)
  })

  test('is given a token for conversations, and for nothing else', async () => {
    const { token, visitor, tokenExpiresAtMs } = await visit(server, widget)
    const said = payload(token)
    expect(said['x-ably-clientId']).toBe(visitor.id)
    expect(JSON.parse(String(said['x-ably-capability']))).toEqual({
      '[permissions]*': ['*'],
      'desk:*': ['*'],
    })
    expect(tokenExpiresAtMs - Date.now()).toBeLessThanOrEqual(600_000)
  })
})

describe('an identity', () => {
  test('is the same visitor in every browser, and only then verified', async () => {
    const first = await visit(server, widget, { identity: signed(widget) })
    expect(first.visitor).toMatchObject({ name: 'Mira', isVerified: true })
    const second = await visit(server, widget, { identity: signed(widget, { name: 'Mira K.' }) })
    expect(second.visitor).toEqual({ ...first.visitor, name: 'Mira K.' })
    expect(second.device).not.toBe(first.device)
    const known = await byKey(server, 'GET', `/desk/visitors/${first.visitor.id}`)
    expect(known.body).toMatchObject({
      externalId: 'customer-7',
      isVerified: true,
      email: 'mira@example.com',
    })
    const anonymous = await visit(server, widget)
    const unknown = await byKey(server, 'GET', `/desk/visitors/${anonymous.visitor.id}`)
    expect(unknown.body).toMatchObject({ isVerified: false })
  })

  test('is somebody else in another tenant', async () => {
    const north = await makeWidget(server, { tenant: 'north' })
    const here = await visit(server, widget, { identity: signed(widget) })
    const there = await visit(server, north, { identity: signed(north) })
    expect(there.visitor.id).not.toBe(here.visitor.id)
  })

  test('makes an anonymous browser that of somebody known; it never makes one known visitor another', async () => {
    const anonymous = await visit(server, widget)
    const identity = signed(widget, { sub: 'a-1', name: undefined })
    const mira = await visit(server, widget, { device: anonymous.device, identity })
    expect(mira.device).toBe(anonymous.device)
    expect(mira.visitor.id).not.toBe(anonymous.visitor.id)
    const other = signed(widget, { sub: 'a-2' })
    const ben = await visit(server, widget, { device: mira.device, identity: other })
    expect(ben.device).not.toBe(mira.device)
    expect((await visit(server, widget, { device: mira.device })).visitor.id).toBe(mira.visitor.id)
  })

  test('that names itself once lets in one browser', async () => {
    const identity = signed(widget, { jti: 'once-1', sub: 'b-1' })
    const first = await visit(server, widget, { identity })
    expect((await visit(server, widget, { identity, device: first.device })).device).toBe(
      first.device,
    )
    const replayed = await begin(server, widget, { identity })
    expect(replayed).toMatchObject({
      status: 401,
      body: { code: 'identity_invalid', reason: 'used' },
    })
  })

  test('works by the second key while two are there, and not by one that was removed', async () => {
    const own = await makeWidget(server)
    const made = (await byKey(server, 'POST', `/desk/widgets/${own.id}/keys`)).body
    const second = { id: own.id, key: String(made.id), secret: String(made.secret) }
    for (const each of [own, second]) await visit(server, own, { identity: signed(each) })
    // Without a name any key of the widget may have signed.
    await visit(server, own, { identity: signed(second, {}, { kid: undefined }) })
    await byKey(server, 'DELETE', `/desk/widgets/${own.id}/keys/${own.key}`)
    const refused = await begin(server, own, { identity: signed(own) })
    expect(refused.body).toMatchObject({ code: 'identity_invalid', reason: 'key_unknown' })
    await visit(server, own, { identity: signed(second) })
  })

  test('is required where the widget says so, whatever else a browser brings', async () => {
    const strict = await makeWidget(server, { identity: { isRequired: true } })
    const required = { status: 401, body: { code: 'identity_required_here' } }
    expect(await begin(server, strict)).toMatchObject(required)
    const anonymous = await visit(server, widget)
    expect(await begin(server, strict, { device: anonymous.device })).toMatchObject(required)
    const mira = await visit(server, strict, { identity: signed(strict) })
    expect((await visit(server, strict, { device: mira.device })).visitor.id).toBe(mira.visitor.id)
  })
})

/** The middle of a token replaced, its signature kept. */
function swapped(token: string, claims: Json): string {
  const [head, middle = '', mac] = token.split('.')
  const said = { ...payload(`.${middle}`), ...claims }
  return `${head}.${Buffer.from(JSON.stringify(said)).toString('base64url')}.${mac}`
}

const unsigned = (token: string, header: Json) => {
  const [, middle] = token.split('.')
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${middle}.`
}

function byPublicKey(own: TestWidget): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const [head, middle] = signed(own, {}, { alg: 'RS256' }).split('.')
  const mac = createSign('sha256')
    .update(`${head}.${middle}`)
    .sign(privateKey)
    .toString('base64url')
  return `${head}.${middle}.${mac}`
}

const FORGED: readonly (readonly [
  string,
  string,
  (own: TestWidget, other: TestWidget) => string,
])[] = [
  ['signed with another secret', 'signature', (own) => signed({ ...own, secret: 'guess' })],
  ['signed with an empty secret', 'signature', (own) => signed({ ...own, secret: '' })],
  [
    'of another subject than was signed',
    'signature',
    (own) => swapped(signed(own), { sub: 'boss' }),
  ],
  [
    'with another e-mail than was signed',
    'signature',
    (own) => swapped(signed(own), { email: 'b@c.de' }),
  ],
  ['without a signature', 'algorithm', (own) => unsigned(signed(own), { alg: 'none', typ: 'JWT' })],
  [
    'without a signature, in capitals',
    'algorithm',
    (own) => unsigned(signed(own), { alg: 'NONE' }),
  ],
  ['whose signature was cut off', 'signature', (own) => signed(own).replace(/[^.]+$/, '')],
  ['of another algorithm', 'algorithm', (own) => signed(own, {}, { alg: 'HS512' })],
  ['signed with a public key', 'algorithm', byPublicKey],
  ['that demands extensions', 'algorithm', (own) => signed(own, {}, { crit: ['exp'], exp: 1 })],
  ['by the key of another tenant', 'key_unknown', (own, other) => signed(other, { aud: own.id })],
  [
    'by the key of another tenant under our name',
    'signature',
    (own, other) => signed({ ...other, key: own.key, id: own.id }),
  ],
  ['for another widget', 'audience', (own, other) => signed(own, { aud: other.id })],
  ['for another tenant', 'audience', (own) => signed(own, { aud: 'north' })],
  ['for nobody', 'audience', (own) => signed(own, { aud: undefined })],
  ['that never ends', 'no_end', (own) => signed(own, { exp: undefined })],
  ['whose end is a text', 'no_end', (own) => signed(own, { exp: 'never' })],
  [
    'that has ended',
    'expired',
    (own) => signed(own, { iat: fromNow(-900_000), exp: fromNow(-1_000) }),
  ],
  ['that lives too long', 'too_long', (own) => signed(own, { exp: fromNow(86_500_000) })],
  [
    'from the future',
    'not_yet',
    (own) => signed(own, { iat: fromNow(120_000), exp: fromNow(600_000) }),
  ],
  ['not yet valid', 'not_yet', (own) => signed(own, { nbf: fromNow(120_000) })],
  ['without a beginning', 'claims', (own) => signed(own, { iat: undefined })],
  ['without a subject', 'claims', (own) => signed(own, { sub: undefined })],
  ['with an empty subject', 'claims', (own) => signed(own, { sub: ' ' })],
  ['with a subject that is a number', 'claims', (own) => signed(own, { sub: 7 })],
  ['with an e-mail that is two', 'claims', (own) => signed(own, { email: 'a@b.de,c@d.de' })],
  ['with attributes of depth', 'claims', (own) => signed(own, { attributes: { a: { b: 1 } } })],
  ['that is no token', 'unreadable', () => 'nonsense'],
  ['that is too long', 'unreadable', (own) => signed(own, { name: 'x'.repeat(9_000) })],
]

describe('an identity proves nothing', () => {
  let other: TestWidget
  beforeAll(async () => {
    other = await makeWidget(server, { tenant: 'north' })
  })

  test.each(FORGED)('%s (%s)', async (_what, reason, make) => {
    const answer = await begin(server, widget, { identity: make(widget, other) })
    expect(answer).toMatchObject({ status: 401, body: { code: 'identity_invalid', reason } })
    expect(answer.text).not.toContain(widget.secret)
  })

  test('and a visitor stays who they were, unverified', async () => {
    const { device, visitor } = await visit(server, widget)
    const identity = signed({ ...widget, secret: 'guess' })
    expect((await begin(server, widget, { device, identity })).status).toBe(401)
    expect((await visit(server, widget, { device })).visitor).toEqual(visitor)
  })
})

describe('visitors', () => {
  test('are in no list of people, and nobody is made somebody by an e-mail that a site vouches for', async () => {
    const served = await serveDesk()
    const own = await makeWidget(served)
    const grace = await setUp(served)
    const identity = signed(own, { name: 'Zelda Visitor', email: 'zelda@example.com' })
    const { visitor } = await visit(served, own, { identity })
    for (const path of [
      '/people?limit=100',
      '/people?q=Zelda',
      '/search?q=Zelda',
      '/channels/general/people',
    ]) {
      const answer = await grace.call('GET', `/api/v1${path}`)
      expect([path, answer.status]).toEqual([path, 200])
      expect(await answer.text()).not.toContain(visitor.id)
    }
    const role = { person: 'zelda@example.com', role: 'admin', on: 'tenant:default' }
    const given = await grace.call('POST', '/api/v1/role_assignments', role)
    expect(((await given.json()) as Json).code).toBe('person_unknown')
  })
})
