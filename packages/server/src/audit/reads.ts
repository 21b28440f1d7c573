// Which reads of other people's things have their line already: one for each caller, target and minute.

const MINUTE_MS = 60_000

export class Reads {
  readonly #now: () => number
  #minute = 0
  #lines = new Map<string, Promise<void>>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Runs `write` unless the same was written in this minute; resolves when the line is there. */
  once(name: string, write: () => Promise<void>): Promise<void> {
    const minute = Math.floor(this.#now() / MINUTE_MS)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#lines = new Map()
    }
    const lines = this.#lines
    const line = lines.get(name) ?? write()
    lines.set(name, line)
    // What was not written is tried again by the next reader.
    line.catch(() => lines.delete(name))
    return line
  }
}
