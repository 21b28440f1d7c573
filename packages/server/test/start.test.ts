// Starting, being asked how one is, and ending: what an operator sees.

import { stat, writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { rawClient } from './raw-client.ts'
import { endAll, KEY, serve } from './serving.ts'

afterEach(endAll)

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Resolves when something listens there. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' })
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (isOpen) return
  }
}

describe('health', () => {
  test('says alive, ready, and counts', async () => {
    const server = await serve()
    const ask = async (path: string) => {
      const response = await fetch(server.url + path)
      return [response.status, await response.text()] as const
    }
    expect(await ask('/healthz')).toEqual([200, '{"status":"alive"}'])
    expect(await ask('/readyz')).toEqual([200, '{"status":"ready"}'])
    const before = (await ask('/metrics'))[1]
    expect(before).toMatch(/^sayso_sockets 0$/m)
    const client = await rawClient(server.url, { key: KEY })
    expect((await ask('/metrics'))[1]).toMatch(/^sayso_sockets 1$/m)
    client.ws.terminate()
  })
})

describe('a start', () => {
  test('lets whoever knocks early wait, on HTTP and on the socket', async () => {
    const port = await freePort()
    const starting = serve({
      PORT: String(port),
      // Takes a while, as a password is made unreadable slowly.
      SAYSO_OWNER_EMAIL: 'boss@example.com',
      SAYSO_OWNER_PASSWORD: 'four unrelated words',
    })
    await listening(port)
    const url = `http://127.0.0.1:${port}`
    const [health, client] = await Promise.all([
      fetch(`${url}/healthz`),
      rawClient(url, { key: KEY }),
    ])
    expect(health.status).toBe(200)
    expect(client.connected.action).toBe(4)
    client.ws.terminate()
    await starting
  })

  test('fails with a sentence if the port is taken', async () => {
    const server = await serve()
    await expect(serve({ PORT: String(server.port) })).rejects.toThrow(/EADDRINUSE/)
  })

  test('fails with a place in the document if the policy is not one', async () => {
    const server = await serve()
    const file = join(server.folder, 'broken.yaml')
    await writeFile(file, 'version: 1\ntenant:\n  key: 5 5\n')
    await expect(serve({ SAYSO_POLICY: file })).rejects.toThrow(/line|:\d+/)
  })

  test('with another secret than the folder was made with fails with a sentence', async () => {
    const server = await serve({ SAYSO_SECRET: 'a'.repeat(32) })
    await server.stop()
    await expect(
      serve({ SAYSO_DATA: server.folder, SAYSO_SECRET: 'b'.repeat(32) }),
    ).rejects.toThrow(/SAYSO_SECRET/)
  })

  test('keeps what the folder is called and its secret to the owner of the process', async () => {
    const server = await serve()
    for (const file of ['secret', 'app']) {
      expect((await stat(join(server.folder, file))).mode & 0o077).toBe(0)
    }
  })
})

describe('a stop', () => {
  test('tells clients to come back, and is done although one of them says nothing', async () => {
    const server = await serve()
    const client = await rawClient(server.url, { key: KEY })
    const mute = createConnection({ port: server.port, host: '127.0.0.1' })
    await new Promise((resolve) => mute.once('connect', resolve))
    const goodbye = client.next(({ action }) => action === 6)
    const stopped = server.stop()
    expect((await goodbye).error).toMatchObject({ code: 80003 })
    await stopped
    mute.destroy()
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
  })

  test('keeps what was acknowledged for the next start', async () => {
    const server = await serve()
    const client = await rawClient(server.url, { key: KEY })
    const { res } = await client.publish('dock:north', { data: 'kept' })
    const next = await server.again()
    const response = await fetch(`${next.url}/channels/dock:north/messages`, {
      headers: { authorization: `Basic ${Buffer.from(KEY).toString('base64')}` },
    })
    expect(await response.json()).toMatchObject([{ data: 'kept', serial: res?.[0]?.serials[0] }])
  })
})
