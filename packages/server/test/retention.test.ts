// What channels keep no longer goes for good and from everywhere; what a legal hold is on stays, whoever would remove it.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { steadyNow } from '../src/steady-clock.ts'
import { deskOn, opens } from './desk-case.ts'
import { type Sender, senderOf } from './file-case.ts'
import { PASSWORD, setUp, signIn, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'
import { byKey, type Json, visit } from './widget-case.ts'

const POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))
const DAY_MS = 86_400_000
const CHANNEL = 'chat:general'
const ON = 'channel:general'

const closing: (() => unknown)[] = []
// The clocks alone: what waits for a socket or a disk waits for real. They are turned once, as time goes on between tests.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  steadyNow()
  daysPass(1)
  steadyNow()
})
afterAll(() => void vi.useRealTimers())
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  await endAll()
})

function daysPass(days: number): void {
  vi.advanceTimersByTime(days * DAY_MS)
}

type House = {
  readonly server: Serving
  readonly grace: Sender
  readonly zelda: Sender
  /** Publishes; the serial of the message. */
  readonly said: (who: Sender, message: Json) => Promise<string>
}

async function house(): Promise<House> {
  const server = await serve({ SAYSO_POLICY: POLICY, SAYSO_PRIVATE_WEBHOOKS: 'on' })
  const grace = await senderOf(server, await setUp(server))
  const zelda = await senderOf(server, await signUp(server, 'Zeldamarie'))
  return {
    server,
    grace,
    zelda,
    said: async (who, message) => {
      const response = await who.say(message, CHANNEL)
      const answer = (await response.json()) as { serials: string[] }
      expect(response.status, JSON.stringify(answer)).toBe(201)
      return answer.serials[0] ?? ''
    },
  }
}

/** Somebody whose session is of today. */
async function again(server: Serving, { email }: Sender): Promise<Sender> {
  return senderOf(server, await signIn(server, email))
}

const keepFor = (server: Serving, days: number | null, resource = ON) =>
  byKey(server, 'PUT', `/retention/channels/${encodeURIComponent(resource)}`, { days })
const sweep = async (server: Serving) => (await byKey(server, 'POST', '/retention/sweeps')).body
const hold = (server: Serving, on: string, owner: string, more: Json = {}) =>
  byKey(server, 'POST', '/holds', { on, reason: 'Case 4711', owner, ...more })

async function textsIn(server: Serving, channel = CHANNEL): Promise<readonly unknown[]> {
  const authorization = `Basic ${Buffer.from(KEY).toString('base64')}`
  const address = `${server.url}/channels/${encodeURIComponent(channel)}/messages?limit=1000`
  const response = await fetch(`${address}&direction=forwards`, { headers: { authorization } })
  return ((await response.json()) as { data: unknown }[]).map(({ data }) => data)
}

/** Every byte the server has on disk. */
function bytesIn(folder: string): Buffer {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
  return Buffer.concat(paths.map((path) => readFileSync(path)))
}

/** An endpoint that hears every message and answers with an error, so that all waits. */
async function endpoint(server: Serving): Promise<void> {
  const target = createServer((_request, response) => response.writeHead(500).end())
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
  closing.push(() => target.close())
  const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`
  const made = await byKey(server, 'POST', '/webhooks', { url, events: ['message.published'] })
  expect(made.status).toBe(201)
}

describe('retention', () => {
  test('takes what is past out of everything, for good, and tells who has it open', async () => {
    const { server, grace, zelda, said } = await house()
    await endpoint(server)
    const file = await zelda.bring('heron-ledger.txt', Buffer.from('the tamarind ledger\n'), {
      key: 'general',
    })
    const old = await said(zelda, {
      data: 'first tamarind',
      extras: { attachments: [{ id: file.id }] },
    })
    await zelda.fetch(`/channels/${CHANNEL}/messages/${old}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${zelda.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ action: 1, data: 'second tamarind' }),
    })
    const at = `/api/v1/channels/general`
    expect((await grace.call('PUT', `${at}/pins/${old}`)).status).toBe(200)
    const note = { serial: old, reason: 'spam', note: 'that tamarind' }
    expect((await grace.call('POST', `${at}/reports`, note)).status).toBe(200)
    const saved = { channel: CHANNEL, serial: old, text: 'second tamarind' }
    expect((await grace.call('PUT', '/api/v1/me/state/saved/one', saved)).status).toBe(200)
    expect(
      (await (await grace.call('GET', '/api/v1/search?q=tamarind')).json()).items,
    ).toHaveLength(1)
    daysPass(40)
    const now = await again(server, grace)
    await said(now, { data: 'quillwort' })
    const seen = await watching(server, now)
    const preview = { resource: ON, days: 30 }
    expect((await byKey(server, 'POST', '/retention/preview', preview)).body).toMatchObject({
      channels: 1,
      // The line that says that it was pinned is one as well.
      messages: 2,
      files: 1,
      isMore: false,
    })
    expect(await textsIn(server)).toHaveLength(3)
    expect((await keepFor(server, 30)).status).toBe(200)
    await sweep(server)
    expect(await textsIn(server)).toEqual(['quillwort'])
    expect(seen).toContainEqual({ action: 'message.delete', serial: old, data: undefined })
    expect((await now.fetch(`/api/v1/files/${file.id}`)).status).toBe(404)
    expect((await (await now.call('GET', `${at}/pins`)).json()).pins).toEqual([])
    expect((await (await now.call('GET', `${at}/reports`)).json()).reports).toEqual([])
    const state = await (await now.call('GET', '/api/v1/me/state')).json()
    expect(JSON.stringify(state)).not.toContain('tamarind')
    expect((await (await now.call('GET', '/api/v1/search?q=tamarind')).json()).items).toEqual([])
    const { sweeps } = (await byKey(server, 'GET', '/retention')).body as { sweeps: Json[] }
    expect(sweeps).toMatchObject([{ on: ON, days: 30, messages: 2, files: 1, held: 0 }])
    expect((await byKey(server, 'GET', '/audit/verify')).body).toMatchObject({ intact: true })
    await server.stop()
    const bytes = bytesIn(server.folder)
    for (const text of ['tamarind', 'heron']) expect(bytes.includes(text), text).toBe(false)
    expect(bytes.includes('quillwort')).toBe(true)
  })

  test('goes by the type in the policy, unless a channel has a value of its own', async () => {
    const { server, grace, said } = await house()
    await said(grace, { data: 'old' })
    await grace.say({ data: 'old there' }, 'chat:random')
    const text = readFileSync(POLICY, 'utf8').replace(
      'channels: "chat:{key}"',
      'channels: "chat:{key}"\n    retention: { days: 7 }',
    )
    daysPass(8)
    await keepFor(server, 0, 'channel:random')
    const now = await again(server, grace)
    const applied = await now.call('PUT', '/api/v1/policy', { text, reason: 'less is kept' })
    expect([applied.status, await applied.text()]).toMatchObject([200, expect.any(String)])
    await sweep(server)
    expect([await textsIn(server), await textsIn(server, 'chat:random')]).toEqual([
      [],
      ['old there'],
    ])
    await keepFor(server, null, 'channel:random')
    await sweep(server)
    expect(await textsIn(server, 'chat:random')).toEqual([])
  })
})

test('a closed conversation goes as a whole, and not while it is open or held', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sayso-policy-'))
  closing.push(() => rmSync(folder, { recursive: true }))
  const policy = join(folder, 'policy.yaml')
  const channels = 'channels: "desk:{key}"'
  const text = readFileSync(POLICY, 'utf8')
  writeFileSync(policy, text.replace(channels, `${channels}\n    retention: { days: 7 }`))
  const server = await serve({ SAYSO_POLICY: policy })
  const { owner, widget } = await deskOn(server)
  const opened = async () =>
    (await opens(server, (await visit(server, widget)).visitor.id, { text: 'How can I help?' }))
      .conversation
  const [one, two, three] = [await opened(), await opened(), await opened()]
  const named = `conversation:${two.key}`
  expect((await hold(server, named, owner.id)).status).toBe(201)
  for (const { key } of [one, two]) {
    const closed = await byKey(server, 'POST', `/desk/conversations/${key}/close`, {
      reason: 'done',
    })
    expect([closed.status, closed.body]).toMatchObject([200, expect.anything()])
  }
  daysPass(10)
  await sweep(server)
  const statuses = async () =>
    Promise.all(
      [one, two, three].map(
        async ({ key }) => (await byKey(server, 'GET', `/desk/conversations/${key}`)).status,
      ),
    )
  expect(await statuses()).toEqual([404, 200, 200])
  expect(await textsIn(server, one.channel)).toEqual([])
  expect((await textsIn(server, two.channel)).length).toBeGreaterThan(0)
  expect((await byKey(server, 'GET', '/audit/verify')).body).toMatchObject({ intact: true })
})

/** What a stock client is told of messages that go. */
async function watching(server: Serving, who: Sender): Promise<readonly Json[]> {
  const client = new Ably.Realtime({
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    disableConnectivityCheck: true,
    logLevel: 0,
    token: who.token,
  })
  closing.push(() => client.close())
  const seen: Json[] = []
  const channel = client.channels.get(CHANNEL)
  await channel.subscribe(({ action, serial, data }) => void seen.push({ action, serial, data }))
  return seen
}

describe('legal holds', () => {
  test('nothing of a held channel goes: not by age, nor with it, nor with who wrote there', async () => {
    const { server, grace, zelda, said } = await house()
    await said(zelda, { data: 'evidence' })
    await keepFor(server, 30)
    const made = await hold(server, ON, grace.id)
    expect(made.status).toBe(201)
    daysPass(31)
    await sweep(server)
    expect(await textsIn(server)).toEqual(['evidence'])
    expect((await byKey(server, 'POST', '/retention/preview', {})).body).toMatchObject({
      messages: 0,
      heldChannels: 1,
    })
    const her = await again(server, zelda)
    const codes = [
      await her.call('POST', '/api/v1/me/erasure', { password: PASSWORD, messages: 'delete' }),
      await her.call('POST', '/api/v1/me/erasure', { password: PASSWORD, messages: 'keep' }),
    ].map(async (response) => (await response.json()).code)
    expect(await Promise.all(codes)).toEqual(['on_hold', 'on_hold'])
    const gone = await byKey(server, 'POST', '/changes', {
      changes: [{ remove_resource: ON }],
    })
    expect(gone).toMatchObject({ status: 409, body: { code: 'on_hold' } })
    const ended = await byKey(server, 'DELETE', `/holds/${made.body.id}?reason=settled`)
    expect(ended.status).toBe(200)
    await sweep(server)
    expect(await textsIn(server)).toEqual([])
  })

  test('what a held person had a part in stays, with the files of what was deleted', async () => {
    const { server, grace, zelda, said } = await house()
    const file = await zelda.bring('proof.txt', Buffer.from('the proof\n'), { key: 'general' })
    const theirs = await said(zelda, {
      data: 'mine',
      extras: { attachments: [{ id: file.id }] },
    })
    await said(grace, { data: 'not theirs' })
    await keepFor(server, 30)
    expect((await hold(server, `user:${zelda.id}`, grace.id)).status).toBe(201)
    const deleted = await zelda.fetch(`/channels/${CHANNEL}/messages/${theirs}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${zelda.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ action: 2 }),
    })
    expect(deleted.status).toBe(200)
    daysPass(31)
    await sweep(server)
    expect(await textsIn(server)).toHaveLength(1)
    const her = await again(server, zelda)
    const answer = await her.call('POST', '/api/v1/me/erasure', { password: PASSWORD })
    expect((await answer.json()).code).toBe('on_hold')
    await server.stop()
    expect(bytesIn(server.folder).includes('the proof')).toBe(true)
  })

  test('ends by itself, can be made longer and never shorter', async () => {
    const { server, grace, said } = await house()
    await said(grace, { data: 'for a while' })
    await keepFor(server, 1)
    const until = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
    const made = await hold(server, 'tenant:default', grace.id, { until: until(10) })
    const at = `/holds/${made.body.id}`
    expect((await byKey(server, 'PATCH', at, { until: until(5) })).body).toMatchObject({
      code: 'conflict',
    })
    expect((await byKey(server, 'PATCH', at, { until: until(20) })).status).toBe(200)
    daysPass(12)
    await sweep(server)
    expect(await textsIn(server)).toEqual(['for a while'])
    daysPass(9)
    await sweep(server)
    expect(await textsIn(server)).toEqual([])
    expect((await byKey(server, 'GET', '/holds')).body).toEqual({ items: [] })
    const { items } = (await byKey(server, 'GET', '/audit?command=end-hold')).body as {
      items: Json[]
    }
    expect(items).toMatchObject([{ actor: 'server', target: 'tenant:default' }])
  })
})
