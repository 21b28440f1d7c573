// Where somebody is signed in, for whoever looks after people: listed, ended one by one or all, said in the audit log.

import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type Caller, setUp, signIn, signUp } from './people.ts'
import { rawClient } from './raw-client.ts'
import { endAll, type Serving, serve } from './serving.ts'

afterEach(endAll)

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))

type Session = Readonly<Record<'id' | 'startedAt' | 'address', string>> & {
  readonly connections: number
}

async function place() {
  const server = await serve({ SAYSO_POLICY: DEFAULT_POLICY })
  const grace = await setUp(server)
  const ada = await signUp(server, 'Ada')
  const phone = await signIn(server, ada.email)
  return { server, grace, ada, phone, path: `/api/v1/people/${ada.id}/sessions` }
}

async function listed(caller: Caller, path: string): Promise<readonly Session[]> {
  const response = await caller.call('GET', path)
  expect(response.status).toBe(200)
  return ((await response.json()) as { items: readonly Session[] }).items
}

async function lines(caller: Caller, command: string) {
  const response = await caller.call('GET', `/api/v1/audit?command=${command}`)
  return ((await response.json()) as { items: readonly Readonly<Record<string, unknown>>[] }).items
}

async function connected(server: Serving, caller: Caller) {
  const token = await (await caller.call('GET', '/api/realtime/token')).text()
  const client = await rawClient(server.url, { access_token: token })
  await client.attach('chat:general')
  return client
}

test('sessions are listed with masked addresses and their connections; reading leaves a line', async () => {
  const { server, grace, ada, path } = await place()
  await connected(server, ada)
  const found = await listed(grace, path)
  expect(found).toHaveLength(2)
  expect(found.map(({ connections }) => connections).sort()).toEqual([0, 1])
  expect(found.map(({ address }) => address)).toEqual(['127.0.•.•', '127.0.•.•'])
  const whole = await listed(grace, `${path}?addresses=whole`)
  expect(whole.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1'])
  expect((await lines(grace, 'read.sessions'))[0]).toMatchObject({
    actor: `user:${grace.id}`,
    target: `user:${ada.id}`,
  })
})

test('one is ended, and what came by it is cut off; the line names who did it', async () => {
  const { server, grace, ada, phone, path } = await place()
  const client = await connected(server, ada)
  const own = (await listed(grace, path)).find(({ connections }) => connections === 1)
  const ended = await grace.call('DELETE', `${path}/${own?.id}?reason=lost+phone`)
  expect(await ended.json()).toEqual({ ended: 1 })
  await client.closed
  expect((await ada.call('GET', '/api/v1/me/sessions')).status).toBe(401)
  expect((await phone.call('GET', '/api/v1/me/sessions')).status).toBe(200)
  expect(await lines(grace, 'end-session')).toMatchObject([
    { actor: `user:${grace.id}`, target: `user:${ada.id}`, reason: 'lost phone' },
  ])
  const again = await grace.call('DELETE', `${path}/${own?.id}`)
  expect([again.status, await again.json()]).toMatchObject([404, { code: 'session_unknown' }])
  // What people end themselves is theirs.
  const [rest] = await listed(grace, path)
  await phone.call('DELETE', `/api/v1/me/sessions/${rest?.id}`)
  expect((await lines(grace, 'end-session'))[0]).toMatchObject({ actor: `user:${ada.id}` })
})

test('all are ended by whoever manages people, and by nobody else', async () => {
  const { grace, ada, phone, path } = await place()
  for (const method of ['GET', 'DELETE']) expect((await ada.call(method, path)).status).toBe(403)
  expect(await (await grace.call('DELETE', path)).json()).toEqual({ ended: 2 })
  expect((await phone.call('GET', '/api/v1/me/sessions')).status).toBe(401)
  expect(await listed(grace, path)).toEqual([])
  expect((await grace.call('GET', '/api/v1/people/nobody/sessions')).status).toBe(404)
})
