// What waits to leave on one socket. Frames are handed to the kernel in one write per turn; what has not been handed
// over can still be taken back.

import type { Duplex } from 'node:stream'

/** Bytes handed to the socket and not yet taken by the kernel; above it frames wait here, where a revoke can drop them. */
const WINDOW_BYTES = 65_536

/** Frames that leave together; the channel is what a purge goes by. What is encoded late counts no bytes until it leaves. */
type Waiting = {
  readonly bytes: Uint8Array | (() => Uint8Array)
  readonly channel: string | undefined
}

export type OutboundStats = {
  writes: number
  frames: number
  bytes: number
  /** Signs of life asked for, beside the frames: each is a write of its own. */
  pings: number
  /** The most that has waited for one reader so far; bytes. */
  mostQueued: number
  /** Readers cut because they were too slow. */
  overflows: number
}

export function outboundStats(): OutboundStats {
  return { writes: 0, frames: 0, bytes: 0, pings: 0, mostQueued: 0, overflows: 0 }
}

export class Outbound {
  readonly #socket: Duplex
  readonly #capBytes: number
  readonly #overflowed: () => void
  readonly #stats: OutboundStats
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #closed = false
  readonly #wrote: (sinceMs: number) => void
  /** When the first message that waits was committed; 0: none does. */
  #sinceMs = 0

  /**
   * @param capBytes most that may wait for this reader, here and in the socket; beyond it `overflowed` is called once
   * @param wrote    told when messages that waited have all been handed over, and when the first was committed
   */
  constructor(
    socket: Duplex,
    capBytes: number,
    overflowed: () => void,
    stats: OutboundStats,
    wrote: (sinceMs: number) => void = () => undefined,
  ) {
    this.#socket = socket
    this.#capBytes = capBytes
    this.#overflowed = overflowed
    this.#stats = stats
    this.#wrote = wrote
    socket.on('drain', () => this.flush())
  }

  get queuedBytes(): number {
    return this.#waitingBytes + this.#socket.writableLength
  }

  /**
   * Queues finished frames. They leave at the next `flush`.
   *
   * @param sinceMs when the first message in them was committed; absent: there is none
   */
  add(bytes: Uint8Array, channel: string | undefined, sinceMs = 0): void {
    if (this.#closed) return
    if (this.#sinceMs === 0) this.#sinceMs = sinceMs
    const queued = this.queuedBytes + bytes.length
    if (queued > this.#capBytes) {
      this.clear()
      this.#closed = true
      this.#stats.overflows += 1
      return this.#overflowed()
    }
    this.#stats.mostQueued = Math.max(this.#stats.mostQueued, queued)
    this.#waiting.push({ bytes, channel })
    this.#waitingBytes += bytes.length
  }

  /**
   * Queues a frame that is encoded only when the reader has taken what is before it. A backlog is larger than the cap
   * may be: encoded at once it would cut the reader that came back for it, and again at every return.
   */
  addLate(encode: () => Uint8Array, channel: string | undefined): void {
    if (!this.#closed) this.#waiting.push({ bytes: encode, channel })
  }

  /** Takes back what waits for a channel. */
  purge(channel: string): void {
    this.#waiting = this.#waiting.filter((item) => item.channel !== channel)
    this.#waitingBytes = this.#waiting.reduce((sum, item) => sum + sizeOf(item), 0)
    if (this.#waiting.length === 0) this.#sinceMs = 0
  }

  clear(): void {
    this.#waiting = []
    this.#waitingBytes = 0
    this.#sinceMs = 0
  }

  /** Hands over as much as the window takes, as one write. Shared buffers are passed on, never copied. */
  flush(): void {
    if (this.#waiting.length === 0 || this.#socket.destroyed || !this.#socket.writable) return
    if (this.#socket.writableLength > WINDOW_BYTES) return
    let taken = 0
    this.#socket.cork()
    while (taken < this.#waiting.length && this.#socket.writableLength <= WINDOW_BYTES) {
      const next = this.#waiting[taken]
      if (next === undefined) break
      this.#hand(next)
      taken += 1
    }
    this.#socket.uncork()
    this.#waiting = taken === this.#waiting.length ? [] : this.#waiting.slice(taken)
    this.#stats.writes += 1
    this.#stats.frames += taken
    if (this.#sinceMs === 0 || this.#waiting.length > 0) return
    this.#wrote(this.#sinceMs)
    this.#sinceMs = 0
  }

  /** Queues a last word past a closed queue: why it was closed. */
  lastWord(bytes: Uint8Array): void {
    this.#closed = true
    if (!this.#socket.destroyed && this.#socket.writable) this.#socket.write(bytes)
  }

  #hand(item: Waiting): void {
    this.#waitingBytes -= sizeOf(item)
    const bytes = typeof item.bytes === 'function' ? item.bytes() : item.bytes
    this.#socket.write(bytes)
    this.#stats.bytes += bytes.length
  }
}

function sizeOf({ bytes }: Waiting): number {
  return typeof bytes === 'function' ? 0 : bytes.length
}
