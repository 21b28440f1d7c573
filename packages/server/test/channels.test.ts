// Channels of people: made, found, joined, left; slow mode, the read-only switch, the archive; conversations between a few.

import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Caller, setUp, signUp } from './people.ts'
import { endAll, type Serving, serve } from './serving.ts'

const DEFAULT = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))

let server: Serving
let grace: Caller
let ada: Caller
let bob: Caller

beforeEach(async () => {
  server = await serve({ SAYSO_POLICY: DEFAULT })
  grace = await setUp(server, 'Grace')
  ada = await signUp(server, 'Ada')
  bob = await signUp(server, 'Bob')
})
afterEach(endAll)

type Body = Record<string, unknown>
const read = async (response: Response) =>
  [response.status, await response.json()] as [number, Body]
const code = async (answer: Promise<Response>) => {
  const [status, body] = await read(await answer)
  return [status, body.code]
}
const on = (key: string, rest = '') => `/api/v1/channels/${encodeURIComponent(key)}${rest}`

async function make(who: Caller, body: Body): Promise<string> {
  const [status, made] = await read(await who.call('POST', '/api/v1/channels', body))
  expect(status).toBe(201)
  return made.key as string
}

/** Publishes over REST as a person, by a token of their session. */
async function say(who: Caller, key: string, data: string, id?: string) {
  const token = await (await who.call('GET', '/api/realtime/token')).text()
  const name = key.startsWith('dm-') ? `dm:${key}` : `chat:${key}`
  return fetch(`${server.url}/channels/${encodeURIComponent(name)}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'message', data, ...(id === undefined ? {} : { id }) }),
  })
}

describe('a channel of one\u2019s own', () => {
  test('whoever makes it owns it; nobody else can tell it from one that is not there', async () => {
    const key = await make(ada, { title: 'Mod', about: 'ours' })
    expect(key).toMatch(/^mod-./)
    expect((await ada.call('PATCH', on(key), { about: 'still ours' })).status).toBe(200)
    expect((await say(ada, key, 'hello')).status).toBe(201)
    const doors: [string, string, Body?][] = [
      ['GET', '/people'],
      ['PATCH', '', { listed: true }],
      ['POST', '/effect', { readOnly: true }],
      ['POST', '/join'],
      ['POST', '/leave'],
      ['GET', '/requests'],
      ['POST', '/requests', {}],
      ['POST', '/requests/admit', { person: ada.id }],
      ['POST', '/promote', { person: ada.id }],
    ]
    for (const [method, rest, body] of doors) {
      const [there, missing] = await Promise.all(
        [key, 'mod-none'].map(async (each) => {
          const [status, problem] = await read(await bob.call(method, on(each, rest), body))
          return JSON.stringify([status, problem]).replaceAll(each, '*')
        }),
      )
      expect([rest, there]).toEqual([rest, missing])
    }
    const [hidden, none] = await Promise.all([say(bob, key, 'hi'), say(bob, 'mod-none', 'hi')])
    expect(hidden.status).toBe(none.status)
  })

  test('listed and open: joined and left by oneself; by request: not', async () => {
    const key = await make(ada, { title: 'Sailing', listed: true, join: 'open' })
    expect((await bob.call('POST', on(key, '/join'))).status).toBe(200)
    expect((await say(bob, key, 'ahoy')).status).toBe(201)
    expect((await bob.call('POST', on(key, '/leave'))).status).toBe(200)
    expect((await say(bob, key, 'still here?')).status).toBe(401)
    expect((await ada.call('PATCH', on(key), { join: 'request' })).status).toBe(200)
    expect(await code(bob.call('POST', on(key, '/join')))).toEqual([409, 'conflict'])
  })

  test('somebody who was removed cannot come back by joining; leaving sheds no restraint', async () => {
    const key = await make(ada, { title: 'Sailing', listed: true, join: 'open' })
    await bob.call('POST', on(key, '/join'))
    const held = { person: bob.id, on: `channel:${key}`, reason: 'enough' }
    const roles = '/api/v1/role_assignments'
    expect((await ada.call('POST', roles, { ...held, role: 'banned' })).status).toBe(200)
    expect((await bob.call('POST', on(key, '/leave'))).status).toBe(200)
    expect(await code(bob.call('POST', on(key, '/join')))).toEqual([403, 'denied'])
    expect((await ada.call('DELETE', roles, { ...held, role: 'banned' })).status).toBe(200)
    expect((await bob.call('POST', on(key, '/join'))).status).toBe(200)
  })

  test('the owner lets in, promotes for a time, and holds back; peers do not hold each other back', async () => {
    const key = await make(ada, { title: 'Den' })
    const roles = '/api/v1/role_assignments'
    const held = { person: bob.id, on: `channel:${key}` }
    expect((await ada.call('POST', roles, { ...held, role: 'participant' })).status).toBe(200)
    const until = '2999-01-01T00:00:00Z'
    const promoted = { person: bob.id, expires_at: until }
    expect((await ada.call('POST', on(key, '/promote'), promoted)).status).toBe(200)
    const [, { people }] = await read(await ada.call('GET', on(key, '/people?scope=members')))
    const row = (people as { id: string; roles: Body[] }[]).find(({ id }) => id === bob.id)
    expect(row?.roles[0]).toMatchObject({ role: 'moderator', untilMs: Date.parse(until) })
    const mute = { person: ada.id, on: `channel:${key}`, role: 'muted' }
    expect(await code(bob.call('POST', roles, mute))).toEqual([403, 'denied'])
    expect((await ada.call('POST', roles, { ...held, role: 'muted' })).status).toBe(200)
    expect((await say(bob, key, 'mmf')).status).toBe(401)
  })

  test('read-only leaves the word to moderators, the archive to nobody, until it is opened again', async () => {
    expect((await grace.call('PATCH', on('general'), { readOnly: true })).status).toBe(200)
    const [status, refused] = await read(await say(ada, 'general', 'hello?'))
    expect([status, JSON.stringify(refused)]).toEqual([
      401,
      expect.stringContaining('Only moderators write here'),
    ])
    expect((await say(grace, 'general', 'listen')).status).toBe(201)
    expect(
      (await grace.call('PATCH', on('general'), { readOnly: false, archived: true })).status,
    ).toBe(200)
    expect((await say(grace, 'general', 'anybody?')).status).toBe(401)
    expect((await grace.call('PATCH', on('general'), { archived: false })).status).toBe(200)
    expect((await say(ada, 'general', 'back')).status).toBe(201)
  })

  test('what a change would do is told before, to who may make it', async () => {
    const [status, effect] = await read(
      await grace.call('POST', on('general', '/effect'), { readOnly: true }),
    )
    expect([status, effect]).toEqual([200, expect.objectContaining({ people: 2 })])
    expect(effect.lost).toContain('publish')
    expect(await code(ada.call('POST', on('general', '/effect'), { readOnly: true }))).toEqual([
      403,
      'denied',
    ])
    expect((await say(ada, 'general', 'nothing happened')).status).toBe(201)
  })
})

describe('slow mode', () => {
  test('one message in a while, also after a restart; a repeat is none; who sets it is free', async () => {
    expect((await grace.call('PATCH', on('general'), { paceSeconds: 3_600 })).status).toBe(200)
    expect((await say(ada, 'general', 'first', 'a:0')).status).toBe(201)
    expect((await say(ada, 'general', 'first', 'a:0')).status).toBe(201)
    const refused = await say(ada, 'general', 'second')
    const [status, body] = await read(refused)
    expect([status, body.error]).toEqual([429, expect.objectContaining({ code: 42930 })])
    const { retryAfterMs } = (body.error as { detail: { retryAfterMs: string } }).detail
    expect(Number(retryAfterMs)).toBeGreaterThan(0)
    expect(Number(retryAfterMs)).toBeLessThanOrEqual(3_600_000)
    expect((await say(bob, 'general', 'mine')).status).toBe(201)
    expect((await say(grace, 'general', 'one')).status).toBe(201)
    expect((await say(grace, 'general', 'two')).status).toBe(201)
    server = await server.again()
    ada = { ...ada, call: (method, path, said) => recall(ada, method, path, said) }
    expect((await say(ada, 'general', 'after')).status).toBe(429)
  })

  test('of many at once one is said; what was refused for another reason costs no turn', async () => {
    await grace.call('PATCH', on('general'), { paceSeconds: 60 })
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => say(ada, 'general', `${i}`)))
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1)
    await grace.call('PATCH', on('general'), { readOnly: true })
    expect((await say(bob, 'general', 'no')).status).toBe(401)
    await grace.call('PATCH', on('general'), { readOnly: false })
    expect((await say(bob, 'general', 'yes')).status).toBe(201)
  })
})

function recall(who: Caller, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(server.url + path, {
    method,
    headers: { cookie: who.cookie, origin: server.url, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

describe('a conversation between a few', () => {
  const start = async (who: Caller, ...others: Caller[]) =>
    read(await who.call('POST', '/api/v1/directs', { people: others.map(({ id }) => id) }))

  test('is the same for the same people, whoever begins', async () => {
    const [, one] = await start(ada, bob)
    const [, same] = await start(bob, ada)
    const [, three] = await start(grace, bob, ada)
    expect(same.key).toBe(one.key)
    expect(three.key).not.toBe(one.key)
    expect((await say(ada, one.key as string, 'hi')).status).toBe(201)
    expect((await say(bob, one.key as string, 'hi')).status).toBe(201)
    expect((await start(ada))[0]).toBe(400)
    expect((await start(ada, ada))[0]).toBe(400)
  })

  test('is closed to everybody else, whatever role they have or take', async () => {
    const [, { key }] = await start(ada, bob)
    expect((await say(grace, key as string, 'hi')).status).toBe(401)
    expect(await code(grace.call('GET', on(key as string, '/people')))).toEqual([
      404,
      'resource_unknown',
    ])
    const change = { changes: [{ assign: `direct:${key}#partner@user:${grace.id}` }] }
    expect((await grace.call('POST', '/api/v1/changes', change)).status).toBe(200)
    expect((await say(grace, key as string, 'hi')).status).toBe(401)
  })
})
