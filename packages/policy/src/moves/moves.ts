// What two worlds decide differently on one resource, told once per group of people who decide alike.

import { versionIn } from '../engine/engine.ts'
import { type Action, ANONYMOUS, type ResourceId, type SubjectId } from '../names.ts'
import {
  everybody,
  isOpenToStrangers,
  isSomebody,
  peopleOn,
  peopleWith,
  tenantRolesThatCount,
} from '../reach.ts'
import { scopeOf } from '../scope.ts'
import { tenantOf } from '../tenant.ts'
import { typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import { type Audience, type Group, membersOf, type Person } from './audience.ts'
import { Crowd, type Sliced } from './crowd.ts'
import type { Field } from './field.ts'
import { Grants, type Supposed } from './grants.ts'
import { type Frame, frameOf, saidOn, tenantPlaceOf } from './place-kind.ts'
import { mixedConditions, saidOf, standingConditionsOfResource } from './reading.ts'
import { suppositions } from './supposing.ts'

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

/** By the kind of a group: what moves for all of it, or that each has to be asked. */
type Known = Map<number, Difference | 'none' | 'each'>

const NOBODY: Group = { kind: -1, size: 0, one: -1 }

/** Compares two worlds resource by resource. Remembers who is where and what roles come to. */
export class Moves {
  readonly before: World
  readonly after: World
  readonly #granted: readonly [before: Grants, after: Grants]
  readonly #frames: readonly Frame[]
  readonly #crowd: Crowd | undefined
  /** By what resources that decide alike have in common, then by the kind of a group. */
  readonly #known = new Map<string, Known>()

  /** @param isForMany groups people: dearer to begin with, and the only way through many resources */
  constructor(before: World, after: World, isForMany: boolean) {
    this.before = before
    this.after = after
    this.#granted = [new Grants(before), new Grants(after)]
    this.#frames = [frameOf(before), frameOf(after)]
    const isOneLine = versionIn(before).tables === versionIn(after).tables
    this.#crowd = isForMany && isOneLine ? new Crowd(before, after) : undefined
  }

  /** Everything that moves in a field; each person in at most one of the moves. */
  *on({ resource, who, named }: Field): Sliced<readonly Move[]> {
    if (who !== 'all') return yield* this.#oneByOne(resource, who)
    if (named && this.#isSameFor(resource)) {
      return yield* this.#oneByOne(resource, this.#peopleOn(resource, named))
    }
    const types = this.#worlds.map(({ policy }) => policy.types.get(typeOf(resource)))
    if (types.every((type) => type === undefined)) return []
    if (!this.#crowd) return yield* this.#oneByOne(resource, this.#peopleFor(resource))
    const place = this.#crowd.placeOf(resource)
    const audience = yield* this.#crowd.at(place)
    return yield* this.#groupByGroup(resource, place, audience)
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

  *#groupByGroup(resource: ResourceId, place: number, audience: Audience): Sliced<readonly Move[]> {
    const moves: Move[] = []
    const known = this.#knownOn(resource, place)
    for (let group = 0; group < audience.groups.length; group += 1) {
      const { kind, size, one: person } = audience.groups[group] ?? NOBODY
      if (size === 0) continue
      let found = known.get(kind)
      if (found === undefined) {
        yield
        found = this.#differenceOf(this.nameOf(person), resource) ?? 'none'
        known.set(kind, found)
      }
      if (found === 'none') continue
      if (found === 'each') {
        const people = map(membersOf(audience, group), (member) => this.nameOf(member))
        moves.push(...(yield* this.#oneByOne(resource, people)))
        continue
      }
      const { gained, lost } = found
      const one = this.nameOf(person)
      moves.push({ gained, lost, resource, size, one, at: { audience, group } })
    }
    return moves
  }

  /** What moves for a whole group, of whom this is one; `each` if it depends on which of them is asked. */
  #differenceOf(one: SubjectId, resource: ResourceId): Difference | 'each' | undefined {
    if (!this.#isMixed(resource)) return this.#differenceFor(one, resource)
    const supposed = suppositions(this.before, this.after, resource)
    if (!supposed) return 'each'
    const [first, ...others] = supposed.map((each) => this.#differenceFor(one, resource, each))
    const text = JSON.stringify(first)
    return others.every((other) => JSON.stringify(other) === text) ? first : 'each'
  }

  /** The difference of what is granted to one subject on one resource; undefined if there is none. */
  #differenceFor(
    one: SubjectId,
    resource: ResourceId,
    supposed?: readonly [before: Supposed, after: Supposed],
  ): Difference | undefined {
    const [before, after] = this.#granted
    return between(before.of(one, resource, supposed?.[0]), after.of(one, resource, supposed?.[1]))
  }

  #isMixed(resource: ResourceId): boolean {
    return this.#worlds.some(
      ({ policy }) => mixedConditions(policy.types.get(typeOf(resource))).length > 0,
    )
  }

  *#oneByOne(resource: ResourceId, who: Iterable<SubjectId>): Sliced<readonly Move[]> {
    const moves: Move[] = []
    for (const one of who) {
      yield
      const difference = this.#differenceFor(one, resource)
      const isKnown = difference && this.#worlds.some((world) => isSomebody(world, one))
      if (!difference || !isKnown) continue
      const { gained, lost } = difference
      moves.push({ gained, lost, resource, size: 1, one })
    }
    return moves
  }

  /** True if strangers are decided on alike: the resource is no other as far as rules on it read it. */
  #isSameFor(resource: ResourceId): boolean {
    const { before, after } = this
    const type = before.policy.types.get(typeOf(resource))
    if (before.policy !== after.policy || before.timeMs !== after.timeMs || !type) return false
    const tenants = this.#worlds.map((world) => tenantOf(world, resource))
    const [tenant = resource, later] = tenants
    if (tenant !== later) return false
    const [then, now] = [before.facts.resource(resource), after.facts.resource(resource)]
    const isSameTenant = before.facts.resource(tenant) === after.facts.resource(tenant)
    if (then === now && isSameTenant) return true
    if (!then || !now || mixedConditions(type).length > 0) return false
    const scopes = this.#worlds.map((world) => scopeOf(world, ANONYMOUS, resource))
    return standingConditionsOfResource(type).every((condition) => {
      const [before, after] = scopes.map((scope) => saidOf(condition, scope))
      return before === after
    })
  }

  /** Everybody with a role on a resource, before or after, and some others; each once. */
  #peopleOn(resource: ResourceId, others: ReadonlySet<SubjectId>): ReadonlySet<SubjectId> {
    const people = new Set(others)
    for (const world of this.#worlds) for (const one of peopleOn(world, resource)) people.add(one)
    return people
  }

  /** Everybody whose rights on a resource can be any, each once. */
  #peopleFor(resource: ResourceId): ReadonlySet<SubjectId> {
    const types = this.#worlds.map(({ policy }) => policy.types.get(typeOf(resource)))
    if (types.some((type) => isOpenToStrangers(type))) {
      return new Set(this.#worlds.flatMap((world) => [...everybody(world)]))
    }
    const byTenant = this.#worlds.flatMap((world, n) => {
      return [...peopleWith(world, tenantOf(world, resource), tenantRolesThatCount(types[n]))]
    })
    return this.#peopleOn(resource, new Set(byTenant))
  }

  /** What is known of a resource and all that differ from it in nothing that decides but who is on them. */
  #knownOn(resource: ResourceId, place: number): Known {
    const type = typeOf(resource)
    const tenants = this.#crowd?.tenantsOf(place) ?? []
    const names = this.#frames.map((frame) => {
      const { world, version } = frame
      const isMain = resource === world.policy.tenant
      const isThere = isMain || version.attributes('resources', place) !== undefined
      // Which of the tenants that people are grouped by; the document's goes by its own number.
      const tenantPlace = tenantPlaceOf(frame, place)
      const tenant = tenants.indexOf(tenantPlace)
      const conditions = standingConditionsOfResource(world.policy.types.get(type))
      const where = tenant < 0 ? `main ${tenantPlace}` : tenant
      return `${isThere} ${where} ${saidOn(frame, place, conditions)}`
    })
    const name = `${type} ${names.join('|')}`
    const known = this.#known.get(name) ?? (new Map() satisfies Known)
    this.#known.set(name, known)
    return known
  }
}

function between(had: readonly Action[], has: readonly Action[]): Difference | undefined {
  if (had === has || isSame(had, has)) return undefined
  const gained = without(has, had)
  const lost = without(had, has)
  // A new document may only have put them in another order.
  return gained.length + lost.length === 0 ? undefined : { gained, lost }
}

function* map<T, U>(some: Iterable<T>, to: (one: T) => U): Generator<U> {
  for (const one of some) yield to(one)
}

/** In the same order. */
function isSame(actions: readonly Action[], others: readonly Action[]): boolean {
  return (
    actions.length === others.length && actions.every((action, index) => action === others[index])
  )
}

function without(actions: readonly Action[], others: readonly Action[]): readonly Action[] {
  return actions.filter((action) => !others.includes(action)).sort()
}
