// A draft tried in shadow: real questions are decided by it as well, what it would answer otherwise is counted, nobody is answered
// by it, and it bears what comes too fast.

import { readFile } from 'node:fs/promises'
import * as Ably from 'ably'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endAll, KEY, POLICY, type Serving, serve } from './serving.ts'

type Item = Readonly<Record<string, unknown>>
type Shown = Item & { readonly differences: readonly Item[] }

const clients: Ably.Realtime[] = []
let server: Serving
let stricter: string

beforeEach(async () => {
  server = await serve()
  const text = await readFile(POLICY, 'utf8')
  stricter = text.replace(
    '    rules:\n',
    `    rules:
      - { id: calm, forbid: publish, when: 'message.after.name == "shout"' }
      - { id: no-history, forbid: history }
`,
  )
  await call('POST', '/changes', {
    changes: [{ person: 'user:x', attributes: {} }, { assign: 'dock:north#sailor@user:x' }],
  })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await endAll()
})

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Item }
}

const shown = async () => (await call('GET', '/policy/shadow')).body as Shown

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
  }
}

/** Everything that was taken so far has been decided beside once another one differs. */
const differing = (action: string, count = 1) =>
  until(async () =>
    (await shown()).differences.find(
      (each) => each.action === action && Number(each.count) >= count,
    ),
  )

async function begin(body: Item = {}, text = stricter): Promise<string> {
  const { id } = (await call('POST', '/policy/drafts', { title: 'Calm', text })).body
  const begun = await call('POST', `/policy/drafts/${id}/shadow`, body)
  expect([begun.status, begun.body.code]).toEqual([201, undefined])
  return String(id)
}

const may = async (action: string) =>
  (await call('POST', '/explain', { subject: 'user:x', action, resource: 'dock:north' })).body
    .allowed

function connected(clientId: string): Ably.Realtime {
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

test('counts what it would answer otherwise, by whom, where and why; the answers stay', async () => {
  const id = await begin()
  expect(await may('history')).toBe(true)
  expect(await may('history')).toBe(true)
  expect(await differing('history', 2)).toMatchObject({
    subject: 'user:x',
    on: 'dock:north',
    allowed: true,
    by: 'dock:north#sailor',
    shadowBy: 'types.dock.rules.no-history',
    count: 2,
  })
  const { draft, isOn, asked, differed, skipped } = await shown()
  expect({ draft, isOn, differed, skipped }).toEqual({
    draft: id,
    isOn: true,
    differed: 2,
    skipped: 0,
  })
  expect(Number(asked)).toBeGreaterThanOrEqual(2)
  const policy = String((await call('GET', '/policy')).body.text)
  expect(policy).not.toContain('no-history')
})

test('what is published on channels is asked with its message', async () => {
  await begin()
  const channel = connected('x').channels.get('dock:north')
  await channel.publish('word', 'hello')
  await channel.publish('shout', 'HELLO')
  expect(await differing('publish')).toMatchObject({
    subject: 'user:x',
    on: 'dock:north',
    allowed: true,
    shadowBy: 'types.dock.rules.calm',
    count: 1,
  })
})

test('what is refused is asked as well, and found where the draft would allow it', async () => {
  await begin(
    {},
    (await readFile(POLICY, 'utf8')).replace('can: [subscribe, history]', "can: ['*']"),
  )
  await call('POST', '/changes', { changes: [{ assign: 'dock:bridge#watcher@user:y' }] })
  const refused = connected('y').channels.get('dock:bridge').publish('word', 'hello')
  await expect(refused).rejects.toMatchObject({ code: 40160 })
  expect(await differing('publish')).toMatchObject({
    allowed: false,
    shadowBy: 'dock:bridge#watcher',
  })
})

test('takes its share of the questions, ends when it is told to, and leaves what it found', async () => {
  await begin({ share: 25 })
  const before = Number((await shown()).asked)
  for (let count = 0; count < 40; count += 1) await may('history')
  expect(Number((await shown()).asked) - before).toBe(10)
  const other = await call('POST', '/policy/drafts', { title: 'Other', text: stricter })
  const second = await call('POST', `/policy/drafts/${other.body.id}/shadow`, {})
  expect(second.body.code).toBe('conflict')
  await differing('history', 10)
  expect((await call('DELETE', '/policy/shadow')).body).toMatchObject({ isOn: false, differed: 10 })
  for (let count = 0; count < 8; count += 1) await may('history')
  expect(await shown()).toMatchObject({ isOn: false, asked: 10, differed: 10 })
  expect((await call('DELETE', '/policy/shadow')).body.code).toBe('conflict')
})

test('goes on over a restart with what it has counted', async () => {
  await begin()
  await may('history')
  await differing('history')
  server = await server.again()
  expect(await shown()).toMatchObject({ isOn: true, title: 'Calm', differed: 1 })
  await may('history')
  expect(await differing('history', 2)).toMatchObject({ by: 'dock:north#sailor' })
})

test('is for whole drafts, and for those who may', async () => {
  expect((await call('GET', '/policy/shadow')).body.code).toBe('shadow_unknown')
  const { id } = (await call('POST', '/policy/drafts', { title: 'Broken', text: 'version: 1' }))
    .body
  expect((await call('POST', `/policy/drafts/${id}/shadow`, {})).body.code).toBe('policy_invalid')
  expect((await call('POST', '/policy/drafts/none/shadow', {})).body.code).toBe('draft_unknown')
})
