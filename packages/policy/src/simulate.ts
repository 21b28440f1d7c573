// What a change would do to everybody before anybody makes it: counted, sampled, and listed page by page.

import { type Affected, affected } from './affected.ts'
import type { RightsChange } from './change.ts'
import { type Flip, inOneGo } from './flips.ts'
import { type Field, fieldsIn, isForMany } from './moves/field.ts'
import { type Impact, ImpactCount } from './moves/impact.ts'
import { type Move, Moves } from './moves/moves.ts'
import type { ResourceId } from './names.ts'
import { foldRights, type World } from './world.ts'

export type FlipPage = {
  /** In the order of their resources, then of their subjects, by code unit. */
  readonly flips: readonly Flip[]
  /** Give it as `after` to get the next page; absent on the last one. */
  readonly next?: string
}

export type Simulation = {
  /**
   * Does at most so many small pieces of work; true when all is done. A piece looks at one person on one resource, or at
   * one group of people.
   */
  step(most: number): boolean
  /** What was found so far; final once `step` said that all is done. */
  readonly impact: Impact
  /** All flips, page by page; only when all is done. */
  page(after: string | undefined, limit: number): FlipPage
}

/**
 * Tries changes on a copy of the world. Nothing is kept of it, and the world may move on: compare `impact.revision` with
 * the revision at which the changes are made.
 *
 * @param samples how many flips to name as examples
 */
export function simulate(
  world: World,
  changes: readonly RightsChange[],
  { samples }: { readonly samples: number },
): Simulation {
  const after = foldRights(world, changes, world.revision)
  const area = affected(world, after, changes)
  return new Trial(new Moves(world, after, isForMany(area)), area, samples)
}

class Trial implements Simulation {
  readonly #moves: Moves
  readonly #count: ImpactCount
  /** Where something moves, and whom to ask there. */
  readonly #fields = new Map<ResourceId, Field>()
  readonly #work: Generator<undefined, void>
  #isDone = false
  #sorted: readonly ResourceId[] | undefined
  #last: { readonly resource: ResourceId; readonly flips: readonly Flip[] } | undefined

  constructor(moves: Moves, area: Affected, samples: number) {
    this.#moves = moves
    this.#count = new ImpactCount(moves, samples)
    this.#work = this.#run(area)
  }

  step(most: number): boolean {
    for (let left = most; left > 0 && !this.#isDone; left -= 1) {
      this.#isDone = this.#work.next().done === true
    }
    return this.#isDone
  }

  get impact(): Impact {
    return this.#count.impact()
  }

  page(after: string | undefined, limit: number): FlipPage {
    this.#sorted ??= [...this.#fields.keys()].sort()
    const [from, subject] = placeIn(after)
    const flips: Flip[] = []
    for (const resource of this.#sorted.slice(firstAt(this.#sorted, from))) {
      for (const flip of this.#flipsOn(resource)) {
        if (resource === from && flip.subject <= subject) continue
        const last = flips.at(-1)
        if (last && flips.length >= limit) return { flips, next: cursorOf(last) }
        flips.push(flip)
      }
    }
    return { flips }
  }

  *#run(area: Affected): Generator<undefined, void> {
    const { before, after } = this.#moves
    for (const field of fieldsIn(before, after, area)) {
      yield
      const moves = yield* this.#moves.on(field)
      if (moves.length === 0) continue
      this.#fields.set(field.resource, field)
      this.#count.add(field.resource, moves)
    }
  }

  /** The last resource is kept: a long one is read page by page. */
  #flipsOn(resource: ResourceId): readonly Flip[] {
    if (this.#last?.resource === resource) return this.#last.flips
    const field = this.#fields.get(resource)
    const moves: readonly Move[] = field ? inOneGo(this.#moves.on(field)) : []
    const flips = moves
      .flatMap((move) => {
        const { gained, lost } = move
        return Array.from(this.#moves.peopleOf(move), (subject) => ({
          subject,
          resource,
          gained,
          lost,
        }))
      })
      .sort((a, b) => (a.subject < b.subject ? -1 : 1))
    this.#last = { resource, flips }
    return flips
  }
}

/** A resource has no `#`, a subject may. */
function cursorOf({ resource, subject }: Flip): string {
  return `${resource}#${subject}`
}

function placeIn(cursor: string | undefined): readonly [resource: string, subject: string] {
  if (cursor === undefined) return ['', '']
  const hash = cursor.indexOf('#')
  return hash < 0 ? [cursor, ''] : [cursor.slice(0, hash), cursor.slice(hash + 1)]
}

/** The first of sorted texts that is not smaller. */
function firstAt(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}
