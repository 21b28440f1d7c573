// What two worlds decide differently on one resource, told once per group of people who decide alike.

import type { Condition } from '../condition/condition.ts'
import { exists, grantedActions } from '../decide.ts'
import { versionIn } from '../engine/engine.ts'
import { type Action, ANONYMOUS, type ResourceId, type SubjectId } from '../names.ts'
import { everybody, isOpenToStrangers, isSomebody, peopleOn, tenantCounts } from '../reach.ts'
import { scopeOf } from '../scope.ts'
import { typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import { type Audience, membersOf, type Person } from './audience.ts'
import { Crowd, type Sliced } from './crowd.ts'
import type { Field } from './field.ts'
import { conditionsOfResource, decidesByPerson } from './reading.ts'

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

/** Compares two worlds resource by resource. Remembers who is where and what roles come to. */
export class Moves {
  readonly before: World
  readonly after: World
  readonly #crowd: Crowd | undefined
  /** By what all of a group have in common, and the resource with all others that decide alike. */
  readonly #known = new Map<string, Difference | undefined>()

  /** @param isForMany groups people: dearer to begin with, and the only way through many resources */
  constructor(before: World, after: World, isForMany: boolean) {
    this.before = before
    this.after = after
    const isOneLine = versionIn(before).tables === versionIn(after).tables
    this.#crowd = isForMany && isOneLine ? new Crowd(before, after) : undefined
  }

  /** Everything that moves in a field; each person in at most one of the moves. */
  *on({ resource, who }: Field): Sliced<readonly Move[]> {
    if (who !== 'all') return yield* this.#oneByOne(resource, who)
    const types = this.#worlds.map(({ policy }) => policy.types.get(typeOf(resource)))
    if (types.every((type) => type === undefined)) return []
    if (!this.#crowd) return yield* this.#oneByOne(resource, this.#peopleFor(resource))
    const audience = yield* this.#crowd.on(resource)
    if (types.some(decidesByPerson)) return yield* this.#memberByMember(resource, audience)
    return yield* this.#groupByGroup(resource, audience)
  }

  /** The people of a move, each once. */
  *peopleOf({ one, at }: Move): Generator<SubjectId> {
    if (!at) yield one
    else for (const person of membersOf(at.audience, at.group)) yield this.nameOf(person)
  }

  nameOf(person: Person): SubjectId {
    return this.#crowd?.nameOf(person) ?? ANONYMOUS
  }

  get #worlds(): readonly World[] {
    return [this.before, this.after]
  }

  *#groupByGroup(resource: ResourceId, audience: Audience): Sliced<readonly Move[]> {
    const moves: Move[] = []
    const kind = this.#kindOf(resource)
    for (const [group, { root, roles, size, one: person }] of audience.groups.entries()) {
      yield
      if (size === 0) continue
      const one = this.nameOf(person)
      const difference = this.#differenceOf(`${kind} ${root} ${roles}`, one, resource)
      if (difference) moves.push({ ...difference, resource, size, one, at: { audience, group } })
    }
    return moves
  }

  *#memberByMember(resource: ResourceId, audience: Audience): Sliced<readonly Move[]> {
    const moves: Move[] = []
    for (const group of audience.groups.keys()) {
      for (const person of membersOf(audience, group)) {
        yield
        const one = this.nameOf(person)
        const difference = differenceOf(this.before, this.after, one, resource)
        if (difference) moves.push({ ...difference, resource, size: 1, one })
      }
    }
    return moves
  }

  *#oneByOne(resource: ResourceId, who: Iterable<SubjectId>): Sliced<readonly Move[]> {
    const moves: Move[] = []
    for (const one of who) {
      yield
      const difference = differenceOf(this.before, this.after, one, resource)
      const isKnown = difference && this.#worlds.some((world) => isSomebody(world, one))
      if (difference && isKnown) moves.push({ ...difference, resource, size: 1, one })
    }
    return moves
  }

  /** Everybody whose rights on a resource can be any, each once. */
  #peopleFor(resource: ResourceId): ReadonlySet<SubjectId> {
    const people = new Set<SubjectId>()
    const addAll = (some: Iterable<SubjectId>) => {
      for (const one of some) people.add(one)
    }
    const isOpen = this.#worlds.some(({ policy }) =>
      isOpenToStrangers(policy.types.get(typeOf(resource))),
    )
    for (const world of this.#worlds) {
      if (isOpen) addAll(everybody(world))
      else addAll(peopleOn(world, resource))
      const isByTenant = tenantCounts(world.policy.types.get(typeOf(resource)))
      if (!isOpen && isByTenant) addAll(peopleOn(world, world.policy.tenant))
    }
    return people
  }

  /** Resources of a kind differ in nothing that decides but who is on them. */
  #kindOf(resource: ResourceId): string {
    const type = typeOf(resource)
    return this.#worlds
      .map((world) => {
        const isThere = exists(world, resource)
        const isTenant = resource === world.policy.tenant
        const said = conditionsOfResource(world.policy.types.get(type)).map((condition) =>
          saidOf(world, resource, condition),
        )
        return `${isThere} ${isTenant} ${said.join('')}`
      })
      .concat(type)
      .join(' ')
  }

  #differenceOf(name: string, one: SubjectId, resource: ResourceId): Difference | undefined {
    if (this.#known.has(name)) return this.#known.get(name)
    const difference = differenceOf(this.before, this.after, one, resource)
    this.#known.set(name, difference)
    return difference
  }
}

function saidOf(world: World, resource: ResourceId, condition: Condition): 't' | 'f' | 'e' {
  const outcome = condition.evaluate(scopeOf(world, ANONYMOUS, resource))
  if (outcome === true) return 't'
  return outcome === false ? 'f' : 'e'
}

/** The difference of what is granted to one subject on one resource; undefined if there is none. */
function differenceOf(
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
