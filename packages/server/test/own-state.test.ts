// What people keep for themselves: by HTTP and, live, by the stock client on `[me]`. Nobody else's, bounded, durable.

import * as Ably from 'ably'
import { afterEach, describe, expect, test } from 'vitest'
import { type Caller, signUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const clients: Ably.Realtime[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await endAll()
})

type Entry = { collection: string; key: string; value: unknown; atMs: number }
type Said = { name: string; data: { items: Entry[]; more?: boolean } }

function clientOf(server: Serving, options: Ably.ClientOptions): Ably.Realtime {
  const client = new Ably.Realtime({
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    disableConnectivityCheck: true,
    logLevel: 0,
    ...options,
  })
  clients.push(client)
  return client
}

/** Listens to `[me]`, and hands out what it says one by one. */
async function listening(server: Serving, options: Ably.ClientOptions) {
  const channel = clientOf(server, options).channels.get('[me]')
  const said: Said[] = []
  let wake = () => {}
  await channel.subscribe((message) => {
    said.push({ name: message.name ?? '', data: message.data as Said['data'] })
    wake()
  })
  const next = async (): Promise<Said> => {
    while (said.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    return said.shift() as Said
  }
  return { channel, next }
}

/** A page's own token, by the cookie. */
function asPerson(server: Serving, person: Caller): Ably.ClientOptions {
  return {
    authUrl: `${server.url}/api/realtime/token`,
    authHeaders: { cookie: person.cookie },
  }
}

const put = (person: Caller, place: string, value: unknown) =>
  person.call('PUT', `/api/v1/me/state/${place}`, value)

async function kept(person: Caller): Promise<Record<string, unknown>> {
  const { items } = (await (await person.call('GET', '/api/v1/me/state')).json()) as {
    items: Entry[]
  }
  return Object.fromEntries(
    items.map(({ collection, key, value }) => [`${collection}/${key}`, value]),
  )
}

const MARK = (at: number) => ({ serial: `${String(at).padStart(14, '0')}-000@here:000` })

describe('what a person keeps', () => {
  test('is read as it was written, also after a restart, and by nobody else', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    const bob = await signUp(server, 'Bob')
    expect((await put(ada, 'settings/theme', { value: 'dark' })).status).toBe(200)
    expect(
      (await put(ada, `notify/${encodeURIComponent('a/b c')}`, { level: 'none' })).status,
    ).toBe(200)
    const all = { 'settings/theme': { value: 'dark' }, 'notify/a/b c': { level: 'none' } }
    expect(await kept(ada)).toEqual(all)
    expect(await kept(bob)).toEqual({})
    const again = await server.again()
    const later = { ...ada, call: callAt(again, ada) }
    expect(await kept(later)).toEqual(all)
    expect((await later.call('DELETE', '/api/v1/me/state/settings/theme')).status).toBe(200)
    expect(await kept(later)).toEqual({ 'notify/a/b c': { level: 'none' } })
  })

  test('is refused with a reason where it does not fit', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    const refusals = [
      await put(ada, 'secrets/x', {}),
      await put(ada, 'read/north', { serial: 7 }),
      await put(ada, 'read/north', { ...MARK(1), more: true }),
      await put(ada, `settings/${'k'.repeat(257)}`, {}),
      await put(ada, 'settings/long', { text: 'x'.repeat(16_384) }),
    ]
    for (const refusal of refusals) {
      expect(refusal.status).toBe(400)
      expect(await refusal.json()).toMatchObject({ code: 'invalid', detail: expect.any(String) })
    }
    const nobody = await fetch(`${server.url}/api/v1/me/state`)
    expect(nobody.status).toBe(401)
    const byKey = await fetch(`${server.url}/api/v1/me/state`, {
      headers: { authorization: `Bearer ${KEY}` },
    })
    expect(byKey.status).toBe(401)
  })

  test('has a limit', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    const value = { text: 'x'.repeat(16_000) }
    let status = 200
    let count = 0
    for (; status === 200 && count < 100; count += 1)
      status = (await put(ada, `drafts/${count}`, value)).status
    expect([status, count]).toEqual([400, 33])
    // What is there may still be changed, as long as it does not grow.
    expect((await put(ada, 'drafts/0', { text: 'short' })).status).toBe(200)
  })

  test('a read mark never goes back by itself', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    await put(ada, 'read/north', MARK(5))
    const late = await put(ada, 'read/north', MARK(3))
    expect(await late.json()).toMatchObject({ value: MARK(5) })
    await put(ada, 'read/north', { ...MARK(2), unread: true })
    expect(await kept(ada)).toEqual({ 'read/north': { ...MARK(2), unread: true } })
    await put(ada, 'read/north', MARK(9))
    expect(await kept(ada)).toEqual({ 'read/north': MARK(9) })
  })
})

describe('[me]', () => {
  test('brings all of it, then each change, to every connection of the person', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    await put(ada, 'settings/theme', { value: 'dark' })
    const [one, other] = [
      await listening(server, asPerson(server, ada)),
      await listening(server, asPerson(server, ada)),
    ]
    for (const each of [one, other]) {
      const first = await each.next()
      expect(first).toMatchObject({
        name: 'snapshot',
        data: { more: false, items: [{ collection: 'settings', key: 'theme' }] },
      })
    }
    await put(ada, 'read/north', MARK(5))
    await ada.call('DELETE', '/api/v1/me/state/settings/theme')
    for (const each of [one, other]) {
      const marked = await each.next()
      expect(marked).toMatchObject({
        name: 'change',
        data: { items: [{ collection: 'read', key: 'north', value: MARK(5) }] },
      })
      const gone = await each.next()
      expect(gone.data.items).toMatchObject([{ collection: 'settings', key: 'theme', value: null }])
      expect(gone.data.items[0]?.atMs).toBeGreaterThan(marked.data.items[0]?.atMs ?? 0)
    }
  })

  test('is one’s own: another person hears nothing of it', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    const bob = await signUp(server, 'Bob')
    const theirs = await listening(server, asPerson(server, bob))
    expect((await theirs.next()).data.items).toEqual([])
    await put(ada, 'settings/theme', { value: 'dark' })
    await put(bob, 'settings/theme', { value: 'light' })
    expect((await theirs.next()).data.items).toMatchObject([{ value: { value: 'light' } }])
  })

  test('comes in parts when it is much', async () => {
    const server = await serve()
    const ada = await signUp(server, 'Ada')
    for (let at = 0; at < 8; at += 1) await put(ada, `drafts/${at}`, { text: 'x'.repeat(15_000) })
    const one = await listening(server, asPerson(server, ada))
    const parts: Said[] = []
    do parts.push(await one.next())
    while (parts.at(-1)?.data.more === true)
    expect(parts.length).toBe(3)
    expect(parts.flatMap(({ data }) => data.items.map(({ key }) => key)).sort()).toEqual([
      ...'01234567',
    ])
  })

  test('serves tokens with an identity, and no key, no visitor, no publish', async () => {
    const server = await serve()
    const named = clientOf(server, { key: KEY, useTokenAuth: true, clientId: 'kiosk-7' })
    const own = named.channels.get('[me]')
    await expect(own.attach()).resolves.toBeDefined()
    await expect(own.publish('x', {})).rejects.toMatchObject({ statusCode: 401 })
    const byKey = clientOf(server, { key: KEY }).channels.get('[me]')
    await expect(byKey.attach()).rejects.toMatchObject({ code: 40161 })
    const visitor = clientOf(server, { key: KEY, useTokenAuth: true }).channels.get('[me]')
    await expect(visitor.attach()).rejects.toMatchObject({ code: 40161 })
    // Left, nothing more comes; attached again, all of it.
    await own.detach()
    await expect(own.attach()).resolves.toBeDefined()
  })
})

function callAt(server: Serving, { cookie }: Caller): Caller['call'] {
  return (method, path, body) =>
    fetch(server.url + path, {
      method,
      headers: { cookie, origin: server.url, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
}
