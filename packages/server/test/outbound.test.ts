// What waits for one socket: one write a turn, a small window in the kernel, a cap, and what can still be taken back.

import { Duplex } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Outbound, outboundStats } from '../src/wire/ably/outbound.ts'

const WINDOW = 65_536

/** A socket whose far end takes nothing until it is told to. */
class Slow extends Duplex {
  /** The chunks of each call, as the kernel would get them. */
  readonly calls: Buffer[][] = []
  #taken: (() => void) | undefined

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.calls.push([chunk])
    this.#taken = done
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.calls.push(chunks.map(({ chunk }) => chunk))
    this.#taken = done
  }

  /** The far end takes what was handed over last. */
  async swallow(): Promise<void> {
    const taken = this.#taken
    this.#taken = undefined
    taken?.()
    await new Promise((resolve) => process.nextTick(resolve))
  }

  get received(): Buffer {
    return Buffer.concat(this.calls.flat())
  }
}

function open(cap = 1_048_576) {
  const socket = new Slow({ highWaterMark: 16_384 })
  const stats = outboundStats()
  const overflows: number[] = []
  const outbound = new Outbound(socket, cap, () => overflows.push(1), stats)
  return { socket, stats, outbound, overflows }
}

const bytes = (text: string) => Buffer.from(text)
const large = (fill: string, length: number) => Buffer.alloc(length, fill)

/** Takes until nothing more comes. */
async function drain(socket: Slow): Promise<void> {
  for (let calls = -1; calls !== socket.calls.length; ) {
    calls = socket.calls.length
    await socket.swallow()
  }
}

describe('a flush', () => {
  test('hands over everything of a turn as one write, in order, without copying', () => {
    const { socket, stats, outbound } = open()
    const shared = bytes('shared by many')
    outbound.add(bytes('one '), 'a')
    outbound.add(shared, 'b')
    outbound.add(bytes(' three'), undefined)
    expect(socket.calls).toEqual([])
    outbound.flush()
    expect(socket.calls).toHaveLength(1)
    expect(socket.calls[0]?.[1]).toBe(shared)
    expect(socket.received.toString()).toBe('one shared by many three')
    expect(stats).toMatchObject({ writes: 1, frames: 3, bytes: 24 })
  })

  test('with nothing to say writes nothing', () => {
    const { socket, stats, outbound } = open()
    outbound.flush()
    expect([socket.calls.length, stats.writes]).toEqual([0, 0])
  })

  test('stops at the window, and goes on when the kernel has taken it', async () => {
    const { socket, outbound } = open()
    for (let index = 0; index < 20; index += 1) outbound.add(large('x', 10_000), 'a')
    outbound.flush()
    outbound.flush()
    expect(socket.writableLength).toBeLessThanOrEqual(WINDOW + 10_000)
    expect(outbound.queuedBytes).toBe(200_000)
    await drain(socket)
    expect(socket.received.length).toBe(200_000)
    expect(outbound.queuedBytes).toBe(0)
  })

  test('does nothing on a socket that is gone', () => {
    const { socket, stats, outbound } = open()
    outbound.add(bytes('x'), 'a')
    socket.destroy()
    outbound.flush()
    outbound.lastWord(bytes('y'))
    expect([socket.calls.length, stats.writes]).toEqual([0, 0])
  })
})

describe('the cap', () => {
  test('is told once when it would be passed; what waited is dropped and nothing more is taken', () => {
    const { socket, stats, outbound, overflows } = open(100_000)
    for (let index = 0; index < 12; index += 1) outbound.add(large('x', 10_000), 'a')
    expect(overflows).toHaveLength(1)
    expect(stats).toMatchObject({ overflows: 1, mostQueued: 100_000 })
    expect(outbound.queuedBytes).toBe(0)
    outbound.add(bytes('more'), 'a')
    outbound.flush()
    expect(socket.calls).toEqual([])
    outbound.lastWord(bytes('why'))
    expect(socket.received.toString()).toBe('why')
  })

  test('counts what the kernel has not taken yet', () => {
    const { outbound, overflows } = open(100_000)
    outbound.add(large('x', 60_000), 'a')
    outbound.flush()
    outbound.add(large('x', 40_000), 'a')
    expect(overflows).toEqual([])
    outbound.add(bytes('x'), 'a')
    expect(overflows).toHaveLength(1)
  })

  test('is never passed, whatever comes in whatever order', async () => {
    const action = fc.oneof(
      fc.record({ add: fc.integer({ min: 1, max: 60_000 }) }),
      fc.constant('flush' as const),
      fc.constant('take' as const),
      fc.constant('purge' as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
        const { socket, stats, outbound } = open(150_000)
        const acts = {
          flush: () => outbound.flush(),
          take: () => socket.swallow(),
          purge: () => outbound.purge('a'),
        }
        for (const each of actions) {
          await (typeof each === 'object' ? outbound.add(large('x', each.add), 'a') : acts[each]())
          expect(outbound.queuedBytes).toBeLessThanOrEqual(150_000)
          expect(outbound.queuedBytes).toBeGreaterThanOrEqual(0)
        }
        expect(stats.mostQueued).toBeLessThanOrEqual(150_000)
      }),
    )
  })
})

describe('a purge', () => {
  test('takes back what waits for that channel, and nothing else', () => {
    const { socket, outbound } = open()
    outbound.add(bytes('a1 '), 'a')
    outbound.add(bytes('b1 '), 'b')
    outbound.add(bytes('a2 '), 'a')
    outbound.add(bytes('control'), undefined)
    outbound.purge('a')
    expect(outbound.queuedBytes).toBe(10)
    outbound.flush()
    expect(socket.received.toString()).toBe('b1 control')
  })

  test('cannot take back what the kernel has, and takes everything behind it', async () => {
    const { socket, outbound } = open()
    for (let index = 0; index < 20; index += 1) outbound.add(large('a', 10_000), 'a')
    outbound.flush()
    const handed = socket.writableLength
    expect(handed).toBeLessThanOrEqual(WINDOW + 10_000)
    outbound.purge('a')
    outbound.add(bytes('the refusal'), undefined)
    outbound.flush()
    await drain(socket)
    expect(socket.received.length).toBe(handed + 11)
    expect(socket.received.subarray(handed).toString()).toBe('the refusal')
  })

  test('takes back what would have been encoded late', async () => {
    const { socket, outbound } = open()
    const encoded: number[] = []
    for (let index = 0; index < 3; index += 1)
      outbound.addLate(() => {
        encoded.push(index)
        return bytes('x')
      }, 'a')
    outbound.purge('a')
    outbound.flush()
    await drain(socket)
    expect([encoded, socket.calls]).toEqual([[], []])
  })
})

describe('a backlog', () => {
  test('larger than the cap is brought at the reader’s pace, before what came after it', async () => {
    const { socket, stats, outbound, overflows } = open(100_000)
    let encoded = 0
    for (let index = 0; index < 100; index += 1)
      outbound.addLate(() => {
        encoded += 1
        return large('x', 10_000)
      }, 'a')
    outbound.add(bytes('live'), 'a')
    outbound.flush()
    expect(encoded).toBeLessThanOrEqual(8)
    expect(outbound.queuedBytes).toBeLessThanOrEqual(100_000)
    await drain(socket)
    expect([encoded, overflows]).toEqual([100, []])
    expect(socket.received.length).toBe(1_000_004)
    expect(socket.received.subarray(-4).toString()).toBe('live')
    expect(outbound.queuedBytes).toBe(0)
    expect(stats.mostQueued).toBeLessThanOrEqual(100_000)
  })
})
