// Roles worked out lately, so that asking the same people about the same places again costs one look.

import type { NameSet, NameSets } from '../facts/name-sets.ts'

/** A power of two. */
const ENTRIES = 2 ** 15
/** Person, place, version and role set of an entry, side by side. */
const WIDTH = 4

/** One place per hash; what comes later takes it over. */
export class HeldCache {
  readonly #sets: NameSets
  #entries: Int32Array | undefined

  constructor(sets: NameSets) {
    this.#sets = sets
  }

  get(version: number, person: number, place: number): NameSet | undefined {
    const entries = this.#entries
    if (entries === undefined) return undefined
    const at = slotOf(person, place)
    const isKnown =
      entries[at] === person && entries[at + 1] === place && entries[at + 2] === version
    return isKnown ? this.#sets.withId(entries[at + 3] ?? 0) : undefined
  }

  put(version: number, person: number, place: number, roles: NameSet): void {
    this.#entries ??= new Int32Array(ENTRIES * WIDTH)
    const at = slotOf(person, place)
    this.#entries[at] = person
    this.#entries[at + 1] = place
    this.#entries[at + 2] = version
    this.#entries[at + 3] = roles.id
  }
}

function slotOf(person: number, place: number): number {
  const hash = Math.imul(person, 0x9e3779b1) ^ Math.imul(place, 0x85ebca6b)
  return ((hash ^ (hash >>> 15)) & (ENTRIES - 1)) * WIDTH
}
