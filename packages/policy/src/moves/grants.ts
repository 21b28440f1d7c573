// `grantedActions` for many questions about one world: what is the same from one to the next is looked up once.

import type { Outcome } from '../condition/condition.ts'
import { Case, existsAt } from '../engine/case.ts'
import type { KeptCondition } from '../engine/outcome.ts'
import { setBit } from '../engine/type-table.ts'
import { Walk } from '../engine/walk.ts'
import type { Action, ResourceId, SubjectId } from '../names.ts'
import type { World } from '../world.ts'

/** What conditions are supposed to say, by their texts. */
export type Supposed = ReadonlyMap<string, Outcome>

const NO_ACTIONS: readonly Action[] = []

export class Grants {
  readonly #world: World
  #walk: Walk | undefined

  constructor(world: World) {
    this.#world = world
  }

  /** The actions granted for good, in the order of the document. */
  of(subject: SubjectId, resource: ResourceId, supposed?: Supposed): readonly Action[] {
    if (this.#walk?.subject !== subject) this.#walk = new Walk(this.#world, subject)
    const walk = this.#walk
    const place = walk.version.tables.places.find(resource)
    const table = walk.engine.typeOf(resource, place)
    if (!table || !existsAt(walk, resource, place)) return NO_ACTIONS
    const asked = supposed
      ? new SupposedCase(walk, table, place, resource, supposed)
      : new Case(walk, table, place, resource, undefined)
    const granted = table.noActions()
    for (const row of table.actions.values()) {
      if (asked.isAllowed(row)) setBit(granted, row.number)
    }
    return table.list(granted)
  }
}

class SupposedCase extends Case {
  readonly #supposed: Supposed

  constructor(
    walk: Walk,
    table: Case['table'],
    place: number,
    resource: ResourceId,
    supposed: Supposed,
  ) {
    super(walk, table, place, resource, undefined)
    this.#supposed = supposed
  }

  override outcome(asks: KeptCondition): Outcome {
    return this.#supposed.get(asks.condition.text) ?? super.outcome(asks)
  }
}
