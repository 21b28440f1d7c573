// How people are, of the person and not of a channel, by the stock client on `[me]`: told wherever somebody is in the app, and
// only to who receives in a channel where they may be present.

import { fileURLToPath } from 'node:url'
import * as Ably from 'ably'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Caller, setUp, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const DEFAULT_POLICY = fileURLToPath(new URL('../default-policy.yaml', import.meta.url))

let server: Serving
let grace: Caller
let ada: Caller
let bob: Caller
const clients: Ably.Realtime[] = []

beforeEach(async () => {
  server = await serve({ SAYSO_POLICY: DEFAULT_POLICY })
  grace = await setUp(server)
  ada = await signUp(server, 'Ada')
  bob = await signUp(server, 'Bob')
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await endAll()
})

type Told = { readonly on: string; readonly person: string; readonly said: readonly unknown[] }

/** A page of somebody, or a device with a token for everything: says how they are, asks how others are, and hands out what it is told one by one. */
async function page(person: Caller | string) {
  const client = new Ably.Realtime({
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    disableConnectivityCheck: true,
    logLevel: 0,
    ...(typeof person === 'string'
      ? { key: KEY, useTokenAuth: true, clientId: person }
      : {
          authUrl: `${server.url}/api/realtime/token`,
          authHeaders: { cookie: person.cookie },
        }),
  })
  clients.push(client)
  const own = client.channels.get('[me]')
  const told: Told[] = []
  let wake = () => {}
  await own.subscribe('here', ({ data }) => {
    told.push(...(data as { items: Told[] }).items)
    wake()
  })
  const next = async () => {
    while (told.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    return told.shift() as Told
  }
  return {
    client,
    next,
    say: (data: object | null) => own.publish('here', data),
    watch: (on: string, ...people: readonly { id: string }[]) =>
      own.publish('watch', { on, people: people.map(({ id }) => id) }),
  }
}

async function roles(method: 'POST' | 'DELETE', person: Caller, role: string, on: string) {
  const response = await fetch(`${server.url}/api/v1/role_assignments`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ person: person.id, role, on }),
  })
  expect(response.status).toBe(200)
}

const GENERAL = 'channel:general'
const RANDOM = 'chat:random'
const AWAY = { state: 'away' }
const DND = { state: 'dnd', untilMs: 4_000_000_000_000 }

describe('how somebody is', () => {
  test('is told at once and with every word, whatever they have open, until they go', async () => {
    const hers = await page(ada)
    await hers.say(AWAY)
    const his = await page(bob)
    await his.watch(GENERAL, ada, grace)
    const first = [await his.next(), await his.next()]
    expect(first).toEqual([
      { on: GENERAL, person: ada.id, said: [AWAY] },
      { on: GENERAL, person: grace.id, said: [] },
    ])
    await hers.say(DND)
    expect(await his.next()).toEqual({ on: GENERAL, person: ada.id, said: [DND] })
    // Each of her pages has its say, the newest last.
    const other = await page(ada)
    await other.say({ state: 'online' })
    expect((await his.next()).said).toEqual([DND, { state: 'online' }])
    other.client.close()
    expect((await his.next()).said).toEqual([DND])
    hers.client.close()
    expect(await his.next()).toEqual({ on: GENERAL, person: ada.id, said: [] })
  })

  test('is told between two who have one conversation, and is no more once one blocks the other', async () => {
    const made = await ada.call('POST', '/api/v1/directs', { people: [bob.id] })
    const { key } = (await made.json()) as { key: string }
    const [hers, his] = [await page(ada), await page(bob)]
    await hers.say(AWAY)
    await his.watch(`direct:${key}`, ada)
    expect((await his.next()).said).toEqual([AWAY])
    await ada.call('PUT', `/api/v1/me/blocks/${bob.id}`)
    expect((await his.next()).said).toEqual([])
    await ada.call('DELETE', `/api/v1/me/blocks/${bob.id}`)
    expect((await his.next()).said).toEqual([AWAY])
  })

  test('is asked about anew in place of before, and of nobody when it is over', async () => {
    const [hers, his] = [await page(ada), await page(bob)]
    await his.watch(GENERAL, ada)
    expect((await his.next()).said).toEqual([])
    await his.watch(GENERAL)
    await hers.say(AWAY)
    await his.watch(RANDOM, ada)
    expect(await his.next()).toEqual({ on: RANDOM, person: ada.id, said: [AWAY] })
    await hers.say(null)
    expect(await his.next()).toEqual({ on: RANDOM, person: ada.id, said: [] })
  })
})

describe('who may not see it is not told', () => {
  test('not beside a channel one may not receive in, nor one after the right is lost', async () => {
    const [hers, his] = [await page(grace), await page(bob)]
    await hers.say(AWAY)
    await his.watch('chat:mod', grace)
    expect((await his.next()).said).toEqual([])
    await roles('POST', bob, 'participant', 'channel:mod')
    expect(await his.next()).toEqual({ on: 'chat:mod', person: grace.id, said: [AWAY] })
    await roles('DELETE', bob, 'participant', 'channel:mod')
    expect((await his.next()).said).toEqual([])
    // What she says now reaches him beside the channel they share, and nowhere else.
    await his.watch(GENERAL, grace)
    expect((await his.next()).on).toBe(GENERAL)
    await hers.say(DND)
    expect(await his.next()).toEqual({ on: GENERAL, person: grace.id, said: [DND] })
    await hers.say(AWAY)
    expect(await his.next()).toEqual({ on: GENERAL, person: grace.id, said: [AWAY] })
  })

  test('of nobody who may not be present there', async () => {
    const [hers, his] = [await page(ada), await page(bob)]
    await hers.say(AWAY)
    await his.watch(RANDOM, ada)
    expect((await his.next()).said).toEqual([AWAY])
    await roles('POST', ada, 'banned', 'channel:random')
    expect((await his.next()).said).toEqual([])
    await hers.say(DND)
    await roles('DELETE', ada, 'banned', 'channel:random')
    expect((await his.next()).said).toEqual([DND])
  })

  test('a channel that no type governs is no place that is shared', async () => {
    const [hers, his] = [await page('kiosk-1'), await page('kiosk-2')]
    await hers.say(AWAY)
    for (const on of ['lounge', '[me]', 'channel', 'tenant:default']) {
      await his.watch(on, { id: 'kiosk-1' })
      expect(await his.next()).toEqual({ on, person: 'kiosk-1', said: [] })
    }
  })
})

test('asking has bounds, and nothing else is taken', async () => {
  const his = await page(bob)
  const crowd = Array.from({ length: 300 }, (_, at) => ({ id: `p${at}` }))
  await his.watch(GENERAL, ...crowd)
  await expect(his.watch(RANDOM, ...crowd)).rejects.toMatchObject({ code: 40000 })
  await expect(his.watch('', bob)).rejects.toMatchObject({ code: 40000 })
  await expect(his.say({ text: 'x'.repeat(2_000) })).rejects.toMatchObject({ code: 40000 })
  await expect(his.say(['a list'])).rejects.toMatchObject({ code: 40000 })
  const own = his.client.channels.get('[me]')
  await expect(own.publish('x', {})).rejects.toMatchObject({ statusCode: 401 })
  await own.detach()
  await expect(own.publish('here', AWAY)).rejects.toMatchObject({ statusCode: 401 })
})
