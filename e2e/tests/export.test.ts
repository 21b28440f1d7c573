// A channel as a file: what is in it, who may have it, and that neither its length nor a slow reader costs memory.

import { type IncomingMessage, get as request } from 'node:http'
import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { admin, change } from '../lib/admin.ts'
import { heldMb, PROBED } from '../lib/heap.ts'
import { owner, type Person, signUp } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { closeClients, realtime, rest } from '../lib/stock.ts'
import { channelOf, document, promotion } from '../lib/words.ts'

const BY_KEY = { authorization: `Bearer ${KEY}` }
const LONG = 'deck:long'
const MANY = 100_000
const AT_ONCE = 100

let server: Server
let grace: Person
let rooms = 0

beforeAll(async () => {
  server = await startServer({ env: PROBED })
  grace = await owner(server)
})
afterEach(closeClients)
afterAll(() => server.remove())

function room(): string {
  rooms += 1
  return `deck:${rooms}`
}

type Line = Readonly<Record<string, unknown>>

const pathOf = (channel: string, query = '') =>
  `${server.url}/api/v1/channels/${encodeURIComponent(channel)}/export${query}`

async function lines(channel: string, query = ''): Promise<readonly Line[]> {
  const response = await fetch(pathOf(channel, query), { headers: BY_KEY })
  expect(response.status).toBe(200)
  const text = await response.text()
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]))
}

const cookieOf = (who: Person) => ({ cookie: who.cookie })

/** What a refusal says, without what names this one refusal. */
async function refused(channel: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(pathOf(channel), { headers })
  const { explanation: _one, ...problem } = (await response.json()) as Line
  return { status: response.status, problem }
}

describe('what is in it', () => {
  test('every message in its latest state, with author, time, versions and reactions; nothing of what was deleted', async () => {
    const name = room()
    const ann = realtime(server.port, { key: KEY, clientId: 'ann' }).channels.get(name, {
      modes: ['PUBLISH', 'SUBSCRIBE', 'ANNOTATION_PUBLISH'],
    })
    await ann.attach()
    const one = await ann.publish('note', { text: 'first' })
    const two = await ann.publish('note', 'a secret that was taken back')
    await ann.publish('bytes', Buffer.from([1, 2, 3]))
    const target = (result: { serials: (string | null)[] }, data?: string) =>
      ({ serial: String(result.serials[0]), ...(data && { data }) }) as Ably.Message
    await ann.updateMessage(target(one, 'first, mended'), { description: 'typo' })
    await ann.updateMessage(target(two, 'a secret, edited'))
    await ann.deleteMessage(target(two))
    await ann.annotations.publish(String(one.serials[0]), { type: 'mood:distinct.v1', name: 'up' })
    const written = await lines(name)
    expect(written).toMatchObject([
      {
        serial: one.serials[0],
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        state: 'edited',
        name: 'note',
        clientId: 'ann',
        data: 'first, mended',
        version: { clientId: 'ann', description: 'typo', at: expect.any(String) },
        annotations: { 'mood:distinct.v1': { up: { total: 1, clientIds: ['ann'] } } },
      },
      { serial: two.serials[0], state: 'deleted', clientId: 'ann' },
      { state: 'published', name: 'bytes', data: 'AQID', encoding: 'base64' },
    ])
    expect(JSON.stringify(written)).not.toContain('secret')
    const csv = await fetch(pathOf(name, '?format=csv'), { headers: BY_KEY })
    const rows = (await csv.text()).trimEnd().split('\r\n')
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect(rows[0]).toBe(
      'serial,at,state,name,clientId,data,encoding,extras,version,annotations,connectionId,id',
    )
    expect(rows).toHaveLength(4)
    expect(rows[2]).not.toContain('secret')
  })

  test('between two instants, both included', async () => {
    const name = room()
    const channel = rest(server.port).channels.get(name)
    for (const data of ['a', 'b', 'c']) await channel.publish('n', data)
    const [, b] = await lines(name)
    const within = `?since=${b?.at}&until=${b?.at}`
    expect((await lines(name, within)).map(({ data }) => data)).toContain('b')
    expect(await lines(name, '?until=2020-01-01T00:00:00Z')).toEqual([])
    const bad = await admin(
      server,
      'GET',
      `/channels/${encodeURIComponent(name)}/export?since=now`,
      undefined,
    )
    expect([bad.status, bad.body.code]).toEqual([400, 'query_invalid'])
  })

  test('who came and went', async () => {
    const name = room()
    const ann = realtime(server.port, { key: KEY, clientId: 'ann' })
    const { presence } = ann.channels.get(name)
    await presence.enter('here')
    await presence.leave()
    expect(await lines(name, '?what=presence')).toMatchObject([
      { action: 'enter', clientId: 'ann', data: 'here', at: expect.any(String) },
      { action: 'leave', clientId: 'ann' },
    ])
  })

  test('that it was made is in the audit log', async () => {
    const name = room()
    await lines(name)
    const { body } = await admin(server, 'GET', `/audit?target=${encodeURIComponent(name)}`)
    expect(body.items).toMatchObject([
      { command: 'export-messages', actor: 'key:root', target: name, address: '127.0.0.1' },
    ])
  })
})

describe('who may', () => {
  const type = String(promotion?.type)
  const administrator = Object.entries(document.tenant.roles ?? {}).find(([, role]) =>
    role.can?.tenant?.includes('*'),
  )?.[0]

  test('administrators of a tenant, in theirs; a channel of another is as one that is missing', async () => {
    await admin(server, 'PUT', '/tenants/beta', { attributes: {} })
    for (const key of ['plans', 'elsewhere'])
      await admin(server, 'PUT', `/resources/${type}:${key}`, { attributes: {} })
    const kim = await signUp(server, 'Kim')
    await change(
      server,
      { relate: `${type}:plans#tenant@tenant:beta` },
      { assign: `tenant:beta#${administrator}@user:${kim.id}` },
    )
    await rest(server.port).channels.get(channelOf('plans')).publish('n', 'd')
    const own = await fetch(pathOf(channelOf('plans')), { headers: cookieOf(kim) })
    expect([own.status, (await own.text()).split('\n').length]).toEqual([200, 2])
    const foreign = await refused(channelOf('elsewhere'), cookieOf(kim))
    expect(foreign).toMatchObject({ status: 403, problem: { code: 'denied' } })
    expect(await refused(channelOf('nowhere'), cookieOf(kim))).toEqual(foreign)
    expect((await fetch(pathOf(channelOf('elsewhere')), { headers: cookieOf(grace) })).status).toBe(
      200,
    )
    const nobody = await signUp(server, 'Nobody')
    expect((await refused(channelOf('plans'), cookieOf(nobody))).status).toBe(403)
    expect((await refused(channelOf('plans'), {})).status).toBe(401)
    expect((await refused('[meta]x', BY_KEY)).problem.code).toBe('channel_name_invalid')
  })
})

describe('a hundred thousand messages', () => {
  beforeAll(async () => {
    const channel = rest(server.port).channels.get(LONG)
    const data = 'x'.repeat(500)
    for (let sent = 0; sent < MANY; sent += AT_ONCE)
      await channel.publish(
        Array.from({ length: AT_ONCE }, (_, at) => ({ name: `${sent + at}`, data })),
      )
  }, 200_000)

  test('go through little memory, however slowly they are read, and are those of the moment of asking', async () => {
    const before = await heldMb(server)
    const answer = await opened(LONG, BY_KEY)
    await rest(server.port).channels.get(LONG).publish('late', 'not in it')
    // Nothing is read meanwhile: what is made waits for the reader.
    expect((await heldMb(server)) - before).toBeLessThan(24)
    let most = 0
    let count = 0
    let bytes = 0
    let rest_ = ''
    for await (const chunk of answer) {
      bytes += (chunk as Buffer).length
      const parts = `${rest_}${chunk}`.split('\n')
      rest_ = parts.pop() ?? ''
      for (const part of parts) {
        expect((JSON.parse(part) as Line).name).toBe(`${count}`)
        count += 1
        if (count % 20_000 === 0) most = Math.max(most, (await heldMb(server)) - before)
      }
    }
    expect([count, rest_]).toEqual([MANY, ''])
    expect(bytes).toBeGreaterThan(50 * 1_048_576)
    expect(most).toBeLessThan(24)
  })

  test('break off for whom the right is taken from meanwhile', async () => {
    const kim = await signUp(server, 'Kim')
    const role = Object.entries(document.tenant.roles ?? {}).find(([, each]) =>
      each.can?.tenant?.includes('*'),
    )?.[0]
    const tuple = `tenant:${document.tenant.key}#${role}@user:${kim.id}`
    await change(server, { assign: tuple })
    const answer = await opened(LONG, cookieOf(kim))
    await change(server, { unassign: tuple })
    let bytes = 0
    const read = async () => {
      for await (const chunk of answer) bytes += (chunk as Buffer).length
    }
    await expect(read()).rejects.toThrow('aborted')
    expect(bytes).toBeLessThan(40 * 1_048_576)
  })
})

/** An answer of which nothing is read yet. */
function opened(
  channel: string,
  headers: Readonly<Record<string, string>>,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(pathOf(channel), { headers }, resolve).once('error', reject)
  })
}
