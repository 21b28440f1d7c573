// What those who run the place look after: who could read a message, what a key is used by, who is connected and how far
// behind, and lines of the audit log found by what they are about.

import * as Ably from 'ably'
import { afterEach, expect, test } from 'vitest'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const clients: Ably.Realtime[] = []

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await endAll()
})

type Answer = Readonly<Record<string, unknown>> & {
  readonly items: readonly Readonly<Record<string, unknown>>[]
  readonly next?: string
}

async function call(server: Serving, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Answer }
}

async function answered(server: Serving, method: string, path: string, body?: unknown) {
  const { status, body: answer } = await call(server, method, `/api/v1${path}`, body)
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`)
  return answer
}

async function connected(server: Serving, options: Ably.ClientOptions): Promise<Ably.Realtime> {
  const client = new Ably.Realtime({
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    disableConnectivityCheck: true,
    logLevel: 0,
    ...options,
  })
  clients.push(client)
  await client.connection.once('connected')
  return client
}

const assign = (server: Serving, method: string, person: string, role: string) =>
  answered(server, method, '/role_assignments', { person, role, on: 'dock:bridge' })

test('who could read a message is told as of then and as of now, and asking leaves a line', async () => {
  const server = await serve()
  const changes = ['ann', 'bo'].map((id) => ({ person: `user:${id}`, attributes: { name: id } }))
  await answered(server, 'POST', '/changes', { changes })
  await assign(server, 'POST', 'ann', 'sailor')
  const channel = (await connected(server, { key: KEY, clientId: 'crane' })).channels.get(
    'dock:bridge',
  )
  await channel.publish('said', 'hello')
  const [{ serial = '' } = {}] = (await channel.history()).items
  await assign(server, 'DELETE', 'ann', 'sailor')
  await assign(server, 'POST', 'bo', 'pilot')
  const path = `/channels/dock:bridge/messages/${encodeURIComponent(serial)}/readers`
  const then = await answered(server, 'GET', `${path}?at=then`)
  expect(then).toMatchObject({
    at: 'then',
    resource: 'dock:bridge',
    sinceMs: expect.any(Number),
    items: [
      {
        subject: 'user:ann',
        name: 'ann',
        ways: ['subscribe', 'history'],
        role: { role: 'sailor' },
      },
    ],
  })
  const now = await answered(server, 'GET', `${path}?at=now`)
  expect(now.items).toMatchObject([{ subject: 'user:bo', role: { role: 'pilot' } }])
  const log = await answered(server, 'GET', '/audit?command=read.explanation')
  expect(log.items).toMatchObject([{ target: `dock:bridge/${serial}` }])
  const unknown = await call(server, 'GET', '/api/v1/channels/dock:bridge/messages/none/readers')
  expect(unknown.status).toBe(404)
})

test('lines are found by the place and the person they are about, and the newest are checked alone', async () => {
  const server = await serve()
  const changes = [{ person: 'user:ann', attributes: { name: 'ann' } }]
  await answered(server, 'POST', '/changes', { changes })
  await assign(server, 'POST', 'ann', 'sailor')
  const commands = async (query: string) =>
    (await answered(server, 'GET', `/audit?${query}`)).items.map(({ command }) => command)
  expect(await commands('person=user:ann')).toEqual(['assign-role'])
  expect(await commands('resource=dock:bridge')).toEqual(['assign-role'])
  expect(await commands('resource=dock:north&command=assign-role')).toEqual([])
  const part = await answered(server, 'GET', '/audit/verify?newest=2')
  expect(part).toMatchObject({ intact: true, lines: 2, from: expect.any(Number) })
  expect(await answered(server, 'GET', '/audit/verify')).not.toHaveProperty('from')
})

test('a key says how many use it, and what they would lose by a change', async () => {
  const server = await serve()
  const made = await answered(server, 'POST', '/keys', {
    name: 'bridge',
    permissions: { 'dock:*': ['subscribe'] },
  })
  const client = await connected(server, { key: String(made.key), clientId: 'crane' })
  await client.channels.get('dock:bridge').attach()
  await client.channels.get('dock:north').attach()
  expect(await answered(server, 'GET', `/keys/${made.id}`)).toMatchObject({ connections: 1 })
  const preview = await answered(server, 'POST', '/keys/preview', {
    key: made.id,
    permissions: { 'dock:north': ['subscribe'] },
  })
  expect(preview).toMatchObject({
    items: [{ channel: 'dock:north', operations: ['subscribe'], attached: 1 }],
    covered: 1,
    connections: {
      count: 1,
      items: [{ clientId: 'crane', keeps: ['dock:north'], loses: ['dock:bridge'] }],
    },
  })
})

test('connections are paged as they came, filtered, and say how far they are behind', async () => {
  const server = await serve()
  for (const clientId of ['one', 'two', 'three']) await connected(server, { key: KEY, clientId })
  const page = await answered(server, 'GET', '/connections?limit=2')
  expect(page.items.map(({ clientId }) => clientId)).toEqual(['one', 'two'])
  const rest = await answered(server, 'GET', `/connections?limit=2&after=${page.next}`)
  expect(rest.items).toMatchObject([{ clientId: 'three', key: 'first' }])
  clients[0]?.close()
  await clients[0]?.connection.once('closed')
  const again = await answered(server, 'GET', `/connections?limit=2&until=${page.next}`)
  expect(again.items).toMatchObject([{ clientId: 'two' }])
  expect((await answered(server, 'GET', '/connections?key=none')).items).toEqual([])
  expect((await answered(server, 'GET', '/connections?agent=ABLY-JS')).items).toHaveLength(2)
  const { revision } = await answered(server, 'POST', '/changes', {
    changes: [{ person: 'user:ann', attributes: { name: 'ann' } }],
  })
  const told = await answered(server, 'GET', '/connections')
  expect(told.items.map((each) => each.revision)).toEqual([revision, revision])
})
