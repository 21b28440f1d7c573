// What two worlds decide differently on one resource, told once per group of people who decide alike.

import { exists, grantedActions } from '../decide.ts'
import type { Action, ResourceId, SubjectId } from '../names.ts'
import { isSomebody } from '../reach.ts'
import { typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import { type Audience, membersOf } from './audience.ts'
import { Crowd, type Sliced } from './crowd.ts'
import type { Field } from './field.ts'
import { decidesByPerson, isPlain } from './reading.ts'

/** What is gained and lost; each sorted, not both empty. */
export type Difference = {
  readonly gained: readonly Action[]
  readonly lost: readonly Action[]
}

/** The people who gain and lose the same on one resource, by the same roles. */
export type Move = Difference & {
  readonly resource: ResourceId
  readonly size: number
  /** One of them. */
  readonly one: SubjectId
  /** Where they are grouped; absent for somebody alone. */
  readonly at?: { readonly audience: Audience; readonly group: number }
}

/** The people of a move, each once. */
export function peopleOf({ one, at }: Move): Iterable<SubjectId> {
  return at ? membersOf(at.audience, at.group) : [one]
}

/** Compares two worlds resource by resource. Remembers who is where and what roles come to. */
export class Moves {
  readonly before: World
  readonly after: World
  #crowd: Crowd | undefined
  /** By type, existence and group: only where nothing else counts. */
  readonly #known = new Map<string, Difference | undefined>()

  constructor(before: World, after: World) {
    this.before = before
    this.after = after
  }

  /** Everything that moves in a field; each person in at most one of the moves. */
  *on({ resource, who }: Field): Sliced<readonly Move[]> {
    const moves: Move[] = []
    if (who !== 'all') {
      yield* this.#oneByOne(resource, who, moves)
      return moves
    }
    const types = this.#typesOf(resource)
    if (types.every((type) => type === undefined)) return moves
    this.#crowd ??= new Crowd(this.before, this.after)
    const audience = yield* this.#crowd.on(resource)
    const isByPerson = types.some(decidesByPerson)
    const kind = types.every(isPlain) ? this.#kindOf(resource) : undefined
    for (const [group, { root, roles, size, one }] of audience.groups.entries()) {
      yield
      if (isByPerson) {
        yield* this.#oneByOne(resource, membersOf(audience, group), moves)
        continue
      }
      const name = kind && `${kind} ${root} ${roles}`
      const difference = this.#differenceOf(name, one, resource)
      if (difference) moves.push({ ...difference, resource, size, one, at: { audience, group } })
    }
    return moves
  }

  *#oneByOne(resource: ResourceId, who: Iterable<SubjectId>, moves: Move[]): Sliced<void> {
    for (const one of who) {
      yield
      const difference = differenceOf(this.before, this.after, one, resource)
      if (difference && isSomebodyIn(this.before, this.after, one)) {
        moves.push({ ...difference, resource, size: 1, one })
      }
    }
  }

  #typesOf(resource: ResourceId) {
    return [this.before, this.after].map(({ policy }) => policy.types.get(typeOf(resource)))
  }

  /** Resources of a kind differ in nothing that decides but who is on them. */
  #kindOf(resource: ResourceId): string {
    const isThere = [this.before, this.after].map((world) => exists(world, resource))
    const isTenant = [this.before, this.after].map(({ policy }) => resource === policy.tenant)
    return [typeOf(resource), ...isThere, ...isTenant].join(' ')
  }

  #differenceOf(
    name: string | undefined,
    one: SubjectId,
    resource: ResourceId,
  ): Difference | undefined {
    if (name === undefined) return differenceOf(this.before, this.after, one, resource)
    if (this.#known.has(name)) return this.#known.get(name)
    const difference = differenceOf(this.before, this.after, one, resource)
    this.#known.set(name, difference)
    return difference
  }
}

/** The difference of what is granted to one subject on one resource; undefined if there is none. */
export function differenceOf(
  before: World,
  after: World,
  subject: SubjectId,
  resource: ResourceId,
): Difference | undefined {
  const had = grantedActions(before, subject, resource)
  const has = grantedActions(after, subject, resource)
  if (had.length === has.length && had.every((action, index) => action === has[index])) {
    return undefined
  }
  const gained = without(has, had)
  const lost = without(had, has)
  // A new document may only have put them in another order.
  return gained.length + lost.length === 0 ? undefined : { gained, lost }
}

function without(actions: readonly Action[], others: readonly Action[]): readonly Action[] {
  return actions.filter((action) => !others.includes(action)).sort()
}

function isSomebodyIn(before: World, after: World, subject: SubjectId): boolean {
  return isSomebody(before, subject) || isSomebody(after, subject)
}
