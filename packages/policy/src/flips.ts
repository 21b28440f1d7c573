// Exactly what changes of rights move: every action that somebody gains or loses somewhere.

import { affected } from './affected.ts'
import type { RightsChange } from './change.ts'
import type { Sliced } from './moves/crowd.ts'
import { fieldsIn, isForMany } from './moves/field.ts'
import { type Difference, Moves } from './moves/moves.ts'
import type { ResourceId, SubjectId } from './names.ts'
import type { World } from './world.ts'

/** What one subject gains and loses on one resource; each sorted, not both empty. */
export type Flip = Difference & {
  readonly subject: SubjectId
  readonly resource: ResourceId
}

/**
 * Everything that the changes leading from one world to the next move, each pair once, in no promised order.
 *
 * Exactly the difference of `grantedActions` before and after, over everybody known before or after, the visitor, and
 * all resources. Looks only at what the changes touch, and only as far as flips are taken.
 */
export function* flips(
  before: World,
  after: World,
  changes: readonly RightsChange[],
): Generator<Flip> {
  const area = affected(before, after, changes)
  const moves = new Moves(before, after, isForMany(area))
  for (const field of fieldsIn(before, after, area)) {
    for (const move of inOneGo(moves.on(field))) {
      const { resource, gained, lost } = move
      for (const subject of moves.peopleOf(move)) yield { subject, resource, gained, lost }
    }
  }
}

/** Does sliced work without a stop. */
export function inOneGo<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
