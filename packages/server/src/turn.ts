// The end of a turn of the event loop: channels flush first, then sockets are written, each once.

export class Turn {
  readonly #schedule: (run: () => void) => void
  #early: (() => void)[] = []
  #late: (() => void)[] = []
  #planned = false

  /** @param schedule runs something after the present turn; `setImmediate` outside of tests */
  constructor(schedule: (run: () => void) => void) {
    this.#schedule = schedule
  }

  /** What may still produce frames. */
  readonly early = (run: () => void): void => {
    this.#early.push(run)
    this.#plan()
  }

  /** What hands frames to sockets: after everything early of the same turn. */
  readonly late = (run: () => void): void => {
    this.#late.push(run)
    this.#plan()
  }

  #plan(): void {
    if (this.#planned) return
    this.#planned = true
    this.#schedule(() => {
      const early = this.#early
      this.#early = []
      for (const run of early) run()
      const late = this.#late
      this.#late = []
      this.#planned = false
      for (const run of late) run()
      if (this.#early.length + this.#late.length > 0) this.#plan()
    })
  }
}
