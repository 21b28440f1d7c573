// Builds audiences: who is on a resource in two worlds at once, at the price of what is assigned there.

import { versionIn } from '../engine/engine.ts'
import { Walk } from '../engine/walk.ts'
import type { Tables } from '../facts/tables.ts'
import { ANONYMOUS, type ResourceId, type SubjectId } from '../names.ts'
import { everybody, peopleOn } from '../reach.ts'
import { scopeOf } from '../scope.ts'
import type { World } from '../world.ts'
import { type Audience, Everybody, Grouping, groupOf, otherThan, type Person } from './audience.ts'
import { Kinds, type Learned } from './kinds.ts'
import { type Frame, frameOf, placeKind, tenantPlaceOf } from './place-kind.ts'
import { derivationText, derivesByPerson, personalConditions, saidOf } from './reading.ts'

/** Work that stops after every small piece; the value comes when it is done. */
export type Sliced<T> = Generator<undefined, T>

/** Deeper chains of sets and relations are looked through person by person. */
const DEEPEST = 12
/** People in one piece of work, where all that is done is to look into tables. */
const PEOPLE_IN_PIECE = 16

/** To whom something is assigned on a place, by what it is; and the places that more roles can come from. */
type Neighbours = {
  readonly people: ReadonlyMap<Person, number>
  readonly above: Set<number>
}

/** Both worlds must be of one line of facts, so that people and places have the same numbers in both. */
export class Crowd {
  readonly #before: World
  readonly #after: World
  readonly #tables: Tables
  /** The worlds whose roles have to be looked at: one if they are the same in both. */
  readonly #worlds: readonly Frame[]
  readonly #kinds = new Kinds()
  readonly #building = new Set<number>()
  readonly #built = new Map<number, Audience>()
  /** Everybody by what they are on some tenants, by the places of those. */
  readonly #roots = new Map<string, Audience>()
  #root: Everybody | undefined

  constructor(before: World, after: World) {
    this.#before = before
    this.#after = after
    this.#tables = versionIn(after).tables
    const isSame =
      before.facts === after.facts && derivationText(before.policy) === derivationText(after.policy)
    this.#worlds = (isSame ? [before] : [before, after]).map(frameOf)
  }

  nameOf(person: Person): SubjectId {
    return person < 0 ? ANONYMOUS : this.#tables.people.name(person)
  }

  /** The number of a resource or tenant; -1 if there never was a fact about it. */
  placeOf(resource: ResourceId): number {
    return this.#tables.places.find(resource)
  }

  /** Everybody, grouped by roles on the tenant and by what conditions say of the person alone. */
  *root(): Sliced<Everybody> {
    if (this.#root) return this.#root
    const groupOf = new Int32Array(this.#tables.people.size + 1).fill(-1)
    const grouping = new Grouping()
    const personal = [this.#before, this.#after].flatMap((world) =>
      personalConditions(world.policy).map((condition) => ({ world, condition })),
    )
    const tenants = [this.#before.policy.tenant, this.#after.policy.tenant]
    for (const { world: one } of this.#worlds) {
      for (const subject of everybody(one)) {
        yield
        const person = this.#tables.people.find(subject)
        if (groupOf[person + 1] !== -1) continue
        const said = personal.map(({ world, condition }) =>
          saidOf(condition, scopeOf(world, subject, world.policy.tenant)),
        )
        const roles = tenants.map((tenant) => this.#rolesOn(person, tenant))
        const kind = this.#kinds.root([...said, ...roles].join(' '))
        groupOf[person + 1] = grouping.add(kind, person, 1)
      }
    }
    this.#root = new Everybody(grouping.groups, groupOf)
    return this.#root
  }

  /** Who is on a place. Kept where other places take their people from. */
  *at(place: number): Sliced<Audience> {
    if (place < 0) return yield* this.root()
    const known = this.#built.get(place)
    if (known) return known
    const tenants = this.tenantsOf(place)
    const root = yield* this.#rootOf(tenants)
    if (tenants.includes(place)) return root
    const { people, above } = yield* this.#neighbours(place)
    for (const tenant of tenants) above.delete(tenant)
    this.#building.add(place)
    const base = yield* this.#baseOf(place, above, root)
    this.#building.delete(place)
    if (!base) return yield* this.#oneByOne(place, root)
    const name = this.#worlds.map((frame) => placeKind(frame, place))
    return yield* this.#split(place, base, people, this.#kinds.learned(name.join('|')))
  }

  /** The tenants, before and after, besides that of the document, whose roles count on a place; themselves for tenants. */
  tenantsOf(place: number): readonly number[] {
    const mains = [this.#before.policy.tenant, this.#after.policy.tenant].map((tenant) =>
      this.placeOf(tenant),
    )
    const tenants = this.#worlds.map((frame) => tenantPlaceOf(frame, place))
    return [...new Set(tenants)].filter((tenant) => tenant >= 0 && !mains.includes(tenant))
  }

  /** Everybody, grouped as at the root and by roles on some other tenants too: what groups further down keep. */
  *#rootOf(tenants: readonly number[]): Sliced<Audience> {
    const root = yield* this.root()
    const last = tenants.at(-1)
    if (last === undefined) return root
    const known = this.#roots.get(tenants.join())
    if (known) return known
    const base = yield* this.#rootOf(tenants.slice(0, -1))
    const { people, above } = yield* this.#neighbours(last)
    const split =
      above.size === 0
        ? yield* this.#split(last, base, people, undefined)
        : yield* this.#oneByOne(last, base)
    const groups = split.groups.map((group) => {
      return { ...group, kind: this.#kinds.root(`tenant ${group.kind}`) }
    })
    const made = { ...split, groups }
    this.#roots.set(tenants.join(), made)
    return made
  }

  /** The audience that all roles but the assigned ones come from; undefined if there is no such single one here. */
  *#baseOf(
    place: number,
    above: ReadonlySet<number>,
    root: Audience,
  ): Sliced<Audience | undefined> {
    const [only, ...more] = above
    const type = this.#typeAt(place)
    if (this.#worlds.some(({ world }) => derivesByPerson(world.policy.types.get(type)))) {
      return undefined
    }
    if (only === undefined) return root
    if (more.length > 0 || this.#building.has(only) || this.#building.size > DEEPEST) {
      return undefined
    }
    // Groups elsewhere know nothing of the tenants here.
    if (this.tenantsOf(only).join() !== this.tenantsOf(place).join()) return undefined
    const base = yield* this.at(only)
    this.#built.set(only, base)
    return base
  }

  /**
   * Groups whom something is assigned to by what it is and where they were; all others stay together.
   *
   * @param learned what assignments and groups came to on such places before
   */
  *#split(
    place: number,
    base: Audience,
    people: Neighbours['people'],
    learned: Learned | undefined,
  ): Sliced<Audience> {
    const grouping = new Grouping()
    const moved = new Map<Person, number>()
    const left = base.groups.map(({ size }) => size)
    const resource = this.#tables.places.name(place)
    const add = (person: Person, assigned: number, from: number, count: number): number => {
      const { kind } = base.groups[from] ?? { kind: -1 }
      const rolesOn = () => this.#rolesOn(person, resource)
      return grouping.add(this.#kinds.next(learned, assigned, kind, rolesOn), person, count)
    }
    for (const [person, assigned] of people) {
      if (moved.size % PEOPLE_IN_PIECE === 0) yield
      const from = groupOf(base, person)
      if (from < 0) continue
      left[from] = (left[from] ?? 0) - 1
      moved.set(person, add(person, assigned, from, 1))
    }
    const fromBase: number[] = []
    for (const [from, count] of left.entries()) {
      const one = count === 0 ? undefined : otherThan(base, from, moved)
      fromBase.push(one === undefined ? -1 : add(one, 0, from, count))
    }
    return { base, fromBase, moved, groups: grouping.groups }
  }

  /** Looks at everybody who could hold a role here alone. */
  *#oneByOne(place: number, root: Audience): Sliced<Audience> {
    const resource = this.#tables.places.name(place)
    const alone = new Map<Person, number>()
    for (const { world } of this.#worlds) {
      for (const subject of peopleOn(world, resource)) {
        if (alone.size % PEOPLE_IN_PIECE === 0) yield
        alone.set(this.#tables.people.find(subject), 0)
      }
    }
    return yield* this.#split(place, root, alone, undefined)
  }

  *#neighbours(place: number): Sliced<Neighbours> {
    const people = new Map<Person, number>()
    for (const [n, { version }] of this.#worlds.entries()) {
      const assigned = version.edgesOfB('roles', place)
      for (const [seen, { end, value }] of assigned.entries()) {
        if (seen % PEOPLE_IN_PIECE === 0) yield
        if (value.roles.names.length === 0) continue
        const roles = this.#kinds.assigned(n, value.roles.id, people.get(end))
        people.set(end, roles)
      }
    }
    const above = new Set([...this.#setsOn(place), ...this.#derivedFrom(place)])
    // The root tells people apart by their roles on the tenant already.
    const { tenant } = this.#before.policy
    if (tenant === this.#after.policy.tenant) above.delete(this.placeOf(tenant))
    return { people, above }
  }

  *#setsOn(place: number): Generator<number> {
    for (const { version } of this.#worlds) {
      if (!version.hasSets) continue
      for (const { end, value } of version.edgesOfB('setRoles', place)) {
        if (value.roles.names.length > 0) yield this.#tables.setPlaces[end] ?? -1
      }
    }
  }

  *#derivedFrom(place: number): Generator<number> {
    const type = this.#typeAt(place)
    for (const { world, version } of this.#worlds) {
      const derives = world.policy.types.get(type)?.derives
      if (!derives || derives.size === 0) continue
      for (const { end, value } of version.edgesOfA('relations', place)) {
        if (value.names.some((relation) => derives.has(relation))) yield end
      }
    }
  }

  #typeAt(place: number): string {
    return this.#tables.types.name(this.#tables.typeOfPlace[place] ?? -1)
  }

  /** Equal texts: the same roles on the resource, before and after. */
  #rolesOn(person: Person, resource: ResourceId): string {
    const subject = this.nameOf(person)
    const place = this.placeOf(resource)
    return this.#worlds.map(({ world }) => new Walk(world, subject).held(place).id).join('|')
  }
}
