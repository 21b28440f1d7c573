// Names as small numbers, given out once and never taken back, so that tables can be packed.

import { NameTable } from './name-table.ts'

/** A name that never had a fact has no number. Names whose facts are all gone keep theirs. */
export class Interner<T extends string> {
  readonly #numbers = new Map<T, number>()
  readonly #names: T[] = []
  readonly #lately = new NameTable()

  get size(): number {
    return this.#names.length
  }

  /** The number of a name; -1 if it has none. */
  find(name: T): number {
    const lately = this.#lately.get(name)
    if (lately >= 0) return lately
    const known = this.#numbers.get(name)
    if (known === undefined) return -1
    this.#lately.keep(name, known, this.#names.length)
    return known
  }

  /** The number of a name, a new one if it has none. */
  number(name: T): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const next = this.#names.length
    this.#numbers.set(name, next)
    this.#names.push(name)
    return next
  }

  name(number: number): T {
    const name = this.#names[number]
    if (name === undefined) throw new RangeError(`no name has the number ${number}`)
    return name
  }
}
