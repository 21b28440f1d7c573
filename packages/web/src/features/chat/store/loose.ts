// Live messages that history, which is on its way, may not know of yet, or not in this version.

import type { WireMessage } from './port.ts'

/** So many are kept: those let go of are in history by the time they are wanted. */
const MOST = 500

export class Loose {
  #messages: readonly WireMessage[] = []
  #letGo = ''

  keep(message: WireMessage): void {
    this.#letGo = this.#messages[this.#messages.length - MOST]?.serial ?? this.#letGo
    this.#messages = [...this.#messages.slice(1 - MOST), message]
  }

  those(isWanted: (message: WireMessage) => boolean): readonly WireMessage[] {
    return this.#messages.filter(isWanted)
  }

  drop(messages: readonly WireMessage[]): void {
    this.#messages = this.#messages.filter((message) => !messages.includes(message))
  }

  clear(): void {
    this.#messages = []
  }

  /**
   * Begins to watch for more than can be kept. What is returned says whether messages after a serial were let go of
   * since: what was fetched meanwhile does not reach to the newest then.
   */
  watch(): (serial: string) => boolean {
    const before = this.#letGo
    return (serial) => this.#letGo !== before && this.#letGo > serial
  }
}
