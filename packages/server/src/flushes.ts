// Channels with something to tell: each is flushed once, when the turn of the event loop ends, or before rights move in it.

import type { Channel } from '@sayso/channel'
import type { Meter } from './observe/meter.ts'

type Options = {
  /** Runs something at the end of the present turn of the event loop. */
  readonly soon: (run: () => void) => void
  readonly flush: (channel: Channel) => void
  readonly meter: Meter
}

export class Flushes {
  readonly #options: Options
  /** When the first of what waits was committed. */
  readonly #waiting = new Map<Channel, number>()
  #isPlanned = false

  constructor(options: Options) {
    this.#options = options
  }

  soon(channel: Channel): void {
    if (!this.#waiting.has(channel)) this.#waiting.set(channel, this.#options.meter.sinceMs)
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#options.soon(() => {
      this.#isPlanned = false
      for (const waiting of [...this.#waiting.keys()]) this.now(waiting)
    })
  }

  now(channel: Channel): void {
    const { meter, flush } = this.#options
    meter.sinceMs = this.#waiting.get(channel) ?? meter.sinceMs
    this.#waiting.delete(channel)
    flush(channel)
  }
}
