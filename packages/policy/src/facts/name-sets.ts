// Sets of role or relation names, each kept once: equal sets are one object with one number.

/** Sorted by name. `id` is dense within the `NameSets` it came from. */
export type NameSet = { readonly id: number; readonly names: readonly string[] }

/** More than sets there will ever be: two ids make one safe number. */
const MOST_SETS = 2 ** 26

export class NameSets {
  readonly empty: NameSet
  readonly #byText = new Map<string, NameSet>()
  readonly #byId: NameSet[] = []
  readonly #unions = new Map<number, NameSet>()

  constructor() {
    this.empty = this.of([])
  }

  of(names: readonly string[]): NameSet {
    const sorted = [...new Set(names)].sort()
    const text = sorted.join('\0')
    const known = this.#byText.get(text)
    if (known) return known
    const set = { id: this.#byText.size, names: sorted }
    this.#byText.set(text, set)
    this.#byId.push(set)
    return set
  }

  withId(id: number): NameSet {
    return this.#byId[id] ?? this.empty
  }

  plus(set: NameSet, name: string): NameSet {
    return set.names.includes(name) ? set : this.of([...set.names, name])
  }

  minus(set: NameSet, name: string): NameSet {
    return set.names.includes(name) ? this.of(set.names.filter((each) => each !== name)) : set
  }

  union(a: NameSet, b: NameSet): NameSet {
    if (a === b || b.id === this.empty.id) return a
    if (a.id === this.empty.id) return b
    const key = a.id * MOST_SETS + b.id
    const known = this.#unions.get(key)
    if (known) return known
    const both = this.of([...a.names, ...b.names])
    this.#unions.set(key, both)
    return both
  }
}
