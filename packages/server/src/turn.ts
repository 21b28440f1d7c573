// The end of a turn of the event loop: channels and answers first, then every socket that has something to say, once.
// Where very many have, the rest writes in later turns, in their order, so that the loop is not held.

/** A socket with something waiting. */
export type Touched = {
  /** @param nowMs one reading of the clock for the whole turn; milliseconds since 1970 */
  leave(nowMs: number): void
}

/** How long the sockets of one turn may take; milliseconds. */
const SLICE_MS = 8
/** Sockets between two looks at the clock. */
const AT_A_TIME = 32

export class Turn {
  readonly #schedule: (run: () => void) => void
  readonly #now: () => number
  #early: (() => void)[] = []
  readonly #touched = new Set<Touched>()
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
    this.#planned = false
    this.#write()
    if (this.#early.length + this.#touched.size > 0) this.#plan()
  }

  /** Who is touched while it writes comes with the next turn; who is left over stands before them. */
  #write(): void {
    const nowMs = this.#now()
    let left = this.#touched.size
    for (const socket of this.#touched) {
      if (left === 0 || (left % AT_A_TIME === 0 && this.#now() >= nowMs + SLICE_MS)) return
      left -= 1
      this.#touched.delete(socket)
      socket.leave(nowMs)
    }
  }
}
