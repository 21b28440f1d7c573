// Our own API over HTTP: who may call it, what it answers when it does not do what was asked, how people come in.

import { openSqliteStore } from '@sayso/store/sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import { callerOf, cookieOf, PASSWORD, post, setUp, setUpToken, signIn, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

afterEach(endAll)

const asKey = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }

type Called = { readonly status: number; readonly body: Record<string, unknown> }

async function read(response: Response): Promise<Called> {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** Problem details as RFC 9457 has them, with a code that stays. */
async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const { body } = await read(response)
  expect(body).toMatchObject({
    type: `urn:sayso:problem:${code}`,
    title: expect.stringMatching(/\S/),
    detail: expect.stringMatching(/\S/),
    status,
    code,
  })
  expect(response.status).toBe(status)
}

const byKey = (server: Serving, method: string, path: string, body: unknown) =>
  fetch(server.url + path, { method, headers: asKey, body: JSON.stringify(body) })

describe('problems', () => {
  test('each says what, and what would help', async () => {
    const server = await serve()
    const move = '/api/v1/channels/north/promote'
    await expectProblem(
      await byKey(server, 'POST', move, { person: 'nobody' }),
      404,
      'person_unknown',
    )
    const nowhere = '/api/v1/channels/nowhere/promote'
    await expectProblem(
      await byKey(server, 'POST', nowhere, { person: 'nobody' }),
      404,
      'resource_unknown',
    )
    await expectProblem(await byKey(server, 'POST', move, {}), 400, 'body_invalid')
    await expectProblem(await byKey(server, 'POST', move, 'text'), 400, 'body_invalid')
    const ada = await signUp(server, 'Ada')
    const assign = '/api/v1/role_assignments'
    await expectProblem(
      await byKey(server, 'POST', assign, { person: ada.id, role: 'king', on: 'dock:north' }),
      400,
      'role_unknown',
    )
    await expectProblem(
      await byKey(server, 'POST', assign, { person: ada.id, role: 'pilot', on: 'nonsense' }),
      400,
      'invalid',
    )
    await expectProblem(
      await byKey(server, 'POST', '/api/v1/channels/north/demote', { person: ada.id }),
      409,
      'conflict',
    )
    await expectProblem(await ada.call('POST', move, { person: ada.id }), 403, 'denied')
    await expectProblem(await fetch(`${server.url}/api/realtime/token`), 401, 'not_signed_in')
    expect(server.log).toEqual([])
  })

  test('a body that is too large, broken or of another kind is the caller’s', async () => {
    const server = await serve()
    const send = (body: string) =>
      fetch(`${server.url}/api/v1/channels/north/promote`, { method: 'POST', headers: asKey, body })
    await expectProblem(await send('{'), 400, 'body_invalid')
    await expectProblem(await send(''), 400, 'body_invalid')
    await expectProblem(
      await send(JSON.stringify({ person: 'x'.repeat(70_000) })),
      413,
      'too_large',
    )
    expect(server.log).toEqual([])
  })

  test('a key of a channel that is none is not found', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    for (const key of ['a:b', '%20', '%00', 'x'.repeat(3_000), '..%2f..', '__proto__', '%23']) {
      await expectProblem(
        await ada.call('GET', `/api/v1/channels/${key}/people`),
        404,
        'resource_unknown',
      )
    }
    expect(server.log).toEqual([])
  })

  test('a wrong key and a malformed one are both 401', async () => {
    const server = await serve()
    for (const authorization of ['Bearer a.b:c', 'Basic eA==', `Bearer ${KEY}x`]) {
      const response = await fetch(`${server.url}/api/v1/channels/north/people`, {
        headers: { authorization },
      })
      await expectProblem(response, 401, 'key_invalid')
    }
  })

  test('what is unknown under /api is a JSON answer, not a page', async () => {
    const server = await serve()
    const response = await fetch(`${server.url}/api/v1/nothing`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toMatch(/json/)
  })
})

describe('other origins', () => {
  test('are never let near /api, with or without cookies', async () => {
    const server = await serve()
    const origin = 'https://evil.example'
    const paths = [
      '/api/v1/session',
      '/api/realtime/token',
      '/api/auth/get-session',
      '/api/v1/setup',
    ]
    for (const path of paths) {
      for (const method of ['OPTIONS', 'GET', 'POST']) {
        const response = await fetch(server.url + path, {
          method,
          headers: { origin, 'access-control-request-method': 'POST' },
        })
        expect(response.headers.get('access-control-allow-origin')).toBeNull()
        expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      }
    }
  })

  test('cannot write with a person’s cookie, nor can a call without an origin', async () => {
    const server = await serve()
    const grace = await setUp(server)
    const ada = await signUp(server, 'Ada')
    const origins = [
      'https://evil.example',
      'null',
      `${server.url}.evil.example`,
      server.url.replace('http:', 'https:'),
      `http://127.0.0.1:${server.port + 1}`,
      undefined,
    ]
    for (const path of ['/channels/north/promote', '/role_assignments', '/invitations', '/setup']) {
      for (const origin of origins) {
        const response = await fetch(`${server.url}/api/v1${path}`, {
          method: 'POST',
          headers: {
            cookie: grace.cookie,
            'content-type': 'application/json',
            ...(origin === undefined ? {} : { origin }),
          },
          body: JSON.stringify({ person: ada.id }),
        })
        await expectProblem(response, 403, 'foreign_origin')
      }
    }
    const own = await grace.call('POST', '/api/v1/channels/north/promote', { person: ada.id })
    expect(own.status).toBe(200)
  })

  test('may be another name of this very machine', async () => {
    const server = await serve()
    const grace = await setUp(server)
    const response = await fetch(`${server.url}/api/v1/invitations`, {
      method: 'POST',
      headers: { cookie: grace.cookie, origin: `http://localhost:${server.port}` },
    })
    expect(response.status).toBe(201)
  })
})

describe('the set-up link', () => {
  const grace = { name: 'Grace', email: 'grace@example.com', password: PASSWORD }

  test('makes the owner once, signed in, who may do everything', async () => {
    const server = await serve()
    const before = await read(await fetch(`${server.url}/api/v1/session`))
    expect(before.body).toMatchObject({ needsOwner: true, title: 'Harbour', home: 'north' })
    const owner = await setUp(server)
    expect(owner.id).not.toBe('')
    const after = await read(await fetch(`${server.url}/api/v1/session`))
    expect(after.body).toMatchObject({ needsOwner: false })
    expect((await owner.call('POST', '/api/v1/invitations')).status).toBe(201)
    const again = await post(server, '/api/v1/setup', {
      ...grace,
      email: 'second@example.com',
      token: setUpToken(server),
    })
    await expectProblem(again, 410, 'set_up_link_used')
  })

  test('opens to its own token only, and a refused account does not use it up', async () => {
    const server = await serve()
    const token = setUpToken(server)
    for (const wrong of ['', 'x', `${token}x`, token.slice(1)]) {
      await expectProblem(
        await post(server, '/api/v1/setup', { ...grace, token: wrong }),
        403,
        'set_up_link_wrong',
      )
    }
    const weak = await post(server, '/api/v1/setup', { ...grace, token, password: 'short' })
    expect(weak.status).toBe(400)
    const nameless = await post(server, '/api/v1/setup', { ...grace, token, name: ' ' })
    expect(nameless.status).toBe(400)
    expect((await post(server, '/api/v1/setup', { ...grace, token })).status).toBe(201)
  })

  test('opened twice at once makes one owner', async () => {
    const server = await serve()
    const token = setUpToken(server)
    const answers = await Promise.all(
      ['one', 'two', 'three', 'four'].map((name) =>
        post(server, '/api/v1/setup', { ...grace, token, email: `${name}@example.com` }),
      ),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => status >= 500)).toEqual([])
  })

  test('is a new one after a restart, and none once there is an owner', async () => {
    const server = await serve()
    const old = setUpToken(server)
    const second = await server.again()
    await expectProblem(
      await post(second, '/api/v1/setup', { ...grace, token: old }),
      403,
      'set_up_link_wrong',
    )
    await setUp(second)
    const third = await second.again()
    expect(third.setUpUrl).toBeUndefined()
  })

  test('is not needed if the environment names the owner, who is made once', async () => {
    const env = { SAYSO_OWNER_EMAIL: 'boss@example.com', SAYSO_OWNER_PASSWORD: PASSWORD }
    const server = await serve(env)
    expect(server.setUpUrl).toBeUndefined()
    const boss = await signIn(server, 'boss@example.com')
    expect((await boss.call('POST', '/api/v1/invitations')).status).toBe(201)
    const second = await server.again()
    expect((await signIn(second, 'boss@example.com')).id).toBe(boss.id)
  })
})

describe('accounts', () => {
  const ada = { name: 'Ada', email: 'ada@example.com', password: PASSWORD }
  const join = (server: Serving, headers: Readonly<Record<string, string>> = {}) =>
    post(server, '/api/auth/sign-up/email', ada, headers)

  test('are open to everybody, invited people, or nobody', async () => {
    expect((await join(await serve({ SAYSO_SIGN_UP: 'open' }))).status).toBe(200)
    const invited = await join(await serve({ SAYSO_SIGN_UP: 'invite' }))
    expect(await read(invited)).toMatchObject({ status: 403, body: { code: 'INVITATION_NEEDED' } })
    const closed = await join(await serve({ SAYSO_SIGN_UP: 'closed' }))
    expect(await read(closed)).toMatchObject({ status: 403, body: { code: 'SIGN_UP_CLOSED' } })
  })

  test('are made with an invitation, which only an admin or an admin key makes', async () => {
    const server = await serve({ SAYSO_SIGN_UP: 'invite' })
    const grace = await setUp(server)
    const made = await read(await grace.call('POST', '/api/v1/invitations'))
    expect(Date.parse(String(made.body.expiresAt))).toBeGreaterThan(Date.now())
    const invitation = new URL(String(made.body.url)).searchParams.get('invite') ?? ''
    const forged = await join(server, { 'x-sayso-invitation': `${invitation}x` })
    expect(forged.status).toBe(403)
    const joined = await join(server, { 'x-sayso-invitation': invitation })
    expect(joined.status).toBe(200)
    const newcomer = await callerOf(server, cookieOf(joined))
    await expectProblem(await newcomer.call('POST', '/api/v1/invitations'), 403, 'denied')
    await expectProblem(await post(server, '/api/v1/invitations', {}), 401, 'not_signed_in')
    expect((await byKey(server, 'POST', '/api/v1/invitations', {})).status).toBe(201)
  })

  test('what newcomers are given is given once: who lost it does not get it back', async () => {
    const server = await serve()
    const caller = await signUp(server, 'Ada')
    const sailor = { person: caller.id, role: 'sailor', on: 'dock:north' }
    const rolesOf = async (cookie: string) => {
      const answer = await read(
        await fetch(`${server.url}/api/v1/channels/north/people`, { headers: asKey }),
      )
      expect(
        (await fetch(`${server.url}/api/realtime/token`, { headers: { cookie } })).status,
      ).toBe(200)
      const people = answer.body.people as { id: string; roles: { role: string; on: string }[] }[]
      return people
        .find(({ id }) => id === caller.id)
        ?.roles.filter(({ on }) => on === 'dock:north')
        .map(({ role }) => role)
    }
    expect(await rolesOf(caller.cookie)).toEqual(['sailor'])
    expect((await byKey(server, 'DELETE', '/api/v1/role_assignments', sailor)).status).toBe(200)
    const again = await signIn(server, caller.email)
    expect(await rolesOf(again.cookie)).toEqual([])
    const second = await server.again()
    const { cookie } = await signIn(second, caller.email)
    const people = await fetch(`${second.url}/api/v1/channels/north/people`, {
      headers: { cookie },
    })
    await expectProblem(people, 404, 'resource_unknown')
  })
})

describe('people', () => {
  test('are listed with their roles, and with what the reader may do, in words', async () => {
    const server = await serve()
    const grace = await setUp(server)
    const ada = await signUp(server, 'Ada')
    const bob = await signUp(server, 'Bob')
    type Listed = {
      id: string
      email?: string
      roles: { title: string }[]
      moves: { command: string; allowed: boolean; effect: string; to: { title: string } }[]
    }
    const list = async (reader: typeof ada) => {
      const { body } = await read(await reader.call('GET', '/api/v1/channels/north/people'))
      return body.people as Listed[]
    }
    const find = (people: Listed[], id: string) => people.find((person) => person.id === id)
    const steps = (person: Listed | undefined) =>
      person?.moves.filter(({ command }) => command === 'promote' || command === 'demote')
    const seen = find(await list(grace), ada.id)
    expect(seen?.roles.map(({ title }) => title)).toEqual(['Sailor', 'Visitor'])
    expect(seen?.moves).toMatchObject([
      { command: 'promote', allowed: true, to: { title: 'Pilot' } },
      { command: 'restrain', allowed: true, to: { title: 'Hushed' } },
    ])
    expect(seen?.moves[0]?.effect).toContain('enter #Bridge')
    const byPeer = find(await list(bob), ada.id)
    expect(steps(byPeer)).toMatchObject([{ command: 'promote', allowed: false }])
    expect(byPeer?.moves[0]?.effect).toMatch(/\S/)
    expect(byPeer).not.toHaveProperty('email')
    await grace.call('POST', '/api/v1/channels/north/promote', { person: ada.id })
    expect(steps(find(await list(bob), ada.id))).toMatchObject([{ command: 'demote' }])
    expect(steps(find(await list(ada), bob.id))).toMatchObject([{ allowed: true }])
    const hidden = await bob.call('GET', '/api/v1/channels/bridge/people')
    await expectProblem(hidden, 404, 'resource_unknown')
    expect((await ada.call('GET', '/api/v1/channels/bridge/people')).status).toBe(200)
  })

  test('are found by an e-mail only if somebody vouched for it', async () => {
    const first = await serve()
    const ada = await signUp(first, 'Ada')
    await first.stop()
    const store = await openSqliteStore({ folder: first.folder })
    const vouched = { name: 'Vera', email: 'Vera@example.com', verified: true }
    await store.transact({
      entries: [
        {
          kind: 'rights',
          cause: { command: 'test' },
          changes: [{ kind: 'put-person', subject: 'user:vera' as never, attributes: vouched }],
        },
      ],
    })
    await store.close()
    const server = await first.again()
    const watcher = (person: string) => ({ person, role: 'watcher', on: 'dock:bridge' })
    const assign = (person: string) =>
      byKey(server, 'POST', '/api/v1/role_assignments', watcher(person))
    expect((await assign('vera@EXAMPLE.com')).status).toBe(200)
    await expectProblem(await assign(ada.email), 404, 'person_unknown')
    expect((await assign(ada.id)).status).toBe(200)
  })
})
