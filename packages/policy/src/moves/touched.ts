// Counts the different people that moves concern, without walking through them once per resource.

import type { SubjectId } from '../names.ts'
import { type Audience, Everybody, groupOf, type Person } from './audience.ts'
import type { Move } from './moves.ts'

const NOBODY: ReadonlySet<Person> = new Set()

/**
 * The people concerned so far.
 *
 * A group that moves is marked where it was made, for all of its people but those an audience further down had moved
 * out of it; the exceptions of several marks shrink to what they have in common.
 */
export class Touched {
  readonly #alone = new Set<SubjectId>()
  /** By number and one: 1 for who is concerned. */
  #people = new Uint8Array(1_024)
  readonly #marks = new WeakMap<Audience, Map<number, ReadonlySet<Person>>>()
  #root: Everybody | undefined

  add(moves: readonly Move[]): void {
    const groups = new Map<Audience, Set<number>>()
    for (const { at, one } of moves) {
      if (!at) this.#alone.add(one)
      else groups.set(at.audience, (groups.get(at.audience) ?? new Set<number>()).add(at.group))
    }
    for (const [audience, marked] of groups) this.#mark(audience, marked, NOBODY)
  }

  /** @param nameOf tells whether somebody of a group was met alone elsewhere */
  count(nameOf: (person: Person) => SubjectId): number {
    const marks = this.#root && this.#marks.get(this.#root)
    for (const [person, group] of marks ? (this.#root?.entries() ?? []) : []) {
      if (marks?.get(group)?.has(person) === false) this.#touch(person)
    }
    let count = this.#alone.size
    for (const [at, isTouched] of this.#people.entries()) {
      if (isTouched === 1 && (this.#alone.size === 0 || !this.#alone.has(nameOf(at - 1))))
        count += 1
    }
    return count
  }

  #touch(person: Person): void {
    if (person + 1 >= this.#people.length) {
      const more = new Uint8Array(2 * (person + 2))
      more.set(this.#people)
      this.#people = more
    }
    this.#people[person + 1] = 1
  }

  #mark(audience: Audience, groups: ReadonlySet<number>, except: ReadonlySet<Person>): void {
    const fresh = new Set([...groups].filter((group) => this.#narrow(audience, group, except)))
    if (audience instanceof Everybody) this.#root = audience
    if (fresh.size === 0 || !audience.base) return
    const { base, fromBase, moved } = audience
    for (const [person, group] of moved) {
      if (fresh.has(group) && !except.has(person)) this.#touch(person)
    }
    const above = new Set<number>()
    for (const [from, to] of fromBase.entries()) {
      if (fresh.has(to) && this.#marks.get(base)?.get(from)?.size !== 0) above.add(from)
    }
    if (above.size === 0) return
    this.#mark(base, above, new Set([...moved.keys(), ...except]))
  }

  /** True if the mark says something new. */
  #narrow(audience: Audience, group: number, except: ReadonlySet<Person>): boolean {
    const marks = this.#marks.get(audience) ?? new Map<number, ReadonlySet<Person>>()
    this.#marks.set(audience, marks)
    const known = marks.get(group)
    if (known?.size === 0) return false
    const mine = [...(known ?? except)].filter(
      (person) => except.has(person) && groupOf(audience, person) === group,
    )
    if (known && mine.length === known.size) return false
    marks.set(group, new Set(mine))
    return true
  }
}
