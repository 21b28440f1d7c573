// What a review of a draft is told beside its text: who writes now, who begins to read what, how many hold a role.

import { readFile } from 'node:fs/promises'
import * as Ably from 'ably'
import { afterEach, expect, test } from 'vitest'
import { endAll, KEY, POLICY, type Serving, serve } from './serving.ts'

type Item = Readonly<Record<string, unknown>>

const clients: Ably.Realtime[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await endAll()
})

async function call(server: Serving, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Item
}

function connected(server: Serving, clientId: string): Ably.Realtime {
  const client = new Ably.Realtime({
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    disableConnectivityCheck: true,
    logLevel: 0,
    key: KEY,
    useTokenAuth: true,
    clientId,
  })
  clients.push(client)
  return client
}

test('a trial says who of those concerned writes now, and where people begin or cease to read', async () => {
  const server = await serve()
  const people = ['x', 'y'].map((id) => ({ person: `user:${id}`, attributes: { name: id } }))
  const grants = ['x', 'y'].map((id) => ({ assign: `dock:north#sailor@user:${id}` }))
  await call(server, 'POST', '/changes', { changes: [...people, ...grants] })
  const [one, other] = ['x', 'y'].map((id) => connected(server, id).channels)
  await one?.get('dock:north').attach()
  await other?.get('dock:north').attach()
  const room = one?.get('dock:north::$chat')
  await room?.publish({ name: 'typing.started', extras: { ephemeral: true } })
  const text = (await readFile(POLICY, 'utf8')).replace('[subscribe, history]', '[history]')
  const trial = await call(server, 'POST', '/simulate', { text })
  expect(trial.live).toMatchObject({
    people: 2,
    typing: 1,
    named: [{ subject: 'user:x', isTyping: true }, { subject: 'user:y' }],
  })
  expect(trial.byResource).toMatchObject([
    { resource: 'dock:north', reading: { gained: 0, lost: 2 } },
  ])
  await room?.publish({ name: 'typing.stopped', extras: { ephemeral: true } })
  expect((await call(server, 'POST', '/simulate', { text })).live).toMatchObject({ typing: 0 })
})

test('roles say how many different people hold them, by name or by a group', async () => {
  const server = await serve()
  const assign = (...all: string[]) =>
    call(server, 'POST', '/changes', { changes: all.map((each) => ({ assign: each })) })
  await call(server, 'POST', '/changes', {
    changes: ['x', 'y', 'z'].map((id) => ({ person: `user:${id}`, attributes: {} })),
  })
  await assign('dock:north#sailor@user:x', 'dock:bridge#sailor@user:x', 'dock:north#pilot@user:y')
  await assign('dock:bridge#sailor@user:z')
  const { items } = await call(server, 'GET', '/roles?count=people')
  const count = (role: string) =>
    (items as Item[]).find((each) => each.role === role && each.on === 'dock')?.people
  expect([count('sailor'), count('pilot'), count('watcher')]).toEqual([2, 1, 0])
  const plain = (await call(server, 'GET', '/roles')).items as Item[]
  expect(plain.every((each) => !('people' in each))).toBe(true)
})
