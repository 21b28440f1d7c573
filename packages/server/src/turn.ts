// The end of a turn of the event loop: channels and answers first, then every socket that has something to say, once.

/** A socket with something waiting. */
export type Touched = {
  /** @param nowMs one reading of the clock for the whole turn; milliseconds since 1970 */
  leave(nowMs: number): void
}

export class Turn {
  readonly #schedule: (run: () => void) => void
  readonly #now: () => number
  #early: (() => void)[] = []
  #touched = new Set<Touched>()
  #planned = false

  /** @param schedule runs something after the present turn; `setImmediate` outside of tests */
  constructor(schedule: (run: () => void) => void, now: () => number) {
    this.#schedule = schedule
    this.#now = now
  }

  /** What may still produce frames. */
  readonly early = (run: () => void): void => {
    this.#early.push(run)
    this.#plan()
  }

  /** A socket that wants to write: after everything early of the same turn, and once. */
  touch(socket: Touched): void {
    this.#touched.add(socket)
    this.#plan()
  }

  #plan(): void {
    if (this.#planned) return
    this.#planned = true
    this.#schedule(() => this.#end())
  }

  #end(): void {
    const early = this.#early
    this.#early = []
    for (const run of early) run()
    const touched = this.#touched
    this.#touched = new Set()
    this.#planned = false
    const nowMs = this.#now()
    for (const socket of touched) socket.leave(nowMs)
    if (this.#early.length + this.#touched.size > 0) this.#plan()
  }
}
