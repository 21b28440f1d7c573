// Which roles somebody holds somewhere: what is assigned to them, what they hold through sets, what is derived along
// relations. Ends on every cycle, at the least of what could hold.

import type { Derivation } from '../compiled.ts'
import type { Condition, Scope } from '../condition/condition.ts'
import type { NameSet } from '../facts/name-sets.ts'
import type { Version } from '../facts/version.ts'
import type { SubjectId } from '../names.ts'
import { scopeOf } from '../scope.ts'
import type { World } from '../world.ts'
import { type Engine, engineOf, versionIn } from './engine.ts'
import { stableOutcome } from './outcome.ts'
import type { TypeTable } from './type-table.ts'

/** Looked at one after the other before all that leads to a place is gathered; cycles end up there. */
const MOST_PLACES = 64
/** A deeper way is taken to be a cycle, and then looked at as one. */
const MOST_DEEP = 16
const NO_WAYS: readonly Derivation[] = []

/** The walks of one question: of one subject in one world. */
export class Walk {
  readonly world: World
  readonly subject: SubjectId
  readonly version: Version
  readonly engine: Engine
  /** The subject's number; -1 if it has no facts. */
  readonly person: number
  readonly #hasSets: boolean
  readonly #none: NameSet
  #left = 0

  constructor(world: World, subject: SubjectId) {
    this.world = world
    this.subject = subject
    this.version = versionIn(world)
    this.engine = engineOf(world.policy, this.version)
    this.person = this.version.tables.people.find(subject)
    this.#hasSets = this.version.hasSets
    this.#none = this.version.tables.roleSets.empty
  }

  /** The roles assigned to the subject itself. */
  direct(place: number): NameSet {
    return this.version.edge('roles', this.person, place)?.roles ?? this.#none
  }

  /** Every role the subject holds on a place, known to the policy or not. */
  held(place: number): NameSet {
    if (place < 0) return this.#none
    if (!this.#hasSets && !this.engine.hasDerivations) return this.direct(place)
    this.#left = MOST_PLACES
    const held = this.#heldAt(place, 0)
    return this.#left >= 0 ? held : this.#fixedPoint(place)
  }

  heldOnTenant(): NameSet {
    const place = this.engine.tenantPlace()
    return this.#hasSets ? this.held(place) : this.direct(place)
  }

  #heldAt(place: number, depth: number): NameSet {
    this.#left--
    if (depth > MOST_DEEP) this.#left = -1
    if (this.#left < 0) return this.#none
    const from = (other: number) => this.#heldAt(other, depth + 1)
    return this.#combine(place, this.#needs(place) ? from : undefined)
  }

  /** True if roles elsewhere can matter on a place. */
  #needs(place: number): boolean {
    return this.#hasSets || (this.engine.typeAt(place)?.type.derives.size ?? 0) > 0
  }

  /** What is assigned on a place and what follows from roles elsewhere, as `from` knows them. */
  #combine(place: number, from: ((place: number) => NameSet) | undefined): NameSet {
    const direct = this.direct(place)
    if (from === undefined) return direct
    const held = this.#hasSets ? this.#withSets(place, direct, from) : direct
    const table = this.engine.typeAt(place)
    if (table === undefined || table.type.derives.size === 0) return held
    return this.#withDerived(place, table, held, from)
  }

  #withSets(place: number, direct: NameSet, from: (place: number) => NameSet): NameSet {
    const { roleSets } = this.version.tables
    let held = direct
    for (const { end, value } of this.version.edgesOfB('setRoles', place)) {
      const isNew = value.roles.names.some((role) => !held.names.includes(role))
      if (isNew && this.#isIn(end, from)) held = roleSets.union(held, value.roles)
    }
    return held
  }

  #withDerived(
    place: number,
    table: TypeTable,
    before: NameSet,
    from: (place: number) => NameSet,
  ): NameSet {
    const { roleSets } = this.version.tables
    let held = before
    for (const { end, value } of this.version.edgesOfA('relations', place)) {
      const target = this.engine.targetTypeAt(end)
      if (!table.leads(value, target)) continue
      const step = table.step(value, target, from(end))
      held = step ? roleSets.union(held, step.always) : held
      for (const way of step?.maybe ?? NO_WAYS) {
        const isNew = !held.names.includes(way.gives)
        if (isNew && this.derives(way, place)) held = roleSets.plus(held, way.gives)
      }
    }
    return held
  }

  #isIn(set: number, from: (place: number) => NameSet): boolean {
    const { setPlaces, setRoles } = this.version.tables
    return from(setPlaces[set] ?? -1).names.includes(setRoles[set] ?? '')
  }

  /** True if a derivation counts on a place, given that its role is held on the target. */
  derives(way: Derivation, place: number): boolean {
    if (way.exceptDirect && this.direct(place).names.length > 0) return false
    return way.when === undefined || this.#isTrue(way.when, place)
  }

  #isTrue(condition: Condition, place: number): boolean {
    const resource = this.version.tables.places.name(place)
    const scope = (): Scope => scopeOf(this.world, this.subject, resource)
    const attributes = this.version.attributes('resources', place)
    const person = this.version.attributes('people', this.person)
    return stableOutcome(condition, person, attributes, scope) === true
  }

  /** All that leads to a place, looked at again and again until nothing new comes out. */
  #fixedPoint(place: number): NameSet {
    const places = this.leadingTo(place).reverse()
    const held = new Map<number, NameSet>()
    const from = (other: number): NameSet => held.get(other) ?? this.#none
    for (let isChanged = true; isChanged; ) {
      isChanged = false
      for (const each of places) {
        const next = this.#combine(each, from)
        if (next.id === from(each).id) continue
        held.set(each, next)
        isChanged = true
      }
    }
    return from(place)
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
    if (table === undefined || table.type.derives.size === 0) return
    for (const { end, value } of this.version.edgesOfA('relations', place)) {
      if (table.leads(value, this.engine.targetTypeAt(end))) yield end
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
