// Threads, pinned messages, reports and earlier versions over HTTP: who may, who may not, and what a deletion reaches.

import { fileURLToPath } from 'node:url'
import { Realtime } from 'ably'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Caller, callerOf, setUp, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))
const CHANNEL = '/api/v1/channels/general'

let server: Serving
let grace: Caller
let ada: Caller
let bo: Caller
const clients: Realtime[] = []

beforeEach(async () => {
  server = await serve({ SAYSO_POLICY: POLICY })
  grace = await setUp(server, 'Grace')
  ada = await signUp(server, 'Ada')
  bo = await signUp(server, 'Bo')
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await endAll()
})

type Said = { readonly serial: string; readonly data?: string; readonly action: number }

const read = async (response: Response) => {
  const body = (await response.json()) as Record<string, never>
  return { status: response.status, code: body.code as string | undefined, body }
}
const codeOf = async (response: Response) => {
  const { status, code } = await read(response)
  return [status, code]
}

/** The stock client, as a signed-in person of our pages. */
function connected(person: Caller) {
  const { hostname, port } = new URL(server.url)
  const client = new Realtime({
    endpoint: hostname,
    port: Number(port),
    tls: false,
    authUrl: `${server.url}/api/realtime/token`,
    authHeaders: { cookie: person.cookie, origin: server.url },
    logLevel: 0,
  })
  clients.push(client)
  return client.channels.get('chat:general')
}

/** Says something and returns its serial. */
async function said(person: Caller, data: string, extras?: object): Promise<string> {
  const channel = connected(person)
  const { serials } = await channel.publish({ name: 'message', data, ...(extras && { extras }) })
  return String(serials[0])
}

const answering = (root: string) => ({ ref: { type: 'thread', timeserial: root } })
const promoted = () => grace.call('POST', `${CHANNEL}/promote`, { person: ada.id })
const thread = async (who: Caller, root: string, query = '') =>
  (await read(await who.call('GET', `${CHANNEL}/threads/${root}${query}`))).body as unknown as {
    messages: readonly Said[]
    hasMore: boolean
  }
const threads = async (who: Caller, query = '') =>
  (await read(await who.call('GET', `${CHANNEL}/threads${query}`))).body.threads as unknown as {
    root: string
    count: number
    people: string[]
    message?: Said
  }[]

describe('threads', () => {
  test('answers are read newest first, in pages; the list has the root, the count and the people', async () => {
    const root = await said(grace, 'Shall we?')
    await said(ada, 'Yes.', answering(root))
    await said(bo, 'Not yet.', answering(root))
    const first = await thread(ada, root, '?limit=1')
    expect(first).toMatchObject({ messages: [{ data: 'Not yet.' }], hasMore: true })
    const rest = await thread(ada, root, `?limit=1&before=${first.messages[0]?.serial}`)
    expect(rest).toMatchObject({ messages: [{ data: 'Yes.' }], hasMore: false })
    expect(await threads(ada, '?roots=yes')).toMatchObject([
      { root, count: 2, people: [bo.id, ada.id], message: { data: 'Shall we?' } },
    ])
    expect(await threads(ada, `?from=${root}&to=${root}`)).toHaveLength(1)
    expect(await threads(ada, `?from=${root}9`)).toHaveLength(0)
  })

  test('a deleted answer counts for nothing; a thread whose root is deleted stays readable', async () => {
    const root = await said(grace, 'Shall we?')
    const first = await said(ada, 'Yes.', answering(root))
    await said(bo, 'No.', answering(root))
    await connected(ada).deleteMessage({ serial: first } as never)
    await connected(grace).deleteMessage({ serial: root } as never)
    expect(await threads(bo, '?roots=yes')).toMatchObject([
      { count: 1, people: [bo.id], message: { action: 2 } },
    ])
    expect((await thread(bo, root)).messages.map(({ action }) => action)).toEqual([0, 2])
  })

  test('who may not read the channel learns nothing of its threads', async () => {
    const threadsOf = (key: string) => bo.call('GET', `/api/v1/channels/${key}/threads`)
    expect((await threadsOf('mod')).status).toBe(404)
    expect((await threadsOf('nowhere')).status).toBe(404)
    const one = await bo.call('GET', '/api/v1/channels/mod/threads/00000000000001-000@x:000')
    expect(one.status).toBe(404)
  })
})

describe('pinned messages', () => {
  const pins = async (who: Caller) =>
    (await read(await who.call('GET', `${CHANNEL}/pins`))).body.pins as unknown as {
      message: Said
      by: string
    }[]
  const pin = (who: Caller, serial: string) => who.call('PUT', `${CHANNEL}/pins/${serial}`)

  test('only who may pin pins; everybody finds it and hears of it in the channel', async () => {
    const serial = await said(bo, 'Read me first.')
    expect(await codeOf(await pin(ada, serial))).toEqual([403, 'denied'])
    await promoted()
    const channel = connected(bo)
    const line = new Promise<{ extras?: { sayso?: unknown } }>((resolve) => {
      void channel.subscribe('sayso.message_pinned', resolve)
    })
    await channel.attach()
    expect((await pin(ada, serial)).status).toBe(200)
    const told = { event: 'message_pinned', subject: { id: ada.id }, message: serial }
    expect((await line).extras?.sayso).toMatchObject(told)
    expect(await pins(bo)).toMatchObject([{ message: { data: 'Read me first.' }, by: ada.id }])
    expect(await codeOf(await pin(ada, serial))).toEqual([409, 'conflict'])
    const down = await ada.call('DELETE', `${CHANNEL}/pins/${serial}`)
    expect(down.status).toBe(200)
    expect(await pins(bo)).toEqual([])
  })

  test('an edit keeps it, a deletion takes it down for good, a restart loses nothing', async () => {
    const [one, two] = [await said(bo, 'one'), await said(bo, 'two')]
    await pin(grace, one)
    await pin(grace, two)
    await connected(bo).updateMessage({ serial: one, data: 'uno' } as never)
    await connected(bo).deleteMessage({ serial: two } as never)
    expect(await pins(bo)).toMatchObject([{ message: { data: 'uno' } }])
    expect(await codeOf(await pin(grace, two))).toEqual([404, 'message_unknown'])
    expect(await codeOf(await pin(grace, '00000000000001-000@x:000'))).toEqual([
      404,
      'message_unknown',
    ])
    server = await server.again()
    expect(await pins(await callerOf(server, bo.cookie))).toMatchObject([
      { message: { data: 'uno' } },
    ])
  })
})

describe('reports', () => {
  const report = (who: Caller, body: object) => who.call('POST', `${CHANNEL}/reports`, body)
  const reports = (who: Caller) => who.call('GET', `${CHANNEL}/reports`)
  const close = (who: Caller, serial: string, outcome: string) =>
    who.call('POST', `${CHANNEL}/reports/close`, { serial, outcome })

  test('go to those who may delete, with the message as it is now, and are closed once', async () => {
    const serial = await said(bo, 'Buy my links.')
    expect(await codeOf(await report(bo, { serial, reason: 'spam' }))).toEqual([409, 'conflict'])
    expect((await report(ada, { serial, reason: 'spam', note: ' Links. ' })).status).toBe(200)
    expect((await report(ada, { serial, reason: 'abuse' })).status).toBe(200)
    expect(await codeOf(await reports(ada))).toEqual([403, 'denied'])
    const found = await read(await reports(grace))
    expect(found.body).toMatchObject({
      reports: [
        { serial, by: ada.id, author: bo.id, reason: 'abuse', message: { data: 'Buy my links.' } },
      ],
    })
    expect(await codeOf(await close(ada, serial, 'dismissed'))).toEqual([403, 'denied'])
    expect((await close(grace, serial, 'dismissed')).status).toBe(200)
    expect(await codeOf(await close(grace, serial, 'deleted'))).toEqual([409, 'conflict'])
    expect((await read(await reports(grace))).body).toEqual({ reports: [] })
    const audit = await read(await grace.call('GET', '/api/v1/audit?command=report-message'))
    expect(JSON.stringify(audit.body)).not.toContain('Buy my links')
  })

  test('what is wrong is refused', async () => {
    const serial = await said(bo, 'x')
    expect(await codeOf(await report(ada, { serial, reason: 'dislike' }))).toEqual([
      400,
      'body_invalid',
    ])
    const unknown = { serial: '00000000000001-000@x:000', reason: 'spam' }
    expect(await codeOf(await report(ada, unknown))).toEqual([404, 'message_unknown'])
  })
})

describe('earlier versions', () => {
  test('are for the author and for those who may read them', async () => {
    const serial = await said(bo, 'My number is 1234.')
    await connected(bo).updateMessage({ serial, data: 'Call me.' } as never)
    const versions = (who: Caller) => connected(who).getMessageVersions(serial)
    expect((await versions(bo)).items.map(({ data }) => data)).toEqual([
      'My number is 1234.',
      'Call me.',
    ])
    await expect(versions(ada)).rejects.toMatchObject({ code: 40160 })
    await promoted()
    expect((await versions(ada)).items).toHaveLength(2)
    const { hostname, port } = new URL(server.url)
    const key = new Realtime({ endpoint: hostname, port: Number(port), tls: false, key: KEY })
    clients.push(key)
    const seen = await key.channels.get('chat:general').getMessageVersions(serial)
    expect(seen.items).toHaveLength(2)
  })
})
