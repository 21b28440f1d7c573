// People on a resource in groups that decide alike, so that one answer stands for thousands.
//
//   everybody ── server:one ─┬─ channel:a     Each level keeps only whom it moved to another group by what is assigned
//                            └─ channel:b     there; all others stay grouped as they were one level up.

/** A person by number, as the tables of the facts give them out; -1 for the visitor, who may have none. */
export type Person = number

export type Audience = {
  /** Where the people who were not moved are grouped; absent at the root. */
  readonly base?: Audience
  /** The group here of each group of the base; -1 if nobody of it is left. */
  readonly fromBase: readonly number[]
  readonly moved: ReadonlyMap<Person, number>
  readonly groups: readonly Group[]
}

export type Group = {
  /** Equal numbers, on whatever resources: the same roles there, before and after, of people of one group at the root. */
  readonly kind: number
  readonly size: number
  /** One of them. */
  readonly one: Person
}

/** The root of all audiences: everybody, grouped by what they are anywhere. */
export class Everybody implements Audience {
  readonly fromBase = []
  readonly moved: ReadonlyMap<Person, number> = new Map()
  readonly groups: readonly Group[]
  /** The group of each person, at their number and one. */
  readonly #groupOf: Int32Array

  /** @param groupOf -1 for numbers of people who are not there */
  constructor(groups: readonly Group[], groupOf: Int32Array) {
    this.groups = groups
    this.#groupOf = groupOf
  }

  groupOf(person: Person): number {
    return this.#groupOf[person + 1] ?? -1
  }

  *members(group: number): Generator<Person> {
    for (let at = 0; at < this.#groupOf.length; at += 1) {
      if (this.#groupOf[at] === group) yield at - 1
    }
  }

  *entries(): Generator<readonly [person: Person, group: number]> {
    for (const [at, group] of this.#groupOf.entries()) if (group >= 0) yield [at - 1, group]
  }
}

/** The group of a person; -1 if the root does not know them. */
export function groupOf(audience: Audience, person: Person): number {
  if (audience instanceof Everybody) return audience.groupOf(person)
  const moved = audience.moved.get(person)
  if (moved !== undefined) return moved
  const group = audience.base ? groupOf(audience.base, person) : -1
  return audience.fromBase[group] ?? -1
}

/** The people of one group, each once. */
export function* membersOf(audience: Audience, group: number): Generator<Person> {
  if (audience instanceof Everybody) yield* audience.members(group)
  const { base, fromBase, moved } = audience
  for (const [person, at] of moved) if (at === group) yield person
  if (!base) return
  for (const [from, to] of fromBase.entries()) {
    if (to !== group) continue
    for (const person of membersOf(base, from)) if (!moved.has(person)) yield person
  }
}

/** Somebody of a group who is not among these; undefined if there is nobody else. */
export function otherThan(
  audience: Audience,
  group: number,
  these: ReadonlyMap<Person, unknown>,
): Person | undefined {
  const one = audience.groups[group]?.one
  if (one !== undefined && !these.has(one)) return one
  for (const person of membersOf(audience, group)) if (!these.has(person)) return person
  return undefined
}

/** Collects people into groups by their kinds. */
export class Grouping {
  readonly #numbers = new Map<number, number>()
  readonly #groups: { kind: number; size: number; one: Person }[] = []

  /** Adds so many people, of whom this is one; gives the number of their group. */
  add(kind: number, one: Person, count: number): number {
    let number = this.#numbers.get(kind)
    if (number === undefined) {
      number = this.#groups.push({ kind, size: 0, one }) - 1
      this.#numbers.set(kind, number)
    }
    const group = this.#groups[number]
    if (group) group.size += count
    return number
  }

  get groups(): readonly Group[] {
    return this.#groups
  }
}
