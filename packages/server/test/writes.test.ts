// The counting test: how many writes a delivery costs. Nothing is subtracted: the acknowledgements of the publisher are
// in the count as well. What the server counts is compared with what Node's sockets hand to the kernel.

import { Socket } from 'node:net'
import type { Frame } from '@sayso/protocol'
import { afterEach, describe, expect, test } from 'vitest'
import { type RawClient, rawClient } from './raw-client.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

const SUBSCRIBERS = 200
const CHANNEL = 'dock:north'

afterEach(endAll)

/** Counts the writes of all sockets of one local port: `_write` and `_writev` are one call of the kernel each. */
function countHandedOver(port: number): {
  readonly count: () => number
  readonly stop: () => void
} {
  const prototype = Socket.prototype as unknown as Record<'_write' | '_writev', typeof handOver>
  const { _write, _writev } = prototype
  let count = 0
  function handOver(this: Socket, ...args: unknown[]): unknown {
    if (this.localPort === port) count += 1
    return _write.apply(this, args)
  }
  prototype._write = handOver
  prototype._writev = function (...args) {
    if (this.localPort === port) count += 1
    return _writev.apply(this, args)
  }
  return {
    count: () => count,
    stop() {
      prototype._write = _write
      prototype._writev = _writev
    },
  }
}

type Hall = {
  readonly publisher: RawClient
  /** Resolves when every subscriber has had so many deliveries in all. */
  readonly delivered: (each: number) => Promise<void>
}

async function fill(server: Serving): Promise<Hall> {
  const counts = new Map<RawClient, number>()
  let waiting: { each: number; done: () => void } | undefined
  const look = () => {
    const { each, done } = waiting ?? { each: Number.POSITIVE_INFINITY, done: () => undefined }
    for (const count of counts.values()) if (count < each) return
    waiting = undefined
    done()
  }
  for (let index = 0; index < SUBSCRIBERS; index += 1) {
    const client = await rawClient(server.url, { key: KEY })
    await client.attach(CHANNEL)
    counts.set(client, 0)
    client.hear = (frame) => {
      if (frame.action !== 15) return
      counts.set(client, (counts.get(client) ?? 0) + (frame.messages?.length ?? 0))
      look()
    }
  }
  return {
    publisher: await rawClient(server.url, { key: KEY }),
    delivered: (each) =>
      new Promise((done) => {
        waiting = { each, done }
        look()
      }),
  }
}

const writesOf = (server: Serving) => server.counters().socket_writes_total ?? Number.NaN
/** A connection that lasts is asked for a sign of life now and then, however few messages there are. */
const pingsOf = (server: Serving) => server.counters().socket_pings_total ?? Number.NaN

describe('writes per delivery', () => {
  test('are at most 1.01 with one message in flight', async () => {
    const server = await serve()
    const { publisher, delivered } = await fill(server)
    const kernel = countHandedOver(server.port)
    const before = writesOf(server)
    const pinged = pingsOf(server)
    const messages = 50
    for (let sent = 1; sent <= messages; sent += 1) {
      const answer = await publisher.publish(CHANNEL, { data: 'x'.repeat(100) })
      expect(answer.action).toBe(1)
      await delivered(sent)
    }
    const writes = writesOf(server) - before
    kernel.stop()
    expect(kernel.count()).toBe(writes + pingsOf(server) - pinged)
    const deliveries = messages * SUBSCRIBERS
    expect(writes).toBeGreaterThanOrEqual(deliveries)
    expect(writes / deliveries).toBeLessThanOrEqual(1.01)
  })

  test('are at most 0.05 on a hot channel with 64 in flight', async () => {
    const server = await serve()
    const { publisher, delivered } = await fill(server)
    const kernel = countHandedOver(server.port)
    const before = writesOf(server)
    const pinged = pingsOf(server)
    const messages = 3_200
    let sent = 0
    let refused = 0
    const sendOne = () => {
      if (sent === messages) return
      publisher.send({
        action: 15,
        channel: CHANNEL,
        msgSerial: sent,
        messages: [{ data: 'x'.repeat(100) }],
      })
      sent += 1
    }
    publisher.hear = (frame: Frame) => {
      if (frame.action === 2) refused += 1
      if (frame.action === 1) for (let n = 0; n < (frame.count ?? 0); n += 1) sendOne()
    }
    for (let n = 0; n < 64; n += 1) sendOne()
    await delivered(messages)
    const writes = writesOf(server) - before
    kernel.stop()
    expect(refused).toBe(0)
    expect(kernel.count()).toBe(writes + pingsOf(server) - pinged)
    expect(writes / (messages * SUBSCRIBERS)).toBeLessThanOrEqual(0.05)
  })
})
