// What is one's own: taken along as an archive, and erased so that no byte of it is left.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as Ably from 'ably'
import { afterEach, describe, expect, test } from 'vitest'
import { CHANNEL, type Sender, sender, senderOf } from './file-case.ts'
import { PASSWORD, post, setUp, signIn } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const clients: Ably.Realtime[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await endAll()
})

const SECRET = 'quillwort tamarind'
const CONTENT = Buffer.from('the ledger of the heron, line by line\n')
const asKey = {
  authorization: `Basic ${Buffer.from(KEY).toString('base64')}`,
  'content-type': 'application/json',
}

/** Somebody who has left traces wherever traces are kept. */
async function traces(server: Serving, grace: Sender): Promise<Sender & { serial: string }> {
  const zelda = await sender(server, 'Zeldamarie')
  const file = await zelda.bring('heron-ledger.txt', CONTENT)
  const serial = await zelda.said({
    data: `first ${SECRET}`,
    extras: { attachments: [{ id: file.id }] },
  })
  const edited = await zelda.fetch(`/channels/${CHANNEL}/messages/${serial}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${zelda.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      action: 1,
      data: `second ${SECRET}`,
      version: { description: `why ${SECRET}` },
    }),
  })
  expect(edited.ok).toBe(true)
  await zelda.said({ id: `id-${SECRET.replace(' ', '-')}`, data: 'with an id of its own' })
  await grace.said({ data: 'an answer that stays' })
  await zelda.call('PUT', `/api/v1/me/state/drafts/${CHANNEL}`, { text: `draft ${SECRET}` })
  await zelda.call('POST', '/api/v1/channels/notices/requests', { note: `please, ${SECRET}` })
  // So that the index has it as well.
  const found = await grace.call('GET', '/api/v1/search?q=quillwort')
  expect((await found.json()).items.length).toBeGreaterThan(0)
  return { ...zelda, serial }
}

/** Every byte the server has on disk. */
function bytesIn(folder: string): Buffer {
  return Buffer.concat(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path)),
  )
}

const TRACES = ['Zeldamarie', 'zeldamarie@example.com', SECRET, 'quillwort', 'heron']

function tracesIn(folder: string): readonly string[] {
  const bytes = bytesIn(folder)
  return TRACES.filter((trace) => bytes.includes(trace))
}

async function connected(server: Serving, person: Sender): Promise<Ably.Realtime> {
  const client = new Ably.Realtime({
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    disableConnectivityCheck: true,
    logLevel: 0,
    token: person.token,
  })
  clients.push(client)
  await client.channels.get(CHANNEL).attach()
  return client
}

const erase = (person: Sender, body: unknown) => person.call('POST', '/api/v1/me/erasure', body)

async function channelNow(server: Serving): Promise<readonly Record<string, unknown>[]> {
  const response = await fetch(`${server.url}/channels/${CHANNEL}/messages`, { headers: asKey })
  return (await response.json()) as Record<string, unknown>[]
}

const verify = async (server: Serving) =>
  (await (await fetch(`${server.url}/api/v1/audit/verify`, { headers: asKey })).json()) as {
    intact: boolean
    erased?: number
  }

describe('erasing oneself', () => {
  test('leaves no byte behind, cuts what is open, and proves itself in the audit log', async () => {
    const server = await serve()
    const grace = await senderOf(server, await setUp(server))
    const zelda = await traces(server, grace)
    expect(tracesIn(server.folder)).toEqual(
      expect.arrayContaining(['Zeldamarie', 'quillwort', 'heron']),
    )
    const open = await connected(server, zelda)
    const response = await erase(zelda, { password: PASSWORD, messages: 'delete' })
    const receipt = await response.json()
    expect([response.status, receipt]).toMatchObject([
      200,
      { sessions: 1, messages: 2, files: 1, own: 1, entries: expect.any(Number) },
    ])
    expect(open.connection.state).not.toBe('connected')
    expect(await verify(server)).toMatchObject({ intact: true, erased: receipt.auditLines })
    expect((await channelNow(server)).filter(({ action }) => action !== 2)).toEqual([
      expect.objectContaining({ data: 'an answer that stays' }),
    ])
    expect((await zelda.call('GET', '/api/v1/me/export')).status).toBe(401)
    const again = { email: zelda.email, password: PASSWORD }
    expect((await post(server, '/api/auth/sign-in/email', again)).ok).toBe(false)
    await server.stop()
    expect(tracesIn(server.folder)).toEqual([])
  })

  test('keeps the messages where that is wanted, and no name with them', async () => {
    const server = await serve()
    const grace = await senderOf(server, await setUp(server))
    const zelda = await traces(server, grace)
    expect((await erase(zelda, { password: PASSWORD })).status).toBe(200)
    const texts = (await channelNow(server)).map(({ data }) => data)
    expect(texts).toEqual(expect.arrayContaining([`second ${SECRET}`, 'with an id of its own']))
    expect(await verify(server)).toMatchObject({ intact: true })
    await server.stop()
    expect(tracesIn(server.folder).filter((trace) => /zelda/i.test(trace))).toEqual([])
  })

  test('asks for the password, and not for long', async () => {
    const server = await serve()
    const zelda = await sender(server, 'Zeldamarie')
    const codeOf = async (body: unknown) => (await (await erase(zelda, body)).json()).code
    expect(await codeOf({})).toBe('confirmation_wrong')
    for (let count = 0; count < 4; count += 1)
      expect(await codeOf({ password: 'not the one' })).toBe('confirmation_wrong')
    expect(await codeOf({ password: PASSWORD })).toBe('too_many')
    expect(await (await zelda.call('GET', '/api/v1/me/erasure')).json()).toEqual({
      confirmBy: 'password',
      recent: true,
      messages: 'keep',
    })
  })

  test('is refused to the last owner', async () => {
    const server = await serve()
    const grace = await senderOf(server, await setUp(server))
    const response = await erase(grace, { password: PASSWORD })
    expect([response.status, (await response.json()).code]).toEqual([409, 'conflict'])
    expect(await (await grace.call('GET', '/api/v1/me/erasure')).json()).toMatchObject({
      obstacle: 'last-owner',
    })
    expect((await grace.say({ data: 'still here' })).ok).toBe(true)
  })

  test('that a crash cut short is gone on with at the start', async () => {
    const server = await serve()
    const grace = await senderOf(server, await setUp(server))
    const zelda = await traces(server, grace)
    const { openSqliteStore } = await import('@sayso/store/sqlite')
    await server.stop()
    const store = await openSqliteStore({ folder: server.folder })
    const texts = ['Zeldamarie', 'zeldamarie@example.com']
    const value = { id: 'cut', person: zelda.id, extent: 'delete', texts, by: `user:${zelda.id}` }
    await store.transact({
      entries: [],
      records: [{ collection: 'erasures', key: zelda.id, value }],
    })
    await store.close()
    const next = await server.again()
    expect(await verify(next)).toMatchObject({ intact: true })
    await next.stop()
    expect(tracesIn(server.folder)).toEqual([])
  })
})

describe('removing somebody else', () => {
  test('reaches their account; what they wrote stays', async () => {
    const server = await serve()
    const grace = await senderOf(server, await setUp(server))
    const zelda = await traces(server, grace)
    const open = await connected(server, zelda)
    expect((await grace.call('DELETE', `/api/v1/people/${zelda.id}`)).ok).toBe(true)
    expect(open.connection.state).not.toBe('connected')
    await expect(signIn(server, zelda.email)).rejects.toThrow('401')
    const texts = (await channelNow(server)).map(({ data }) => data)
    expect(texts).toContain(`second ${SECRET}`)
    expect(await verify(server)).toMatchObject({ intact: true })
  })

  test('not above one’s own rights', async () => {
    const server = await serve()
    const grace = await setUp(server)
    const zelda = await sender(server, 'Zeldamarie')
    expect((await zelda.call('DELETE', `/api/v1/people/${grace.id}`)).status).toBe(403)
  })
})

describe('the archive of one’s data', () => {
  test('has all of one’s own and nothing of others', async () => {
    const server = await serve()
    const grace = await senderOf(server, await setUp(server))
    const zelda = await traces(server, grace)
    const response = await zelda.call('GET', '/api/v1/me/export')
    expect(response.headers.get('content-type')).toBe('application/zip')
    // Stored as it is, so that it can be looked into without unpacking.
    const archive = Buffer.from(await response.arrayBuffer())
    for (const name of ['profile.json', 'sessions.json', 'roles.json', 'messages.jsonl', 'files/'])
      expect(archive.includes(name), name).toBe(true)
    for (const text of ['zeldamarie@example.com', `first ${SECRET}`, `second ${SECRET}`])
      expect(archive.includes(text), text).toBe(true)
    expect(archive.includes(`draft ${SECRET}`)).toBe(true)
    expect(archive.includes(CONTENT)).toBe(true)
    expect(archive.includes('an answer that stays')).toBe(false)
    expect(archive.includes('grace@example.com')).toBe(false)
  })
})
