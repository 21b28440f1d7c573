// Presence at its edges, as the unmodified client and a socket of our own see it: a full channel, who has no name,
// coming back with the same id, and leaving when the right is gone.

import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { openLink } from '../lib/link.ts'
import { openRaw } from '../lib/raw.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, codeOf, realtime, rest, until } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'

const MOST = 250

let server: Server
let rooms = 0

beforeAll(async () => {
  server = await startServer()
})
afterEach(() => closeClients())
afterAll(() => server.remove())

function room(): string {
  rooms += 1
  return `deck:${rooms}`
}

describe.each([
  ['JSON', false],
  ['MessagePack', true],
])('presence in %s', (_, useBinaryProtocol) => {
  test('a full channel takes nobody new, by whatever word; who is there stays and comes back', async () => {
    const name = room()
    const link = await openLink(server.port)
    const client = realtime(link.port, { useBinaryProtocol })
    const channel = client.channels.get(name)
    await channel.attach()
    const members = Array.from({ length: MOST }, (_each, index) => `m${index}`)
    await Promise.all(members.map((member) => channel.presence.enterClient(member)))
    const other = realtime(server.port, { useBinaryProtocol }).channels.get(name)
    expect(await codeOf(other.presence.enterClient('late'))).toBe(91003)
    expect(await codeOf(other.presence.updateClient('late', 'x'))).toBe(91003)
    await channel.presence.updateClient('m0', 'still here')
    const problems = heard<Ably.ChannelStateChange>()
    channel.on('update', (change) => problems.add(change))
    const events = heard<Ably.PresenceMessage>()
    await other.presence.subscribe((event) => events.add(event))
    link.cut()
    await until(client, 'disconnected')
    await until(client, 'connected')
    await channel.presence.updateClient('m1', 'back')
    await events.first(({ data }) => data === 'back')
    expect(problems.all).toEqual([])
    expect(events.all.filter(({ action }) => action === 'enter' || action === 'leave')).toEqual([])
    await channel.presence.leaveClient('m2')
    await other.presence.enterClient('late')
    expect(
      (await rest(server.port).channels.get(name).presence.get({ limit: 1000 })).items,
    ).toHaveLength(MOST)
    client.close()
    await link.close()
  })

  test('who loses the right to be present leaves, and others hear of it', async () => {
    const name = room()
    const rights = { [name]: ['subscribe', 'presence'] }
    let capability: Record<string, string[]> = rights
    const ann = realtime(server.port, {
      useBinaryProtocol,
      ...asking(() => jwt({ clientId: 'ann', capability })),
    })
    const channel = ann.channels.get(name)
    await channel.presence.enter('here')
    const events = heard<Ably.PresenceMessage>()
    const other = realtime(server.port, { useBinaryProtocol }).channels.get(name)
    await other.presence.subscribe('leave', (event) => events.add(event))
    capability = { [name]: ['subscribe'] }
    await ann.auth.authorize()
    expect(await events.first(() => true)).toMatchObject({ clientId: 'ann', data: 'here' })
    expect(await other.presence.get()).toEqual([])
  })
})

test('who does not say who it is cannot be present: 40012, and the connection goes on', async () => {
  const raw = await openRaw(server.port, { key: KEY })
  const name = room()
  await raw.attach(name)
  const answer = raw.frames.first(({ action }) => action === 2)
  raw.send({ action: 14, channel: name, msgSerial: 0, presence: [{ action: 2 }] })
  expect((await answer).error).toMatchObject({ code: 40012, statusCode: 400 })
  expect((await raw.publish(1, name, { name: 'n' })).action).toBe(1)
  await raw.cut()
})

test('presence history outlives the process: who came before it ended and who came after, in order', async () => {
  let own = await startServer()
  try {
    const name = room()
    const bytes = Buffer.from([0, 255, 7])
    const channel = realtime(own.port).channels.get(name)
    await channel.presence.enterClient('ann', bytes)
    await channel.presence.updateClient('ann', { a: 1 })
    // Read back before it is killed, so that it is kept by then.
    expect((await rest(own.port).channels.get(name).presence.history()).items).toHaveLength(2)
    closeClients()
    await own.kill('SIGKILL')
    own = await own.restart()
    await realtime(own.port).channels.get(name).presence.enterClient('bob')
    const found: Ably.PresenceMessage[] = []
    const options = { direction: 'forwards', limit: 2 } as const
    let page: Ably.PaginatedResult<Ably.PresenceMessage> | null = await rest(own.port)
      .channels.get(name)
      .presence.history(options)
    while (page !== null) {
      found.push(...page.items)
      page = page.hasNext() ? await page.next() : null
    }
    const told = found.map(({ action, clientId, data }) => [action, clientId, data])
    expect(told.slice(0, 2)).toEqual([
      ['enter', 'ann', bytes],
      ['update', 'ann', { a: 1 }],
    ])
    expect(told.at(-1)).toEqual(['enter', 'bob', undefined])
  } finally {
    await own.remove()
  }
})
