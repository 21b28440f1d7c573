import fc from 'fast-check'
import { expect, test } from 'vitest'
import { regressions } from '../../test/regressions.ts'
import { anySeed, RESOURCES, storyOf } from '../../test/stories.ts'
import { inOneGo } from '../flips.ts'
import type { ResourceId } from '../names.ts'
import type { World } from '../world.ts'
import { Moves } from './moves.ts'

/** What moves on a resource, a line for each person. */
function linesOf(moves: Moves, resource: ResourceId): readonly string[] {
  return inOneGo(moves.on({ resource, who: 'all' }))
    .flatMap((move) => {
      const people = [...moves.peopleOf(move)]
      expect(people).toHaveLength(move.size)
      expect(people).toContain(move.one)
      return people.map((subject) => `${subject} +${move.gained} -${move.lost}`)
    })
    .sort()
}

const expectSame = (before: World, after: World) => {
  const [many, few] = [new Moves(before, after, true), new Moves(before, after, false)]
  for (const resource of RESOURCES) {
    expect(linesOf(many, resource), resource).toEqual(linesOf(few, resource))
  }
}

test('[PO141] people taken together move exactly as each of them alone', () => {
  fc.assert(
    fc.property(anySeed, anySeed, (seed, other) => {
      const { world, after } = storyOf(seed)
      expectSame(world, after)
      // Another policy over the same facts, and other facts under the same policy.
      expectSame(world, { ...world, policy: storyOf(other).world.policy })
      expectSame(world, { ...after, policy: world.policy })
    }),
    { numRuns: 60, examples: regressions.map((seed): [number, number] => [seed, 1378961285]) },
  )
})
