// Names as small numbers, given out once and never taken back, so that tables can be packed.

import { NameTable } from './name-table.ts'

/** Letters; with its number such a name takes 16 bytes. */
const SHORT = 12

/** A name that never had a fact has no number. Names whose facts are all gone keep theirs. */
export class Interner<T extends string> {
  readonly #numbers = new Map<T, number>()
  readonly #names: T[] = []
  /** The ones asked for lately, the short ones packed closer. */
  readonly #short = new NameTable(SHORT)
  readonly #long = new NameTable()

  get size(): number {
    return this.#names.length
  }

  /** The number of a name; -1 if it has none. */
  find(name: T): number {
    const lately = name.length > SHORT ? this.#long : this.#short
    const kept = lately.get(name)
    if (kept >= 0) return kept
    const known = this.#numbers.get(name)
    if (known === undefined) return -1
    lately.keep(name, known, this.#names.length)
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
