// A right that grows beyond an open token: the server asks for a wider one, and the gain arrives without a reconnect.

import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { move, owner, type Person, signUp } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, realtime, until } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'
import { channelOf, home, inner } from '../lib/words.ts'

let server: Server
let ada: Person

beforeAll(async () => {
  server = await startServer()
  await owner(server)
})
beforeEach(async () => {
  ada = await signUp(server, 'Ada Lovelace')
})
afterEach(closeClients)
afterAll(() => server.remove())

const homeChannel = channelOf(home)
const innerChannel = channelOf(inner)
const narrow = { [homeChannel]: ['subscribe'], '[permissions]*': ['subscribe'] }
const wide = { '*': ['*'], '[permissions]*': ['subscribe'] }

/** The stock client with a narrow token first, and what the authCallback gives afterwards. */
function person(later: Readonly<Record<string, readonly string[]>>) {
  const states = heard<Ably.ConnectionStateChange>()
  const auth = asking(() =>
    jwt({ clientId: ada.id, capability: auth.asked() === 1 ? narrow : later }),
  )
  const client = realtime(server.port, { authCallback: auth.authCallback })
  client.connection.on((change) => states.add(change))
  return { client, states, asked: auth.asked }
}

async function view(client: Ably.Realtime, name: string) {
  const messages = heard<Ably.InboundMessage>()
  await client.channels.get(name).subscribe((message) => messages.add(message))
  await messages.count(1)
  return messages
}

describe('policy grows beyond an open token', () => {
  test('the client renews it by itself, the gain arrives, nothing reconnects', async () => {
    const { client, states, asked } = person(wide)
    await until(client, 'connected')
    const { id } = client.connection
    const all = await view(client, '[permissions]*')
    await move(server, 'promote', home, ada)
    const opened = await all.first(({ data }) =>
      (data.gained ?? []).some((one: { channel?: string }) => one.channel === innerChannel),
    )
    expect(opened.name).toBe('change')
    expect(asked()).toBe(2)
    await client.channels.get(innerChannel).attach()
    expect(client.connection.id).toBe(id)
    expect(states.all.map(({ current }) => current)).not.toContain('disconnected')
  })

  test('a channel that is attached grows in place', async () => {
    const { client } = person(wide)
    const channel = client.channels.get(homeChannel)
    const changes = heard<Ably.ChannelStateChange>()
    await channel.attach()
    channel.on((change) => changes.add(change))
    expect(channel.modes).not.toContain('publish')
    await move(server, 'promote', home, ada)
    await client.connection.whenState('connected')
    await view(client, `[permissions]${homeChannel}`)
    await channel.publish('n', 'now I may')
    expect(changes.all.map(({ current }) => current)).not.toContain('failed')
  })

  test('a client that gets no other token for the moment stays as it is', async () => {
    const states = heard<Ably.ConnectionStateChange>()
    const auth = asking(() => {
      if (auth.asked() > 1) throw new Error('the token server is away')
      return jwt({ clientId: ada.id, capability: narrow })
    })
    const client = realtime(server.port, { authCallback: auth.authCallback })
    client.connection.on((change) => states.add(change))
    await until(client, 'connected')
    const all = await view(client, '[permissions]*')
    await move(server, 'promote', home, ada)
    await all.first(({ name }) => name === 'change')
    await client.channels.get(homeChannel).attach()
    await client.connection.ping()
    expect(auth.asked()).toBe(2)
    expect(states.all.map(({ current }) => current)).toEqual(['connecting', 'connected'])
  })

  test('a token that covers what is gained is left alone', async () => {
    const { client, asked } = person(wide)
    await until(client, 'connected')
    await client.auth.authorize()
    const all = await view(client, '[permissions]*')
    await move(server, 'promote', home, ada)
    await all.first(({ data }) => (data.gained ?? []).length > 0)
    await client.connection.ping()
    expect(asked()).toBe(2)
  })
})
