// When the numbers of a channel are told: at once if something appeared or is gone, else with the next tick.

import { type Channel, type ChannelEffect, nameAt, ownerOf } from '@sayso/channel'
import type { LiveConnection } from './live-connection.ts'

type Options = {
  readonly soon: (turn: () => void) => void
  readonly now: () => number
  readonly tell: (channel: Channel) => void
  readonly connection: (id: string) => LiveConnection | undefined
}

export class Numbers {
  readonly #options: Options
  /** Channels whose numbers have changed a little. */
  readonly #due = new Set<Channel>()

  constructor(options: Options) {
    this.#options = options
  }

  /** Hears of a change. */
  ask(channel: Channel, atOnce: boolean): void {
    if (atOnce) this.#options.soon(() => this.#options.tell(channel))
    else this.#due.add(channel)
  }

  /** Tells what has changed since the last tick. */
  tick(): void {
    const due = [...this.#due]
    this.#due.clear()
    for (const channel of due) this.#options.tell(channel)
  }

  deliver(channel: Channel, { to, metrics }: Extract<ChannelEffect, { name: 'occupancy' }>): void {
    const nowMs = this.#options.now()
    for (const place of to) {
      const peer = this.#options.connection(ownerOf(place))?.peer
      peer?.occupancy(nameAt(place, channel.name), metrics, nowMs)
    }
  }
}
