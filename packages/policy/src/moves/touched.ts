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
  readonly #people = new Set<Person>()
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

  /** @param nameOf by whom a person is known who was met alone elsewhere */
  count(nameOf: (person: Person) => SubjectId): number {
    const people = new Set(this.#people)
    const marks = this.#root && this.#marks.get(this.#root)
    for (const [person, group] of marks ? (this.#root?.entries() ?? []) : []) {
      if (marks?.get(group)?.has(person) === false) people.add(person)
    }
    if (this.#alone.size === 0) return people.size
    const all = new Set(this.#alone)
    for (const person of people) all.add(nameOf(person))
    return all.size
  }

  #mark(audience: Audience, groups: ReadonlySet<number>, except: ReadonlySet<Person>): void {
    const fresh = new Set([...groups].filter((group) => this.#narrow(audience, group, except)))
    if (audience instanceof Everybody) this.#root = audience
    if (fresh.size === 0 || !audience.base) return
    const { base, fromBase, moved } = audience
    for (const [person, group] of moved) {
      if (fresh.has(group) && !except.has(person)) this.#people.add(person)
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
