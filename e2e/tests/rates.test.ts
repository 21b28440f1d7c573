// Limits on how fast may be published, by settings: refused with its own code, and the connection stays.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Server, startServer } from '../lib/server.ts'
import { closeClients, realtime, rest } from '../lib/stock.ts'

let server: Server
beforeAll(async () => {
  server = await startServer({ env: { SAYSO_CONNECTION_RATE: '5', SAYSO_CHANNEL_RATE: '8' } })
})
afterEach(closeClients)
afterAll(() => server.remove())

const outcome = (publish: Promise<unknown>) =>
  publish.then(
    () => 0,
    (error: { code: number }) => error.code,
  )

describe('a rate that is exceeded', () => {
  test('by one connection is refused with 42911, the rest goes on', async () => {
    const client = realtime(server.port)
    const channel = client.channels.get('fast:one')
    await channel.attach()
    const codes = await Promise.all(
      Array.from({ length: 40 }, (_, n) => outcome(channel.publish('n', { n }))),
    )
    expect(new Set(codes)).toEqual(new Set([0, 42911]))
    expect([client.connection.state, channel.state]).toEqual(['connected', 'attached'])
  })

  test('by everybody on one channel is refused with 42913, other channels go on', async () => {
    const { channels } = rest(server.port)
    const busy = channels.get('fast:all')
    const codes = await Promise.all(
      Array.from({ length: 40 }, (_, n) => outcome(busy.publish('n', { n }))),
    )
    expect(new Set(codes)).toEqual(new Set([0, 42913]))
    await channels.get('fast:other').publish('n', 'fine')
  })
})
