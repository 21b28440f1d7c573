// Counts the different people that moves concern, without walking through them once per resource.

import type { SubjectId } from '../names.ts'
import { type Audience, groupOf } from './audience.ts'
import type { Move } from './moves.ts'

const NOBODY: ReadonlySet<SubjectId> = new Set()

/**
 * The people concerned so far.
 *
 * A group that moves is marked where it was made, for all of its people but those an audience further down had moved
 * out of it; the exceptions of several marks shrink to what they have in common.
 */
export class Touched {
  readonly #people = new Set<SubjectId>()
  readonly #marks = new WeakMap<Audience, Map<number, ReadonlySet<SubjectId>>>()
  readonly #roots = new Set<Audience>()

  add(moves: readonly Move[]): void {
    const groups = new Map<Audience, Set<number>>()
    for (const { at, one } of moves) {
      if (!at) this.#people.add(one)
      else groups.set(at.audience, (groups.get(at.audience) ?? new Set<number>()).add(at.group))
    }
    for (const [audience, marked] of groups) this.#mark(audience, marked, NOBODY)
  }

  count(): number {
    const all = new Set(this.#people)
    for (const root of this.#roots) {
      const marks = this.#marks.get(root)
      for (const [subject, group] of root.moved) {
        if (marks?.get(group)?.has(subject) === false) all.add(subject)
      }
    }
    return all.size
  }

  #mark(audience: Audience, groups: ReadonlySet<number>, except: ReadonlySet<SubjectId>): void {
    const fresh = new Set([...groups].filter((group) => this.#narrow(audience, group, except)))
    if (!audience.base) this.#roots.add(audience)
    if (fresh.size === 0 || !audience.base) return
    for (const [subject, group] of audience.moved) {
      if (fresh.has(group) && !except.has(subject)) this.#people.add(subject)
    }
    const { base, fromBase, moved } = audience
    const above = new Set<number>()
    for (const [from, to] of fromBase.entries()) {
      if (fresh.has(to) && this.#marks.get(base)?.get(from)?.size !== 0) above.add(from)
    }
    if (above.size === 0) return
    this.#mark(base, above, new Set([...moved.keys(), ...except]))
  }

  /** True if the mark says something new. */
  #narrow(audience: Audience, group: number, except: ReadonlySet<SubjectId>): boolean {
    const marks = this.#marks.get(audience) ?? new Map<number, ReadonlySet<SubjectId>>()
    this.#marks.set(audience, marks)
    const known = marks.get(group)
    if (known?.size === 0) return false
    const mine = [...(known ?? except)].filter(
      (subject) => except.has(subject) && groupOf(audience, subject) === group,
    )
    if (known && mine.length === known.size) return false
    marks.set(group, new Set(mine))
    return true
  }
}
