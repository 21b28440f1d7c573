// Numbers for what people are on a resource, remembered so that the same is worked out once.

/** What an assignment and the kind of somebody where other roles come from make, on places that are alike. */
export type Learned = Map<number, number>

/** More than there will ever be of kinds, of assignments, and of sets of roles: two such numbers make one safe number. */
const MOST = 2 ** 26

/** A kind stands for a group at the root and the roles on a resource, before and after. */
export class Kinds {
  readonly #numbers = new Map<string, number>()
  /** By kind: the kind of the group at the root. */
  readonly #roots: number[] = []
  readonly #learned = new Map<string, Learned>()
  /** What is assigned in one world or both, by a number of the sets of roles; 0 is nothing. */
  readonly #assigned = new Map<number, number>()

  /** The kind of a group at the root. */
  root(name: string): number {
    const kind = this.#number(`root ${name}`)
    this.#roots[kind] = kind
    return kind
  }

  /** What was learned on places of a name, which says all that roles there depend on but people. */
  learned(name: string): Learned {
    const known = this.#learned.get(name) ?? new Map<number, number>()
    this.#learned.set(name, known)
    return known
  }

  /** The kind that somebody of a kind becomes by an assignment; asks for their roles if that is not known. */
  next(learned: Learned | undefined, assigned: number, kind: number, roles: () => string): number {
    const name = assigned * MOST + kind
    const known = learned?.get(name)
    if (known !== undefined) return known
    const root = this.#roots[kind] ?? -1
    const next = this.#number(`${root} ${roles()}`)
    this.#roots[next] = root
    learned?.set(name, next)
    return next
  }

  /** The number of an assignment: a set of roles in the first or second world, on top of what is known. */
  assigned(world: number, roles: number, before = 0): number {
    const name = (before * 2 + world) * MOST + roles
    const known = this.#assigned.get(name) ?? this.#assigned.size + 1
    this.#assigned.set(name, known)
    return known
  }

  #number(name: string): number {
    const known = this.#numbers.get(name) ?? this.#numbers.size
    this.#numbers.set(name, known)
    return known
  }
}
