// A policy met with packed tables: the type tables by the numbers of types. Made once for each pair of them.

import type { Policy } from '../compiled.ts'
import type { NameSet } from '../facts/name-sets.ts'
import type { Tables } from '../facts/tables.ts'
import { Version } from '../facts/version.ts'
import { Facts } from '../facts.ts'
import type { ResourceId } from '../names.ts'
import { typeOf } from '../tuple.ts'
import type { World } from '../world.ts'
import { HeldCache } from './held-cache.ts'
import { Settled } from './settled.ts'
import { type ActionRow, TypeTable } from './type-table.ts'

export class Engine {
  readonly policy: Policy
  readonly tables: Tables
  /** Some role is derived somewhere. */
  readonly hasDerivations: boolean
  readonly held: HeldCache
  readonly #byName = new Map<string, TypeTable>()
  readonly #byNumber: (TypeTable | null | undefined)[] = []
  /** By the number of the table. */
  readonly #settled: readonly Settled[]
  #mainPlace = -1
  /** How many places there were when the tenant was not among them. */
  #placesWithout = -1

  constructor(policy: Policy, tables: Tables) {
    this.policy = policy
    this.tables = tables
    this.held = new HeldCache(tables.roleSets)
    this.hasDerivations = [...policy.types.values()].some((type) => type.derives.size > 0)
    for (const [name, type] of policy.types) {
      this.#byName.set(name, new TypeTable(type, this.#byName.size, tables))
    }
    this.#settled = [...this.#byName.values()].map((table) => new Settled(table))
  }

  /** The type of a resource, which need not have a place. */
  typeOf(resource: ResourceId, place: number): TypeTable | undefined {
    return place >= 0 ? this.typeAt(place) : this.#byName.get(typeOf(resource))
  }

  typeAt(place: number): TypeTable | undefined {
    const number = this.tables.typeOfPlace[place] ?? -1
    if (number < 0) return undefined
    const known = this.#byNumber[number]
    if (known !== undefined) return known ?? undefined
    const table = this.#byName.get(this.tables.types.name(number))
    this.#byNumber[number] = table ?? null
    return table
  }

  /** What roles settle alone; undefined if they do not. */
  answer(
    table: TypeTable,
    row: ActionRow,
    held: NameSet,
    heldOnTenant: NameSet,
  ): boolean | undefined {
    return this.#settled[table.number]?.answer(row, held, heldOnTenant)
  }

  /** The type of a place as the target of a relation. */
  targetTypeAt(place: number): number {
    return this.tables.typeOfPlace[place] ?? -1
  }

  /** Where the tenant is whose roles count on a place; -1 while nothing is known of it. */
  tenantPlaceOf(version: Version, place: number): number {
    const said = version.tenantOf(place)
    return said >= 0 ? said : this.#tenantPlace()
  }

  /** That of the document. */
  #tenantPlace(): number {
    if (this.#mainPlace >= 0) return this.#mainPlace
    const { places } = this.tables
    if (places.size === this.#placesWithout) return -1
    this.#placesWithout = places.size
    this.#mainPlace = places.find(this.policy.tenant)
    return this.#mainPlace
  }
}

/** What an empty world is read from. Nothing is ever written to it. */
const NOTHING = Version.first((_tables, _undo, sizes) => sizes)

export function versionIn(world: World): Version {
  return Facts.versionOf(world.facts) ?? NOTHING
}

export function engineOf(policy: Policy, { tables }: Version): Engine {
  const { memo } = tables
  const { last } = memo
  if (last !== undefined && last.policy === policy) return last as Engine
  const engine = (memo.engines.get(policy) as Engine | undefined) ?? new Engine(policy, tables)
  memo.engines.set(policy, engine)
  memo.last = engine
  return engine
}
