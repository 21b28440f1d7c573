// Builds audiences: who is on a resource in two worlds at once, at the price of what is assigned there.

import type { Condition } from '../condition/condition.ts'
import { versionIn } from '../engine/engine.ts'
import { Walk } from '../engine/walk.ts'
import type { Tables } from '../facts/tables.ts'
import type { Version } from '../facts/version.ts'
import { ANONYMOUS, type ResourceId, type SubjectId } from '../names.ts'
import { everybody, peopleOn } from '../reach.ts'
import { scopeOf } from '../scope.ts'
import type { World } from '../world.ts'
import { type Audience, Everybody, Grouping, groupOf, otherThan, type Person } from './audience.ts'
import { derivationText, derivesByPerson, personalConditions } from './reading.ts'

/** Work that stops after every small piece; the value comes when it is done. */
export type Sliced<T> = Generator<undefined, T>

/** Deeper chains of sets and relations are looked through person by person. */
const DEEPEST = 12
/** People looked at in one piece of work, where all that is done is to look into a table. */
export const PEOPLE_IN_PIECE = 16
/** More than sets of roles there will ever be: two numbers of them make one safe number. */
const MOST_SETS = 2 ** 26

/** The people to whom something is assigned on a place, by what it is; and the places that more roles can come from. */
type Neighbours = {
  readonly people: ReadonlyMap<Person, number>
  readonly above: ReadonlySet<number>
}

/** Both worlds must be of one line of facts, so that people have the same numbers in both. */
export class Crowd {
  readonly #before: World
  readonly #after: World
  readonly #tables: Tables
  readonly #isSameRoles: boolean
  /** The worlds whose roles have to be looked at: one if they are the same in both. */
  readonly #worlds: readonly World[]
  readonly #versions: readonly Version[]
  readonly #building = new Set<number>()
  readonly #built = new Map<number, Audience>()
  #root: Everybody | undefined

  constructor(before: World, after: World) {
    this.#before = before
    this.#after = after
    this.#tables = versionIn(after).tables
    this.#isSameRoles =
      before.facts === after.facts && derivationText(before.policy) === derivationText(after.policy)
    this.#worlds = this.#isSameRoles ? [before] : [before, after]
    this.#versions = this.#worlds.map(versionIn)
  }

  nameOf(person: Person): SubjectId {
    return person < 0 ? ANONYMOUS : this.#tables.people.name(person)
  }

  /** Everybody, grouped by roles on the tenant and by what conditions say of the person alone. */
  *root(): Sliced<Everybody> {
    if (this.#root) return this.#root
    const groupOf = new Int32Array(this.#tables.people.size + 1).fill(-1)
    const grouping = new Grouping()
    const personal = [this.#before, this.#after].flatMap((world) =>
      personalConditions(world.policy).map((condition) => ({ world, condition })),
    )
    const tenants = new Set([this.#before.policy.tenant, this.#after.policy.tenant])
    for (const world of this.#worlds) {
      for (const subject of everybody(world)) {
        yield
        const person = this.#tables.people.find(subject)
        if (groupOf[person + 1] !== -1) continue
        const said = personal.map(({ world, condition }) => saidOf(world, subject, condition))
        const roles = Array.from(tenants, (tenant) => this.#rolesOn(person, tenant))
        const group = grouping.numberOf(0, [...said, ...roles].join(' '), person)
        grouping.add(group, 1)
        groupOf[person + 1] = group
      }
    }
    this.#root = new Everybody(grouping.groups, groupOf)
    return this.#root
  }

  /** Who is on a resource. Kept where other resources take their people from. */
  *on(resource: ResourceId): Sliced<Audience> {
    return yield* this.#at(this.#tables.places.find(resource))
  }

  *#at(place: number): Sliced<Audience> {
    const root = yield* this.root()
    if (place < 0) return root
    const known = this.#built.get(place)
    if (known) return known
    const neighbours = yield* this.#neighbours(place)
    this.#building.add(place)
    const base = yield* this.#baseOf(place, neighbours.above, root)
    this.#building.delete(place)
    if (base) return yield* this.#split(place, base, neighbours.people)
    return yield* this.#oneByOne(place, root)
  }

  /** The audience that all roles but the assigned ones come from; undefined if there is no such single one. */
  *#baseOf(
    place: number,
    above: ReadonlySet<number>,
    root: Audience,
  ): Sliced<Audience | undefined> {
    const [only, ...more] = above
    const type = this.#tables.types.name(this.#tables.typeOfPlace[place] ?? -1)
    const isByPerson = this.#worlds.some(({ policy }) => derivesByPerson(policy.types.get(type)))
    if (isByPerson) return undefined
    if (only === undefined) return root
    if (more.length > 0 || this.#building.has(only) || this.#building.size > DEEPEST) {
      return undefined
    }
    const base = yield* this.#at(only)
    this.#built.set(only, base)
    return base
  }

  /** Groups whom something is assigned to by what it is and where they were; all others stay together. */
  *#split(place: number, base: Audience, people: Neighbours['people']): Sliced<Audience> {
    const resource = this.#tables.places.name(place)
    const grouping = new Grouping()
    const moved = new Map<Person, number>()
    const left = base.groups.map(({ size }) => size)
    const known = new Map<number, number>()
    for (const [person, assigned] of people) {
      if (moved.size % PEOPLE_IN_PIECE === 0) yield
      const from = groupOf(base, person)
      if (from < 0) continue
      left[from] = (left[from] ?? 0) - 1
      const name = assigned * base.groups.length + from
      let group = known.get(name)
      if (group === undefined) {
        const root = base.groups[from]?.root ?? -1
        group = grouping.numberOf(root, this.#rolesOn(person, resource), person)
        known.set(name, group)
      }
      grouping.add(group, 1)
      moved.set(person, group)
    }
    const fromBase: number[] = []
    for (const [from, { root }] of base.groups.entries()) {
      yield
      const count = left[from] ?? 0
      const one = count === 0 ? undefined : otherThan(base, from, moved)
      if (one === undefined) {
        fromBase.push(-1)
        continue
      }
      const group = grouping.numberOf(root, this.#rolesOn(one, resource), one)
      grouping.add(group, count)
      fromBase.push(group)
    }
    return { base, fromBase, moved, groups: grouping.groups }
  }

  /** Looks at everybody who could hold a role here alone. */
  *#oneByOne(place: number, root: Everybody): Sliced<Audience> {
    const resource = this.#tables.places.name(place)
    const alone = new Map<Person, number>()
    for (const world of this.#worlds) {
      for (const subject of peopleOn(world, resource)) {
        if (alone.size % PEOPLE_IN_PIECE === 0) yield
        const person = this.#tables.people.find(subject)
        // Different numbers: nobody is taken for another.
        if (!alone.has(person)) alone.set(person, alone.size)
      }
    }
    return yield* this.#split(place, root, alone)
  }

  *#neighbours(place: number): Sliced<Neighbours> {
    const people = new Map<Person, number>()
    for (const [n, version] of this.#versions.entries()) {
      const assigned = version.edgesOfB('roles', place)
      for (const [seen, { end, value }] of assigned.entries()) {
        if (seen % PEOPLE_IN_PIECE === 0) yield
        if (value.roles.names.length === 0) continue
        people.set(end, (people.get(end) ?? 0) + value.roles.id * (n === 0 ? 1 : MOST_SETS))
      }
    }
    const above = new Set([...this.#setsOn(place), ...this.#derivedFrom(place)])
    // The root tells people apart by their roles on the tenant already.
    const { tenant } = this.#before.policy
    if (tenant === this.#after.policy.tenant) above.delete(this.#tables.places.find(tenant))
    return { people, above }
  }

  *#setsOn(place: number): Generator<number> {
    for (const version of this.#versions) {
      for (const { end, value } of version.edgesOfB('setRoles', place)) {
        if (value.roles.names.length > 0) yield this.#tables.setPlaces[end] ?? -1
      }
    }
  }

  *#derivedFrom(place: number): Generator<number> {
    const type = this.#tables.types.name(this.#tables.typeOfPlace[place] ?? -1)
    for (const [n, version] of this.#versions.entries()) {
      const derives = this.#worlds[n]?.policy.types.get(type)?.derives
      if (!derives || derives.size === 0) continue
      for (const { end, value } of version.edgesOfA('relations', place)) {
        if (value.names.some((relation) => derives.has(relation))) yield end
      }
    }
  }

  /** Equal texts: the same roles on the resource, before and after. */
  #rolesOn(person: Person, resource: ResourceId): string {
    const subject = this.nameOf(person)
    return this.#worlds
      .map((world) => {
        const walk = new Walk(world, subject)
        return walk.held(walk.version.tables.places.find(resource)).id
      })
      .join('|')
  }
}

/** True, false or error: a *forbid* that cannot be answered holds, an *allow* does not. */
function saidOf(world: World, subject: SubjectId, condition: Condition): 't' | 'f' | 'e' {
  const outcome = condition.evaluate(scopeOf(world, subject, world.policy.tenant))
  if (outcome === true) return 't'
  return outcome === false ? 'f' : 'e'
}
