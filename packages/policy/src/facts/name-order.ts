// Names in the order in which texts that begin with them stand, so that a page of a long list is begun where the last one ended.

import type { Interner } from './interner.ts'

/** What follows a name in a text: `channel:lobby` in `channel:lobby#speaker@user:ada`. */
const END = '#'

/** Names are only ever added, so that what is sorted stays: new ones are sorted among themselves and put in between. */
export class NameOrder<T extends string> {
  readonly #names: Interner<T>
  #sorted: readonly string[] = []

  constructor(names: Interner<T>) {
    this.#names = names
  }

  /**
   * The names by code unit of the texts that begin with them, from the one on whose texts may follow a text.
   *
   * @param after a text that begins with a name, or any other; absent: all names
   */
  *from(after?: string): Generator<T> {
    const sorted = this.#kept()
    const size = sorted.length
    const start = after === undefined ? 0 : Math.max(0, firstBeyond(sorted, after) - 1)
    for (let i = start; i < size; i++) yield (sorted[i] ?? '').slice(0, -END.length) as T
  }

  #kept(): readonly string[] {
    const known = this.#sorted.length
    if (known === this.#names.size) return this.#sorted
    const more: string[] = []
    for (let i = known; i < this.#names.size; i++) more.push(this.#names.name(i) + END)
    this.#sorted = merged(this.#sorted, more.sort())
    return this.#sorted
  }
}

function firstBeyond(sorted: readonly string[], after: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') > after) high = middle
    else low = middle + 1
  }
  return low
}

function merged(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length === 0) return b
  const all: string[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [left, right] = [a[i], b[j]]
    const isLeft = right === undefined || (left !== undefined && left < right)
    all.push((isLeft ? left : right) ?? '')
    if (isLeft) i += 1
    else j += 1
  }
  return all
}
