// What a simulation found, in numbers: who gains and loses how much where.

import type { Flip } from '../flips.ts'
import type { Action, ResourceId, Revision, RoleName, SubjectId } from '../names.ts'
import { rolesHeld } from '../roles.ts'
import { tenantOf } from '../tenant.ts'
import { typeOf } from '../tuple.ts'
import type { Move, Moves } from './moves.ts'
import { Touched } from './touched.ts'

/** Single permissions: one action of one subject on one resource each. */
export type Sum = { readonly gained: number; readonly lost: number }

export type RoleSum = Sum & {
  /** The type of the resource that the role is held on; absent for roles on the tenant. */
  readonly type?: string
  readonly role: RoleName
}

export type ResourceSum = Sum & {
  readonly resource: ResourceId
  readonly people: number
  /** People who begin to read what is said there, or no longer do; absent: nobody. */
  readonly reading?: Sum
}

export type Impact = Sum & {
  /** The world the changes were tried on. */
  readonly revision: Revision
  /** Different subjects, the visitor among them. */
  readonly people: number
  readonly resources: number
  /** By the roles that count for those who move, before or after; somebody with two roles counts for both. */
  readonly byRole: readonly RoleSum[]
  /** Most moved first. */
  readonly byResource: readonly ResourceSum[]
  /** Examples, a few of each resource. */
  readonly samples: readonly Flip[]
}

/** Examples of one resource. */
const MOST_SAMPLES_ON_ONE = 3

type Counter<T> = { -readonly [K in keyof T]: T[K] }

export class ImpactCount {
  readonly #moves: Moves
  readonly #most: number
  readonly #touched = new Touched()
  readonly #sum = { gained: 0, lost: 0 }
  readonly #roles = new Map<string, Counter<RoleSum>>()
  readonly #rolesOf = new Map<string, readonly Counter<RoleSum>[]>()
  readonly #resources: ResourceSum[] = []
  readonly #samples: Flip[] = []

  constructor(moves: Moves, samples: number) {
    this.#moves = moves
    this.#most = samples
  }

  /** Counts everything that moves on one resource; once per resource. */
  add(resource: ResourceId, moves: readonly Move[]): void {
    const [then, now] = [this.#moves.before, this.#moves.after].map((world) =>
      tenantOf(world, resource),
    )
    const tenants = then === now ? '' : `${then} ${now}`
    const here = { resource, gained: 0, lost: 0, people: 0 }
    const reading = { gained: 0, lost: 0 }
    let left = Math.min(MOST_SAMPLES_ON_ONE, this.#most - this.#samples.length)
    for (const move of moves) {
      here.people += move.size
      if (move.gained.some(isReading)) reading.gained += move.size
      if (move.lost.some(isReading)) reading.lost += move.size
      for (const sum of [this.#sum, here, ...this.#countersOf(move, tenants)]) addTo(sum, move)
      left -= this.#sample(move, left)
    }
    const isRead = reading.gained + reading.lost > 0
    this.#resources.push(isRead ? { ...here, reading } : here)
    this.#touched.add(moves)
  }

  impact(): Impact {
    const most = ({ gained, lost }: Sum) => gained + lost
    return {
      ...this.#sum,
      revision: this.#moves.before.revision,
      people: this.#touched.count((person) => this.#moves.nameOf(person)),
      resources: this.#resources.length,
      byRole: Array.from(this.#roles.values(), (sum) => ({ ...sum })).sort(
        (a, b) => most(b) - most(a) || (roleName(a) < roleName(b) ? -1 : 1),
      ),
      byResource: this.#resources.toSorted(
        (a, b) => most(b) - most(a) || (a.resource < b.resource ? -1 : 1),
      ),
      samples: [...this.#samples],
    }
  }

  #sample(move: Move, most: number): number {
    if (most <= 0) return 0
    let taken = 0
    const { resource, gained, lost } = move
    for (const subject of this.#moves.peopleOf(move)) {
      this.#samples.push({ subject, resource, gained, lost })
      taken += 1
      if (taken === most) break
    }
    return taken
  }

  /**
   * The sums of the roles that people of a move hold. Those of a group hold the same.
   *
   * @param tenants the tenants of the resource before and after, if it has moved
   */
  #countersOf({ resource, one, at }: Move, tenants: string): readonly Counter<RoleSum>[] {
    const group = at?.audience.groups[at.group]
    if (!group) return this.#countersFor(resource, one)
    const name = `${typeOf(resource)} ${group.kind} ${tenants}`
    const known = this.#rolesOf.get(name) ?? this.#countersFor(resource, one)
    this.#rolesOf.set(name, known)
    return known
  }

  #countersFor(resource: ResourceId, subject: SubjectId): readonly Counter<RoleSum>[] {
    const counters = new Set<Counter<RoleSum>>()
    for (const world of [this.#moves.before, this.#moves.after]) {
      const tenant = tenantOf(world, resource)
      for (const role of rolesHeld(world, subject, tenant)) counters.add(this.#counter({ role }))
      if (resource === tenant) continue
      const type = typeOf(resource)
      for (const role of rolesHeld(world, subject, resource)) {
        counters.add(this.#counter({ type, role }))
      }
    }
    return [...counters]
  }

  #counter(of: { type?: string; role: RoleName }): Counter<RoleSum> {
    const name = roleName(of)
    const known = this.#roles.get(name) ?? { ...of, gained: 0, lost: 0 }
    this.#roles.set(name, known)
    return known
  }
}

/** What opens messages: those to come, and those there were. */
function isReading(action: Action): boolean {
  return action === 'subscribe' || action === 'history'
}

function roleName({ type, role }: { readonly type?: string; readonly role: RoleName }): string {
  return `${type ?? ''}#${role}`
}

function addTo(sum: { gained: number; lost: number }, { size, gained, lost }: Move): void {
  sum.gained += size * gained.length
  sum.lost += size * lost.length
}
