// What tokens say of their bearer besides who they are: claims that travel with messages, limits, and tokens that
// another issuer signed.

import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type Server as HttpServer } from 'node:http'
import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { openRaw, type Raw, type RawFrame } from '../lib/raw.ts'
import { type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, codeOf, realtime, rest, until } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'
import { channelOf, home } from '../lib/words.ts'

const ISSUER = 'https://identity.example'
const AUDIENCE = 'chat'

const CAPTAIN = { 'ably.channel.deck:*': 'captain' }
const REMARKS = ['ANNOTATION_PUBLISH', 'ANNOTATION_SUBSCRIBE'] as const

let server: Server
let keysAt: HttpServer
let published: Record<string, unknown>[] = []
const sockets: Raw[] = []
let rooms = 0

type Signer = { readonly kid: string; readonly alg: string; readonly key: KeyObject }

function pair(kid: string, alg: 'RS256' | 'ES256', names = true): Signer {
  const { privateKey, publicKey } =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  published.push({
    ...publicKey.export({ format: 'jwk' }),
    kid,
    ...(names ? { alg } : {}),
    use: 'sig',
  })
  return { kid, alg, key: privateKey }
}

function signed(signer: Signer, claims: object = {}, header: object = {}): string {
  const nowSeconds = Math.floor(Date.now() / 1000)
  const parts = [
    { alg: signer.alg, kid: signer.kid, typ: 'JWT', ...header },
    { iss: ISSUER, aud: AUDIENCE, iat: nowSeconds - 5, exp: nowSeconds + 600, ...claims },
  ]
  const text = parts
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const mac = sign('sha256', Buffer.from(text), { key: signer.key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${mac.toString('base64url')}`
}

let rsa: Signer
let ec: Signer

beforeAll(async () => {
  rsa = pair('rsa-1', 'RS256')
  ec = pair('ec-1', 'ES256', false)
  keysAt = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys: published }))
  })
  await new Promise<void>((resolve) => keysAt.listen(0, '127.0.0.1', resolve))
  const address = keysAt.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  server = await startServer({
    env: {
      SAYSO_JWKS: `http://127.0.0.1:${port}/keys`,
      SAYSO_JWKS_ISSUER: ISSUER,
      SAYSO_JWKS_AUDIENCE: AUDIENCE,
      SAYSO_JWKS_KEY: 'root',
    },
  })
})
afterEach(() => {
  closeClients()
  for (const { ws } of sockets.splice(0)) ws.terminate()
})
afterAll(async () => {
  await server.remove()
  keysAt.close()
})

function room(): string {
  rooms += 1
  return `deck:${rooms}`
}

async function raw(access_token: string): Promise<Raw & { readonly first: RawFrame }> {
  const socket = await openRaw(server.port, { access_token })
  sockets.push(socket)
  return socket
}

describe('claims', () => {
  test('a claim on channels travels with what its bearer says, and nobody else can write it', async () => {
    const name = room()
    const claims = { 'ably.channel.deck:*': 'crew', [`ably.channel.${name}`]: 'captain' }
    const messages = heard<Ably.InboundMessage>()
    await realtime(server.port)
      .channels.get(name)
      .subscribe((message) => messages.add(message))
    const say = (extras?: object) => ({ data: 'x', extras: { headers: { k: 'v' }, ...extras } })
    const token = jwt({ claims })
    await realtime(server.port, { token })
      .channels.get(name)
      .publish(say({ userClaim: 'king' }))
    await rest(server.port, { token }).channels.get(name).publish(say())
    await rest(server.port)
      .channels.get(name)
      .publish(say({ userClaim: 'king' }))
    const other = jwt({ claims: { 'ably.channel.deck:*': 'crew', 'ably.channel.other': 7 } })
    await realtime(server.port, { token: other }).channels.get(name).publish(say())
    const arrived = await messages.count(4)
    expect(arrived.map(({ extras }) => extras?.userClaim)).toEqual([
      'captain',
      'captain',
      undefined,
      'crew',
    ])
    expect(arrived.every(({ extras }) => extras?.headers.k === 'v')).toBe(true)
  })

  test('a claim travels with edits, appends, deletions, annotations and presence; nobody else can write it', async () => {
    const name = room()
    const as = (clientId: string, claim?: string) =>
      realtime(server.port, {
        token: jwt({ clientId, claims: claim ? { 'ably.channel.deck:*': claim } : {} }),
      }).channels.get(name, {
        modes: ['PUBLISH', 'SUBSCRIBE', 'PRESENCE', 'PRESENCE_SUBSCRIBE', ...REMARKS],
      })
    const [ann, mod, bob] = [as('ann', 'crew'), as('mod', 'captain'), as('bob')]
    const messages = heard<Ably.InboundMessage>()
    const remarks = heard<Ably.Annotation>()
    const members = heard<Ably.PresenceMessage>()
    await bob.subscribe((message) => messages.add(message))
    await bob.annotations.subscribe((remark) => remarks.add(remark))
    await bob.presence.subscribe((member) => members.add(member))
    const { serials } = await ann.publish({ data: 'a', extras: { headers: { k: 1 } } })
    const serial = String(serials[0])
    const target = (data: string, extras?: object) =>
      ({ serial, data, ...(extras && { extras }) }) as Ably.Message
    const forged = { userClaim: 'king' }
    await mod.updateMessage(target('b', forged))
    await ann.appendMessage(target('c'))
    await bob.updateMessage(target('d', { ...forged, headers: { k: 2 } }))
    await rest(server.port, { token: jwt({ clientId: 'mod', claims: CAPTAIN }) })
      .channels.get(name)
      .deleteMessage(target(''))
    const told = await messages.count(5)
    expect(told.map(({ action, extras }) => [action, extras?.headers, extras?.userClaim])).toEqual([
      ['message.create', { k: 1 }, 'crew'],
      ['message.update', undefined, 'captain'],
      ['message.append', undefined, 'crew'],
      ['message.update', { k: 2 }, undefined],
      ['message.delete', { k: 2 }, 'captain'],
    ])
    const versions = await rest(server.port).channels.get(name).getMessageVersions(serial)
    expect(versions.items.map(({ extras }) => extras?.userClaim)).toEqual([
      'crew',
      'captain',
      'crew',
      undefined,
      'captain',
    ])
    const remark = { type: 'note:total.v1', extras: forged } as Ably.OutboundAnnotation
    await mod.annotations.publish(serial, remark)
    await bob.annotations.publish(serial, remark)
    expect((await remarks.count(2)).map(({ extras }) => extras?.userClaim)).toEqual([
      'captain',
      undefined,
    ])
    await mod.presence.enter('here')
    const raw = await openRaw(server.port, { access_token: jwt({ clientId: 'eve' }) })
    sockets.push(raw)
    const presence = [{ action: 2, data: 'x', extras: { ...forged, headers: { h: 1 } } }]
    raw.send({ action: 14, channel: name, msgSerial: 0, presence })
    expect((await members.count(2)).map(({ extras }) => extras)).toEqual([
      { userClaim: 'captain' },
      { headers: { h: 1 } },
    ])
  })

  test('a limit on publishes holds per attachment, and leaves the connection up', async () => {
    const name = room()
    const rate = { [`ably.limits.publish.perAttachment.maxRate.${name}`]: 2 }
    const client = realtime(server.port, { token: jwt({ claims: rate }) })
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => client.channels.get(name).publish('n', `${index}`)),
    )
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(refused.length).toBeGreaterThanOrEqual(3)
    expect(refused[0]).toMatchObject({ code: 42911, statusCode: 429 })
    await client.channels.get(room()).publish('n', 'elsewhere')
    expect(client.connection.state).toBe('connected')
  })
})

describe('tokens of another issuer', () => {
  test('signed with RS256 or ES256 they connect as their subject, in both directions of renewal', async () => {
    for (const signer of [rsa, ec]) {
      const { asked, authCallback } = asking(() => signed(signer, { sub: 'ann' }))
      const client = realtime(server.port, { authCallback })
      await until(client, 'connected')
      expect(client.auth.clientId).toBe('ann')
      await client.auth.authorize()
      expect([asked(), client.connection.state]).toEqual([2, 'connected'])
    }
    const named = rest(server.port, { token: signed(ec, { sub: 'ann', 'x-ably-clientId': 'bob' }) })
    const name = room()
    const capability = JSON.stringify({ [name]: ['publish', 'history'] })
    const token = signed(rsa, { sub: 'ann', 'x-ably-capability': capability })
    const channel = rest(server.port, { token }).channels.get(name)
    await channel.publish('n', 'd')
    expect((await channel.history()).items[0]).toMatchObject({ clientId: 'ann' })
    expect(await codeOf(named.channels.get(name).publish('n', 'd'))).toBe(40160)
  })

  test('without a capability they reach what the policy governs, as far as it goes', async () => {
    const client = realtime(server.port, { token: signed(rsa, { sub: 'nobody-known' }) })
    await until(client, 'connected')
    expect(await codeOf(client.channels.get(room()).attach())).toBe(40160)
    expect(await codeOf(client.channels.get(channelOf(home)).attach())).toBe(40160)
  })

  test('they can be revoked by the key they count as signed by', async () => {
    const socket = await raw(signed(ec, { sub: 'ann', 'x-ably-revocation-key': 'night-shift' }))
    await rest(server.port).auth.revokeTokens([{ type: 'revocationKey', value: 'night-shift' }])
    const ended = await socket.frames.first(({ action }) => action === 6)
    expect(ended.error?.code).toBe(40141)
  })

  const bad: Readonly<Record<string, () => string>> = {
    'of another issuer': () => signed(rsa, { iss: 'https://elsewhere.example' }),
    'for somebody else': () => signed(rsa, { aud: 'mail' }),
    'without an end': () => signed(rsa, { exp: undefined }),
    'that live too long': () => signed(rsa, { exp: Math.floor(Date.now() / 1000) + 900_000 }),
    'with a key of theirs that is not published': () => {
      const before = published
      published = []
      const unknown = pair('rsa-9', 'RS256')
      published = before
      return signed(unknown)
    },
    'under the name of another key': () => signed(ec, {}, { kid: 'rsa-1' }),
    'by another algorithm of the same key': () => signed({ ...rsa, alg: 'RS512' }),
    'with the published key taken for a secret': () => {
      const pem = createPublicKey(rsa.key).export({ type: 'spki', format: 'pem' })
      const [head, claims] = signed(rsa, {}, { alg: 'HS256' }).split('.')
      const mac = createHmac('sha256', pem).update(`${head}.${claims}`).digest('base64url')
      return `${head}.${claims}.${mac}`
    },
    'that are not signed': () =>
      `${signed(rsa, {}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
    'that were changed': () => {
      const [head, , mac] = signed(rsa, { sub: 'ann' }).split('.')
      const [, claims] = signed(rsa, { sub: 'eve' }).split('.')
      return `${head}.${claims}.${mac}`
    },
  }
  for (const [what, token] of Object.entries(bad)) {
    test(`${what} are refused`, async () => {
      const { first } = await raw(token())
      expect(first.action).toBe(9)
      expect([40144, 40145, 40400, 40101]).toContain(first.error?.code)
    })
  }

  test('that have ended are told so, that a client renews them', async () => {
    const { first } = await raw(signed(rsa, { exp: Math.floor(Date.now() / 1000) - 60 }))
    expect(first.error).toMatchObject({ code: 40142, statusCode: 401 })
  })

  test('a key that is published later is found', async () => {
    const late = pair('rsa-late', 'RS256')
    const client = realtime(server.port, { ...asking(() => signed(late, { sub: 'ann' })) })
    await until(client, 'connected')
    expect(client.auth.clientId).toBe('ann')
  })
})

describe('a carried token', () => {
  test('counts alone: the outer one is only its envelope', async () => {
    const inner = (await rest(server.port).auth.requestToken({ clientId: 'ann' })).token
    const outer = jwt({ secret: 'of nobody', clientId: 'eve', claims: { 'x-ably-token': inner } })
    const { first } = await raw(outer)
    expect(first.connectionDetails?.clientId).toBe('ann')
    const spoilt = jwt({ claims: { 'x-ably-token': `${inner}x` } })
    expect((await raw(spoilt)).first.action).toBe(9)
  })
})
