// The table of tokens, held against the one place that recognises them by a clock that stands, and against a whole server
// over HTTP. No token makes the server ask anybody anything.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  authorize,
  type Capability,
  emptyWorld,
  foldRights,
  type KeyId,
  type KeyRecord,
  type Revision,
  type RightsChange,
} from '@sayso/policy'
import { errorRow } from '@sayso/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authenticate, examine } from '../src/access/authenticate.ts'
import { keyRing } from '../src/access/key-ring.ts'
import { KeyUses } from '../src/access/key-uses.ts'
import { foreignTokens } from '../src/auth/foreign-tokens.ts'
import { sealer } from '../src/auth/sealed.ts'
import { endAll, KEY, serve } from './serving.ts'
import { type Answer, type CaseKeys, tokenCases } from './token-cases.ts'

const NOW = Date.UTC(2027, 0, 15, 12)
const HERE = '203.0.113.7'
const APP = 'harbour'
const ALL: Capability = { '*': ['*'] }
const ROOM: Capability = { room: ['subscribe'] }

const seal = sealer('an installation secret of some length')
const named = (id: string) => ({ keyName: `${APP}.${id}`, secret: `secret0of0${id}0x` })
const keys: CaseKeys = {
  full: named('full'),
  zero: named('zero'),
  part: named('part'),
  narrow: named('narrow'),
  mute: named('mute'),
  gone: named('gone'),
  old: { keyName: `${APP}.full`, secret: 'secret0before0x' },
  older: { keyName: `${APP}.full`, secret: 'secret0before0that0x' },
}
const record = (id: string, more: Partial<KeyRecord>): RightsChange => ({
  kind: 'put-key',
  key: {
    id: id as KeyId,
    name: id,
    capability: {},
    scopes: [],
    sealedSecret: seal.seal(named(id).secret),
    createdAtMs: 0,
    ...more,
  },
})
const revoke = (
  target: { readonly type: 'clientId' | 'revocationKey' | 'channel'; readonly value: string },
  appliesAtMs?: number,
): RightsChange => ({
  kind: 'revoke-tokens',
  revocation: {
    key: 'full' as KeyId,
    target,
    issuedBeforeMs: NOW - 5_000,
    ...(appliesAtMs === undefined ? {} : { appliesAtMs }),
  },
})
const changes: readonly RightsChange[] = [
  record('full', {
    capability: ALL,
    previous: { sealedSecret: seal.seal('secret0before0x'), untilMs: NOW + 60_000 },
  }),
  record('zero', { mayDelegate: ALL }),
  record('part', { mayDelegate: ROOM }),
  record('narrow', { capability: ROOM }),
  record('mute', { capability: ALL, mayDelegate: {} }),
  revoke({ type: 'clientId', value: 'barred' }),
  revoke({ type: 'revocationKey', value: 'leak' }),
  revoke({ type: 'channel', value: 'leaked' }),
  revoke({ type: 'clientId', value: 'warned' }, NOW + 30_000),
  revoke({ type: 'clientId', value: 'late' }, NOW - 1),
  {
    kind: 'revoke-tokens',
    revocation: {
      key: 'full' as KeyId,
      target: { type: 'tokenId', value: 'lost' },
      issuedBeforeMs: NOW + 86_400_000,
      untilMs: NOW + 90_000_000,
    },
  },
]

let trap: Server
let asked = 0
let address = 'http://127.0.0.1:1'

beforeAll(async () => {
  trap = createServer((_, response) => {
    asked += 1
    response.end('{}')
  })
  trap.on('connection', () => {
    asked += 1
  })
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`
})
afterAll(async () => {
  await endAll()
  trap.close()
  expect(asked).toBe(0)
})

describe('by a clock that stands', () => {
  const world = foldRights(emptyWorld, changes, 1 as Revision)
  const ring = keyRing(APP, () => world, seal, new KeyUses(() => NOW))
  const cases = tokenCases(keys, NOW, { trap: 'http://127.0.0.1:1', here: HERE })
  const answerTo = (token: string): Answer => {
    const recognition = authenticate(ring, { token }, NOW, HERE)
    if (!recognition.ok) return errorRow(recognition.failure.name).code
    const { credential } = recognition.who.asker
    return authorize(world, credential, 'subscribe', 'room').allowed ? 'ok' : 40160
  }

  test('there are 400 or more, each once', () => {
    expect(cases.length).toBeGreaterThanOrEqual(400)
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })

  test.each(cases)('$name', ({ token, answer }) => {
    expect(answerTo(token)).toBe(answer)
  })

  test('no clock that jumps an hour and back ends or revives what the log says', () => {
    const [revoked, good] = ['barred', 'ann'].map(
      (name) => cases.find(({ name: each }) => each === `for ${name}`)?.token ?? '',
    )
    for (const clock of [NOW, NOW - 3_600_000, NOW]) {
      const recognition = examine(ring, { token: good ?? '' }, clock)
      // An hour back its issue lies in the future: refused for now, not taken back.
      expect(recognition.ok).toBe(clock === NOW)
      expect(examine(ring, { token: revoked ?? '' }, clock).ok).toBe(false)
    }
  })
})

describe('over HTTP', () => {
  test('every case that does not hang on one second has the same answer, and none is a fault of the server', async () => {
    const server = await serve({ SAYSO_LOG: 'info' })
    const api = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return (await response.json()) as Record<string, string>
    }
    const made = async (name: string, terms: object) => {
      const {
        key = '',
        keyName = '',
        id = '',
      } = await api('POST', '/api/v1/keys', { name, ...terms })
      return { keyName, secret: key.slice(key.indexOf(':') + 1), id }
    }
    const everything = { permissions: ['*'] }
    const room = { room: ['subscribe'] }
    const first = await made('full', everything)
    const rotated = async () => {
      const { key = '' } = await api('POST', `/api/v1/keys/${first.id}/rotate`, {
        overlapSeconds: 60,
      })
      return { ...first, secret: key.slice(key.indexOf(':') + 1) }
    }
    const second = await rotated()
    const third = await rotated()
    const gone = await made('gone', everything)
    await api('DELETE', `/api/v1/keys/${gone.id}`)
    const own: CaseKeys = {
      full: third,
      old: second,
      older: first,
      gone,
      zero: await made('zero', { mayDelegate: 'everything' }),
      part: await made('part', { mayDelegate: room }),
      narrow: await made('narrow', { permissions: room }),
      mute: await made('mute', { ...everything, mayDelegate: {} }),
    }
    const cases = tokenCases(own, Date.now(), { trap: address, here: '127.0.0.1' }).filter(
      ({ name, isTight }) => isTight !== true && !/taken back|soon/.test(name),
    )
    expect(cases.length).toBeGreaterThanOrEqual(350)
    const wrong: unknown[] = []
    for (const { name, token, answer } of cases) {
      const question = await fetch(`${server.url}/channels/room/presence`, {
        headers: { authorization: `Bearer ${token}` },
      })
      const code = question.status === 200 ? 'ok' : Number(question.headers.get('x-ably-errorcode'))
      if (code !== answer) wrong.push({ name, code, answer })
      const text = await question.text()
      for (const { secret } of Object.values(own)) expect(text.includes(secret)).toBe(false)
    }
    expect(wrong).toEqual([])
    const log = server.log.join('')
    for (const { secret } of Object.values(own)) expect(log.includes(secret)).toBe(false)
    expect(server.log.filter((line) => line.includes('"error"'))).toEqual([])
  })
})

describe('another issuer’s tokens', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const forged = (header: object, claims: object) =>
    `${encode({ alg: 'RS256', ...header })}.${encode(claims)}.AAAA`

  test('only who claims to be of the configured issuer makes its keys be fetched, from its address alone', async () => {
    const seen: string[] = []
    const configured = createServer((request, response) => {
      seen.push(request.url ?? '')
      response.setHeader('content-type', 'application/json')
      response.end('{"keys":[]}')
    })
    await new Promise<void>((resolve) => configured.listen(0, '127.0.0.1', resolve))
    const { port } = configured.address() as AddressInfo
    const issuer = 'https://identity.example'
    const source = `http://127.0.0.1:${port}/keys`
    const foreign = foreignTokens(
      { source, issuer, audience: 'chat', keyName: 'harbour.x' },
      () => NOW,
    )
    const pointing = { kid: `${address}/kid`, jku: `${address}/jku`, x5u: `${address}/x5u` }
    for (const claims of [
      {},
      { iss: address },
      { iss: [issuer] },
      { iss: `${issuer}/` },
      { iss: null },
    ])
      await foreign.prove(forged(pointing, claims))
    await foreign.prove(`${encode({ alg: 'RS256' })}.${'x'.repeat(70_000)}.AAAA`)
    expect(seen).toEqual([])
    const token = forged(pointing, { iss: issuer, aud: 'chat', exp: NOW / 1000 + 60 })
    await foreign.prove(token)
    expect(seen).toEqual(['/keys'])
    expect(foreign.read(token, NOW)).toMatchObject({ ok: false, failure: { code: 40144 } })
    configured.close()
  })
})
