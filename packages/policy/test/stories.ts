// Random worlds with rules, relations, sets and time, as fast-check draws them.

import fc from 'fast-check'
import { anyEntry, anyQuestion, anyStory, RESOURCES, SUBJECTS } from '../oracle/any-facts.ts'
import { type Random, seeded } from '../oracle/random.ts'
import type { RightsChange } from '../src/change.ts'
import { grantedActions } from '../src/decide.ts'
import type { Question } from '../src/decision.ts'
import { ANONYMOUS, type ResourceId, type Revision, type SubjectId } from '../src/names.ts'
import { emptyWorld, foldRights, type World } from '../src/world.ts'

export { RESOURCES, SUBJECTS }

export type Story = {
  readonly seed: number
  readonly world: World
  /** What comes next. */
  readonly entry: readonly RightsChange[]
  readonly after: World
  readonly question: Question
}

export function storyOf(seed: number): Story {
  const random: Random = seeded(seed)
  const { document, start } = anyStory(random)
  const world = foldRights(emptyWorld, start, 1 as Revision)
  const entry = anyEntry(random, document)
  const after = foldRights(world, entry, 2 as Revision)
  return { seed, world, entry, after, question: anyQuestion(random, document) }
}

/** Only its seed is drawn: a failure names it, and `regressions.ts` keeps it. */
export const anySeed: fc.Arbitrary<number> = fc.integer({ min: 1, max: 2 ** 31 - 1 })

export function isSomebody(subject: SubjectId, ...worlds: readonly World[]): boolean {
  return subject === ANONYMOUS || worlds.some(({ facts }) => facts.person(subject) !== undefined)
}

/** Everything granted, one line per subject, resource and action: what nobody would call clever. */
export function enumerate(world: World, known: readonly World[] = [world]): ReadonlySet<string> {
  const lines = new Set<string>()
  for (const subject of SUBJECTS) {
    if (!isSomebody(subject, ...known)) continue
    for (const resource of RESOURCES) {
      for (const action of grantedActions(world, subject, resource)) {
        lines.add(lineOf(subject, action, resource))
      }
    }
  }
  return lines
}

export function lineOf(subject: SubjectId, action: string, resource: ResourceId): string {
  return `${subject} ${action} ${resource}`
}
