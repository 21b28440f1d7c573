// Which roles somebody holds somewhere: what is assigned to them, what they hold through sets, what is derived along
// relations. Ends on every cycle, at the least of what could hold.

import type { Scope } from '../condition/condition.ts'
import type { NameSet } from '../facts/name-sets.ts'
import type { Version } from '../facts/version.ts'
import type { Attributes, SubjectId } from '../names.ts'
import { type Premise, scopeOf } from '../scope.ts'
import type { World } from '../world.ts'
import { type Engine, engineOf, versionIn } from './engine.ts'
import type { KeptCondition } from './outcome.ts'
import type { DerivationRow, TypeTable } from './type-table.ts'

/** Looked at one after the other before all that leads to a place is gathered; cycles end up there. */
const MOST_PLACES = 64
/** A deeper way is taken to be a cycle, and then looked at as one. */
const MOST_DEEP = 16

/** Every role somebody holds on a place, if no walk is needed to know. */
export function rolesKnown(
  version: Version,
  engine: Engine,
  person: number,
  place: number,
): NameSet | undefined {
  const { roleSets } = version.tables
  if (place < 0) return roleSets.empty
  if (!version.hasSets && !engine.typeAt(place)?.derives) {
    return version.edge('roles', person, place)?.roles ?? roleSets.empty
  }
  return engine.held.get(version.number, person, place)
}

/** The walks of one question: of one subject in one world. */
export class Walk {
  readonly world: World
  readonly subject: SubjectId
  readonly version: Version
  readonly engine: Engine
  /** The subject's number; -1 if it has no facts. */
  readonly person: number
  /** What conditions are told besides the facts; what they answer then is not kept. */
  readonly premise: Premise | undefined
  readonly #hasSets: boolean
  readonly #none: NameSet
  #left = 0
  /** While a fixed point is looked for: what is known of each place so far. */
  #known: Map<number, NameSet> | undefined

  /**
   * @param person the number of the subject, if it is known
   * @param premise absent: by the facts alone
   */
  constructor(world: World, subject: SubjectId, person?: number, premise?: Premise) {
    this.world = world
    this.subject = subject
    this.premise = premise
    this.version = versionIn(world)
    this.engine = engineOf(world.policy, this.version)
    this.person = person ?? this.version.tables.people.find(subject)
    this.#hasSets = this.version.hasSets
    this.#none = this.version.tables.roleSets.empty
  }

  /** The roles assigned to the subject itself. */
  direct(place: number): NameSet {
    return this.version.edge('roles', this.person, place)?.roles ?? this.#none
  }

  /** Every role the subject holds on a place, known to the policy or not. */
  held(place: number): NameSet {
    const known = this.premise
      ? undefined
      : rolesKnown(this.version, this.engine, this.person, place)
    if (known) return known
    this.#left = MOST_PLACES
    const walked = this.#combine(place, 0)
    const held = this.#left >= 0 ? walked : this.#fixedPoint(place)
    // People without facts share a number, and conditions may tell them apart.
    if (this.person >= 0 && !this.premise)
      this.engine.held.put(this.version.number, this.person, place, held)
    return held
  }

  /** What is held on another place: known by now, or looked at first. */
  #from(place: number, depth: number): NameSet {
    if (this.#known) return this.#known.get(place) ?? this.#none
    this.#left = depth > MOST_DEEP ? -1 : this.#left - 1
    return this.#left < 0 ? this.#none : this.#combine(place, depth)
  }

  /** What is assigned on a place and what follows from roles elsewhere. */
  #combine(place: number, depth: number): NameSet {
    const direct = this.direct(place)
    const held = this.#hasSets ? this.#withSets(place, direct, depth) : direct
    const table = this.engine.typeAt(place)
    if (table === undefined || !table.derives) return held
    return this.#withDerived(place, table, held, depth)
  }

  #withSets(place: number, direct: NameSet, depth: number): NameSet {
    const { roleSets } = this.version.tables
    let held = direct
    for (const { end, value } of this.version.edgesOfB('setRoles', place)) {
      const isNew = value.roles.names.some((role) => !held.names.includes(role))
      if (isNew && this.#isIn(end, depth)) held = roleSets.union(held, value.roles)
    }
    return held
  }

  #withDerived(place: number, table: TypeTable, before: NameSet, depth: number): NameSet {
    const rows = this.version.isOwner ? this.version.tables.edges.relations : undefined
    let held = before
    if (rows === undefined) {
      for (const { end, value } of this.version.edgesOfA('relations', place)) {
        held = this.#plusDerived(place, table, held, end, value, depth)
      }
      return held
    }
    for (let row = rows.firstOfA(place); row >= 0; row = rows.nextOfA(row)) {
      const value = rows.value(row)
      if (value) held = this.#plusDerived(place, table, held, rows.b(row), value, depth)
    }
    return held
  }

  /** What roles on one target add to those held on a place. */
  #plusDerived(
    place: number,
    table: TypeTable,
    before: NameSet,
    target: number,
    relations: NameSet,
    depth: number,
  ): NameSet {
    const steps = table.steps(relations, this.engine.targetTypeAt(target))
    if (steps === undefined) return before
    const { roleSets } = this.version.tables
    const { always, maybe } = table.step(steps, this.#from(target, depth + 1))
    let held = roleSets.union(before, always)
    for (const way of maybe) {
      const isNew = !held.names.includes(way.gives)
      if (isNew && this.derives(way, place)) held = roleSets.union(held, way.adds)
    }
    return held
  }

  #isIn(set: number, depth: number): boolean {
    const { setPlaces, setRoles } = this.version.tables
    return this.#from(setPlaces[set] ?? -1, depth + 1).names.includes(setRoles[set] ?? '')
  }

  /** True if a derivation counts on a place, given that its role is held on the target. */
  derives(way: DerivationRow, place: number): boolean {
    if (way.exceptDirect && this.direct(place).names.length > 0) return false
    if (way.asks === undefined) return true
    if (this.premise) {
      return way.asks.condition.evaluate(this.#scopeAt(place)) === true
    }
    const about = this.about(way.asks, place)
    const known = way.asks.known(about)
    if (known !== undefined) return known === true
    return way.asks.ask(about, this.#scopeAt(place)) === true
  }

  #scopeAt(place: number): Scope {
    const resource = this.version.tables.places.name(place)
    return scopeOf(this.world, this.subject, resource, undefined, this.premise)
  }

  /** The attributes of the one thing a condition is about, if it is about one. */
  about({ by }: KeptCondition, place: number): Attributes | undefined {
    if (by === undefined) return undefined
    return by === 'person'
      ? this.version.attributes('people', this.person)
      : this.version.attributes('resources', place)
  }

  /** All that leads to a place, looked at again and again until nothing new comes out. */
  #fixedPoint(place: number): NameSet {
    const places = this.leadingTo(place).reverse()
    const known = new Map<number, NameSet>()
    this.#known = known
    for (let isChanged = true; isChanged; ) {
      isChanged = false
      for (const each of places) {
        const next = this.#combine(each, 0)
        if (next === known.get(each)) continue
        known.set(each, next)
        isChanged = isChanged || next !== this.#none
      }
    }
    this.#known = undefined
    return known.get(place) ?? this.#none
  }

  /** A place and every other whose roles can matter on it, nearest first. */
  leadingTo(place: number): number[] {
    if (place < 0) return []
    const found = new Set([place])
    // Grows while it is walked.
    for (const each of found) for (const other of this.#leadsTo(each)) found.add(other)
    return [...found]
  }

  *#leadsTo(place: number): Generator<number> {
    const { setPlaces } = this.version.tables
    if (this.#hasSets) {
      for (const { end } of this.version.edgesOfB('setRoles', place)) yield setPlaces[end] ?? -1
    }
    const table = this.engine.typeAt(place)
    if (table === undefined || !table.derives) return
    for (const { end, value } of this.version.edgesOfA('relations', place)) {
      if (table.steps(value, this.engine.targetTypeAt(end))) yield end
    }
  }

  /** The earliest start or end of an assignment that roles on a place can depend on; `Infinity` if there is none. */
  nextWindowMs(place: number): number {
    let next = Number.POSITIVE_INFINITY
    if (!this.version.mayHaveWindows(this.person)) return next
    for (const each of this.leadingTo(place)) {
      const own = this.version.edge('roles', this.person, each)
      next = Math.min(next, own?.dueMs ?? next)
      if (!this.#hasSets) continue
      for (const { value } of this.version.edgesOfB('setRoles', each)) {
        next = Math.min(next, value.dueMs)
      }
    }
    return next
  }
}
