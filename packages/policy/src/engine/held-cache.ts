// Roles worked out lately, so that asking the same people about the same places again costs one look.

import type { NameSet, NameSets } from '../facts/name-sets.ts'

/** Person, place, version and role set of an entry, side by side. */
const WIDTH = 4
/** Entries of one hash, which share a line of memory. */
const WAYS = 4
const BUCKET = WIDTH * WAYS
/** Buckets: powers of two. */
const LEAST = 2 ** 6
const MOST = 2 ** 14

/** Four places per hash; the one that came first makes way. */
export class HeldCache {
  readonly #sets: NameSets
  #entries = new Int32Array(0)
  #mask = -1
  #puts = 0

  constructor(sets: NameSets) {
    this.#sets = sets
  }

  get(version: number, person: number, place: number): NameSet | undefined {
    if (this.#mask < 0) return undefined
    const entries = this.#entries
    const first = (hashOf(person, place) & this.#mask) * BUCKET
    for (let at = first; at < first + BUCKET; at += WIDTH) {
      const isKnown =
        entries[at] === person && entries[at + 1] === place && entries[at + 2] === version
      if (isKnown) return this.#sets.withId(entries[at + 3] ?? 0)
    }
    return undefined
  }

  put(version: number, person: number, place: number, roles: NameSet): void {
    this.#fit()
    const entries = this.#entries
    const first = (hashOf(person, place) & this.#mask) * BUCKET
    // Faster than `copyWithin` for so few.
    for (let at = first + BUCKET - 1; at >= first + WIDTH; at--) {
      entries[at] = entries[at - WIDTH] ?? 0
    }
    entries[first] = person
    entries[first + 1] = place
    entries[first + 2] = version
    entries[first + 3] = roles.id
  }

  /** Grows with use, beginning empty: most worlds are asked little. */
  #fit(): void {
    const buckets = this.#mask + 1
    this.#puts++
    if (buckets > 0 && (buckets === MOST || this.#puts <= buckets * WAYS)) return
    this.#puts = 0
    this.#mask = Math.max(LEAST, buckets * 4) - 1
    this.#entries = new Int32Array((this.#mask + 1) * BUCKET)
  }
}

function hashOf(person: number, place: number): number {
  const hash = Math.imul(person, 0x9e3779b1) ^ Math.imul(place, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
