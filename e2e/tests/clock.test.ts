// The server's clock is set an hour ahead, an hour behind, and right again: nobody is thrown out, nothing comes back.

import { afterAll, expect, test } from 'vitest'
import { startBent } from '../lib/bent-clock.ts'
import { makeKey, revokeKey } from '../lib/keys.ts'
import { openRaw, type Raw } from '../lib/raw.ts'
import { rest } from '../lib/stock.ts'
import { jwt } from '../lib/tokens.ts'

const MANY = 50
const server = await startBent()
const sockets: Raw[] = []
afterAll(async () => {
  for (const { ws } of sockets) ws.terminate()
  await server.remove()
})

async function raw(params: Parameters<typeof openRaw>[1]): ReturnType<typeof openRaw> {
  const socket = await openRaw(server.port, params)
  sockets.push(socket)
  return socket
}

test('an hour ahead, an hour behind, and right again: no mass expiry, nothing revived', async () => {
  const inAnHour = new Date(Date.now() + 1_800_000).toISOString()
  const lasting = await makeKey(server, {
    name: 'lasting',
    permissions: ['*'],
    expiresAt: inAnHour,
  })
  const gone = await makeKey(server, { name: 'gone', permissions: ['*'] })
  await revokeKey(server, gone)
  const barred = jwt({ clientId: 'barred' })
  await rest(server.port).auth.revokeTokens([{ type: 'clientId', value: 'barred' }])
  const ended = jwt({ clientId: 'late', seconds: -1 })
  const connected = await Promise.all(
    Array.from({ length: MANY }, (_, i) =>
      raw({ access_token: jwt({ clientId: `p${i}`, seconds: 1_800 }) }),
    ),
  )
  connected.push(await raw({ key: lasting.key }))
  for (let turn = 0; turn < 3; turn += 1) {
    // One that ends by rights says that the server has looked at everybody since the jump.
    const brief = await raw({ access_token: jwt({ clientId: 'brief', seconds: 2 }) })
    server.jump()
    expect((await brief.frames.first(({ action }) => action === 6)).error?.code).toBe(40142)
    for (const socket of connected)
      expect((await socket.publish(turn, 'any', { data: 'x' })).action).toBe(1)
    for (const [access_token, code] of [
      [barred, 40141],
      [ended, 40142],
    ] as const)
      expect((await raw({ access_token })).first.error?.code).toBe(code)
    expect((await raw({ key: gone.key })).first.error?.code).toBe(40101)
    expect((await raw({ access_token: jwt({ clientId: 'new' }) })).first.action).toBe(4)
  }
})
