// Holds what changes move, versions of the world, and time to the naive evaluator.

import { test } from 'vitest'
import * as engine from '../src/index.ts'
import { anyEntry, anyQuestion, anyStory, RESOURCES, SUBJECTS } from './any-facts.ts'
import {
  affectedDifferences,
  flipDifferences,
  moveOf,
  versionDifferences,
} from './check-changes.ts'
import { explainDifferences, simulateDifferences } from './check-explain.ts'
import { dueDifferences, flipTimeDifferences } from './check-time.ts'
import { seeded } from './random.ts'
import { hold, LONG, seeds } from './runs.ts'

test(
  '[PO183] flips are the difference of two full enumerations',
  () => {
    for (const seed of seeds(5)) {
      const random = seeded(seed)
      const { document, start } = anyStory(random)
      const entry = anyEntry(random, document)
      const more = random.chance(0.3) ? anyEntry(random, document) : []
      hold(seed, start, (story) => flipDifferences(engine, moveOf(engine, story, entry, more)))
    }
  },
  LONG,
)

test(
  '[PO184] every answer that moves, standing or not, and every message received, is affected',
  () => {
    for (const seed of seeds(4)) {
      const random = seeded(seed + 1_000_000)
      const { document, start } = anyStory(random)
      const entry = anyEntry(random, document)
      hold(seed, start, (story, more) =>
        affectedDifferences(engine, moveOf(engine, story, entry), more),
      )
    }
  },
  LONG,
)

test(
  '[PO185] a simulation in slices of any size ends with exactly the flips, their sums and their pages',
  () => {
    for (const seed of seeds(4)) {
      const random = seeded(seed + 2_000_000)
      const { document, start } = anyStory(random)
      const entry = anyEntry(random, document)
      hold(seed, start, (story, more) =>
        simulateDifferences(engine, moveOf(engine, story, entry), more),
      )
    }
  },
  LONG,
)

test(
  '[PO186] an explanation tells the decision, its facts alone grant, and its nearest changes turn it',
  () => {
    for (const seed of seeds(8)) {
      const { document, start } = anyStory(seeded(seed + 3_000_000))
      hold(seed, start, (story, random) => {
        const questions = Array.from({ length: 5 }, () => anyQuestion(random, document))
        return questions.flatMap((question) => explainDifferences(engine, story, question))
      })
    }
  },
  LONG,
)

test(
  '[PO187] older and branched worlds read as if folded from the first change',
  () => {
    for (const seed of seeds(1)) {
      const random = seeded(seed + 4_000_000)
      const { document, start } = anyStory(random)
      const entries = Array.from({ length: 8 }, () => anyEntry(random, document))
      const questions = Array.from({ length: 20 }, () => anyQuestion(random, document))
      hold(seed, start, (story) => versionDifferences(engine, story, entries, questions))
    }
  },
  LONG,
)

test(
  '[PO188] folding what is due gives what a clock would read, and no answer turns before its instant',
  () => {
    for (const seed of seeds(5)) {
      const { start } = anyStory(seeded(seed + 5_000_000))
      hold(seed, start, (story, random) => [
        ...dueDifferences(engine, story, random.below(14_000)),
        ...flipTimeDifferences(engine, story, random.pick(SUBJECTS), random.pick(RESOURCES)),
      ])
    }
  },
  LONG,
)
