// Work that must not overtake other work of the same name: each begins when the one before has ended.

export class OneByOne {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Runs work after all that was given under the same name before, whether that failed or not. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name)
    const mine = before === undefined ? work() : before.then(work, work)
    this.#last.set(name, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(name) === mine) this.#last.delete(name)
    }
  }
}
