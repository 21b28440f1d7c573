// People on a resource in groups that decide alike, so that one answer stands for thousands.
//
//   everybody ── server:one ─┬─ channel:a     Each level keeps only whom it moved to another group by what is assigned
//                            └─ channel:b     there; all others stay grouped as they were one level up.

import type { SubjectId } from '../names.ts'

export type Audience = {
  /** Where the people who were not moved are grouped; absent at the root, which moves everybody. */
  readonly base?: Audience
  /** The group here of each group of the base; -1 if nobody of it is left. */
  readonly fromBase: readonly number[]
  readonly moved: ReadonlyMap<SubjectId, number>
  readonly groups: readonly Group[]
}

export type Group = {
  /** The same for all of one group: the group at the root. */
  readonly root: number
  /** Equal names: the same roles on the resource, before and after. */
  readonly roles: string
  readonly size: number
  /** One of them. */
  readonly one: SubjectId
}

/** The group of a subject; undefined if the root does not know them. */
export function groupOf(audience: Audience, subject: SubjectId): number | undefined {
  const moved = audience.moved.get(subject)
  if (moved !== undefined || !audience.base) return moved
  const group = groupOf(audience.base, subject)
  return group === undefined ? undefined : audience.fromBase[group]
}

/** The people of one group, each once. */
export function* membersOf(audience: Audience, group: number): Generator<SubjectId> {
  for (const [subject, at] of audience.moved) if (at === group) yield subject
  if (!audience.base) return
  for (const [from, to] of audience.fromBase.entries()) {
    if (to !== group) continue
    for (const subject of membersOf(audience.base, from)) {
      if (!audience.moved.has(subject)) yield subject
    }
  }
}

/** Somebody of a group who is not among these; undefined if there is nobody else. */
export function otherThan(
  audience: Audience,
  group: number,
  these: ReadonlySet<SubjectId>,
): SubjectId | undefined {
  const one = audience.groups[group]?.one
  if (one !== undefined && !these.has(one)) return one
  for (const subject of membersOf(audience, group)) if (!these.has(subject)) return subject
  return undefined
}

/** Collects people into groups by name. */
export class Grouping {
  readonly #numbers = new Map<string, number>()
  readonly #groups: { root: number; roles: string; size: number; one: SubjectId }[] = []

  /** Adds `count` people, of whom `one` is one; gives the number of their group. */
  add(root: number, roles: string, one: SubjectId, count = 1): number {
    const name = `${root} ${roles}`
    const known = this.#numbers.get(name)
    if (known !== undefined) {
      const group = this.#groups[known]
      if (group) group.size += count
      return known
    }
    this.#numbers.set(name, this.#groups.length)
    return this.#groups.push({ root, roles, size: count, one }) - 1
  }

  get groups(): readonly Group[] {
    return this.#groups
  }
}

/** The root: everybody, grouped by what they are anywhere. */
export function rootAudience(
  moved: ReadonlyMap<SubjectId, number>,
  groups: readonly Group[],
): Audience {
  return { fromBase: [], moved, groups: groups.map((group, root) => ({ ...group, root })) }
}
