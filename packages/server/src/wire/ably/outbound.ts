// What waits to leave on one socket. Frames are handed to the kernel in one write per turn; what has not been handed
// over can still be taken back.

import type { Duplex } from 'node:stream'

/** Bytes handed to the socket and not yet taken by the kernel; above it frames wait here, where a revoke can drop them. */
const WINDOW_BYTES = 65_536

/** Frames that leave together; the channel is what a purge goes by. */
type Waiting = { readonly bytes: Uint8Array; readonly channel: string | undefined }

export type OutboundStats = { writes: number; frames: number; bytes: number }

export class Outbound {
  readonly #socket: Duplex
  readonly #capBytes: number
  readonly #overflowed: () => void
  readonly #stats: OutboundStats
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #closed = false

  /** @param capBytes most that may wait for this reader, here and in the socket; above it `overflowed` is called once */
  constructor(socket: Duplex, capBytes: number, overflowed: () => void, stats: OutboundStats) {
    this.#socket = socket
    this.#capBytes = capBytes
    this.#overflowed = overflowed
    this.#stats = stats
    socket.on('drain', () => this.flush())
  }

  get queuedBytes(): number {
    return this.#waitingBytes + this.#socket.writableLength
  }

  /** Queues finished frames. They leave at the next `flush`. */
  add(bytes: Uint8Array, channel: string | undefined): void {
    if (this.#closed) return
    this.#waiting.push({ bytes, channel })
    this.#waitingBytes += bytes.length
    if (this.queuedBytes <= this.#capBytes) return
    this.clear()
    this.#closed = true
    this.#overflowed()
  }

  /** Takes back what waits for a channel. */
  purge(channel: string): void {
    this.#waiting = this.#waiting.filter((item) => item.channel !== channel)
    this.#waitingBytes = this.#waiting.reduce((sum, item) => sum + item.bytes.length, 0)
  }

  clear(): void {
    this.#waiting = []
    this.#waitingBytes = 0
  }

  /** Hands over as much as the window takes, as one write. Shared buffers are passed on, never copied. */
  flush(): void {
    if (this.#waiting.length === 0 || this.#socket.destroyed || !this.#socket.writable) return
    if (this.#socket.writableLength > WINDOW_BYTES) return
    let taken = 0
    let bytes = this.#socket.writableLength
    this.#socket.cork()
    while (taken < this.#waiting.length && bytes <= WINDOW_BYTES) {
      const next = this.#waiting[taken]
      if (next === undefined) break
      this.#socket.write(next.bytes)
      bytes += next.bytes.length
      this.#waitingBytes -= next.bytes.length
      this.#stats.bytes += next.bytes.length
      taken += 1
    }
    this.#socket.uncork()
    this.#waiting = taken === this.#waiting.length ? [] : this.#waiting.slice(taken)
    this.#stats.writes += 1
    this.#stats.frames += taken
  }

  /** Queues a last word past a closed queue: why it was closed. */
  lastWord(bytes: Uint8Array): void {
    this.#closed = true
    if (!this.#socket.destroyed && this.#socket.writable) this.#socket.write(bytes)
  }
}
