// What administrators read of other people's leaves a line in the audit log: one for each caller, target and minute.

import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type Caller, setUp, signIn, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

afterEach(endAll)

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))
const asKey = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }

type Line = Readonly<Record<string, unknown>>

/** The lines that people's reading left, oldest first; this reads the log as a key. */
async function reads(server: Serving): Promise<readonly string[]> {
  const response = await fetch(`${server.url}/api/v1/audit?limit=1000`, { headers: asKey })
  const { items } = (await response.json()) as { items: readonly Line[] }
  return items
    .filter(({ command }) => String(command).startsWith('read.'))
    .filter(({ actor }) => actor !== 'key:first')
    .map(({ command, actor, target }) => `${command} ${actor} ${target}`)
    .reverse()
}

/** Reads once or many times, and answers with the lines that were left. */
async function leaves(server: Serving, read: () => Promise<Response>): Promise<readonly string[]> {
  const before = await reads(server)
  for (let times = 0; times < 3; times += 1) {
    const response = await read()
    expect([200, 201]).toContain(response.status)
    await response.arrayBuffer()
  }
  return (await reads(server)).slice(before.length)
}

async function place() {
  const server = await serve({ SAYSO_POLICY: DEFAULT_POLICY })
  const grace = await setUp(server)
  const bob = await signUp(server, 'Bob')
  return { server, grace, bob }
}

/** A test may run into the next minute, and leave a line again: each once, in order. */
const once = (lines: readonly string[]) => [...new Set(lines)]

test('each thing that is other people’s leaves one line, however often it is read', async () => {
  const { server, grace, bob } = await place()
  const by = `user:${grace.id}`
  const get = (path: string) => () => grace.call('GET', `/api/v1${path}`)
  const left = async (read: () => Promise<Response>) => once(await leaves(server, read))
  expect(await left(get('/audit?limit=1'))).toEqual([`read.audit ${by} audit`])
  expect(await left(get('/audit/export'))).toEqual([`read.audit ${by} audit/export`])
  expect(await left(get('/decisions'))).toEqual([`read.decisions ${by} decisions`])
  expect(await left(get('/decisions/export'))).toEqual([`read.decisions ${by} decisions/export`])
  expect(await left(get('/connections'))).toEqual([`read.connections ${by} connections`])
  for (const kind of ['people', 'grants', 'resources'])
    expect(await left(get(`/exports/${kind}`))).toEqual([`read.export ${by} exports/${kind}`])
  const subject = `user:${bob.id}`
  const question = { subject, action: 'publish', resource: 'channel:general' }
  const explained = [`read.explanation ${by} ${subject}`]
  expect(await left(() => grace.call('POST', '/api/v1/explain', question))).toEqual(explained)
  const actions = `/access/actions?subject=${subject}&resource=channel:general`
  // Still the same minute, or the next one: no line, or that one again.
  expect([...new Set([...explained, ...(await left(get(actions)))])]).toEqual(explained)
  const who = '/access/subjects?action=publish&resource=channel:general'
  expect(await left(get(who))).toEqual([`read.explanation ${by} channel:general`])
  const token = await (await bob.call('GET', '/api/realtime/token')).text()
  const inspect = () => grace.call('POST', '/api/v1/tokens/inspect', { token })
  expect(await left(inspect)).toEqual([`read.token ${by} token of ${subject}`])
})

test('what is one’s own leaves none, nor does what anybody may read', async () => {
  const { server, bob } = await place()
  const own = { action: 'publish', resource: 'channel:general' }
  expect(await leaves(server, () => bob.call('POST', '/api/v1/explain', own))).toEqual([])
  expect(await leaves(server, () => bob.call('GET', '/api/v1/session'))).toEqual([])
  expect(await leaves(server, () => history(server, bob, 'chat:general'))).toEqual([])
  const key = () => fetch(`${server.url}/channels/chat%3Ageneral/messages`, { headers: basic })
  expect(await leaves(server, key)).toEqual([])
})

const basic = { authorization: `Basic ${Buffer.from(KEY).toString('base64')}` }

async function history(server: Serving, who: Caller, channel: string): Promise<Response> {
  const token = await (await who.call('GET', '/api/realtime/token')).text()
  return fetch(`${server.url}/channels/${encodeURIComponent(channel)}/messages`, {
    headers: { authorization: `Bearer ${token}` },
  })
}

test('the history of a channel one is not in leaves one, of one’s own channel none', async () => {
  const { server, grace, bob } = await place()
  await grace.call('POST', '/api/v1/changes', {
    changes: [
      { resource: 'channel:quiet', attributes: {} },
      { assign: `channel:quiet#participant@user:${bob.id}` },
    ],
  })
  const read = () => history(server, grace, 'chat:quiet')
  expect(once(await leaves(server, read))).toEqual([`read.history user:${grace.id} chat:quiet`])
  expect(await leaves(server, () => history(server, bob, 'chat:quiet'))).toEqual([])
})

test('lines are of the same chain, and stay after a restart', async () => {
  const { server, grace } = await place()
  await grace.call('GET', '/api/v1/connections')
  const again = await server.again()
  expect(await reads(again)).toContain(`read.connections user:${grace.id} connections`)
  const verdict = await fetch(`${again.url}/api/v1/audit/verify`, { headers: asKey })
  expect(await verdict.json()).toMatchObject({ intact: true })
  expect((await signIn(again, grace.email)).id).toBe(grace.id)
})

test('somebody of the main app in another one is named with the app they are of', async () => {
  const { server, grace } = await place()
  const made = (await (await grace.call('POST', '/api/v1/apps', { name: 'Shop' })).json()) as {
    id: string
    key: string
  }
  const inShop = { cookie: grace.cookie, origin: server.url, 'sayso-app': made.id }
  const changed = await fetch(`${server.url}/api/v1/changes`, {
    method: 'POST',
    headers: { ...inShop, 'content-type': 'application/json' },
    body: JSON.stringify({ changes: [{ person: 'user:ann', attributes: { name: 'Ann' } }] }),
  })
  expect(changed.status).toBe(200)
  await fetch(`${server.url}/api/v1/exports/people`, { headers: inShop })
  const audit = await fetch(`${server.url}/api/v1/audit?limit=2`, { headers: inShop })
  const { items } = (await audit.json()) as { items: readonly Line[] }
  const [home] = KEY.split('.')
  expect(items.map(({ command, actor }) => `${command} ${actor}`)).toEqual([
    `read.export user:${grace.id}@${home}`,
    `change-rights user:${grace.id}@${home}`,
  ])
})

test('a link takes a list of another app along, for whoever manages apps', async () => {
  const { server, grace, bob } = await place()
  const made = (await (await grace.call('POST', '/api/v1/apps', { name: 'Shop' })).json()) as {
    id: string
  }
  const file = (caller: Caller, rest: string) =>
    fetch(`${server.url}/api/v1/audit/export?${rest}`, { headers: { cookie: caller.cookie } })
  const link = `format=csv&app=${made.id}`
  const own = await (await file(grace, 'format=csv')).text()
  const theirs = await file(grace, link)
  expect(theirs.headers.get('content-disposition')).toContain('attachment')
  const text = await theirs.text()
  expect(text.split('\r\n')[0]).toBe(own.split('\r\n')[0])
  expect(text).toContain(`found-app,${made.id},`)
  expect(own).not.toContain(`found-app,${made.id},`)
  expect((await file(bob, link)).status).toBe(403)
  expect((await file(grace, 'format=csv&app=nowhere')).status).toBe(404)
  // What writes is not named by a link.
  const put = await grace.call('POST', `/api/v1/changes?app=${made.id}`, {
    changes: [{ person: 'user:ann', attributes: { name: 'Ann' } }],
  })
  expect(put.status).toBe(200)
  expect((await grace.call('GET', '/api/v1/people/ann')).status).toBe(200)
})
