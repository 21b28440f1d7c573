// Who is writing now, as the stock chat client says it on the channel of a room: told to others and kept nowhere, but for the few
// seconds in which it is true.

import type { NewMessage } from '@sayso/channel'

/** A stock client repeats itself every ten seconds while its person writes. */
const HEARD_MS = 12_000
/** Nobody is believed to read more names. */
const MOST = 10_000
const STARTED = 'typing.started'
const STOPPED = 'typing.stopped'

export class Typing {
  readonly #untilMs = new Map<string, number>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Looks at what is told and not kept. */
  note({ name, clientId }: Pick<NewMessage, 'name' | 'clientId'>): void {
    if (clientId === undefined || (name !== STARTED && name !== STOPPED)) return
    this.#untilMs.delete(clientId)
    if (name === STOPPED) return
    this.#tidy()
    if (this.#untilMs.size < MOST) this.#untilMs.set(clientId, this.#now() + HEARD_MS)
  }

  has(clientId: string): boolean {
    return (this.#untilMs.get(clientId) ?? 0) > this.#now()
  }

  /** In the order in which they were last heard: those that are over stand first. */
  #tidy(): void {
    const nowMs = this.#now()
    for (const [who, untilMs] of this.#untilMs) {
      if (untilMs > nowMs) return
      this.#untilMs.delete(who)
    }
  }
}
