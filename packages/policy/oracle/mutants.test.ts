// The properties are red on engines broken on purpose; each within a few hundred stories.

import { expect, test } from 'vitest'
import { anyEntry, anyQuestion, anyStory } from './any-facts.ts'
import { decisionDifferences, type Engine, grantDifferences, receiveDifferences } from './check.ts'
import {
  affectedDifferences,
  flipDifferences,
  moveOf,
  versionDifferences,
} from './check-changes.ts'
import { dueDifferences } from './check-time.ts'
import { brokenEngine } from './mutant.ts'
import { type Caught, MUTANTS } from './mutants.ts'
import { seeded } from './random.ts'

const MOST = 2_000

const properties: Readonly<
  Record<Caught['by'], (engine: Engine, seed: number) => readonly string[]>
> = {
  decisions: (engine, seed) => {
    const random = seeded(seed)
    const { document, start } = anyStory(random)
    const questions = Array.from({ length: 20 }, () => anyQuestion(random, document))
    return decisionDifferences(engine, start, questions)
  },
  grants: (engine, seed) => grantDifferences(engine, anyStory(seeded(seed)).start),
  receivers: (engine, seed) => {
    const random = seeded(seed)
    return receiveDifferences(engine, anyStory(random).start, random)
  },
  flips: (engine, seed) => {
    const random = seeded(seed)
    const { document, start } = anyStory(random)
    return flipDifferences(engine, moveOf(engine, start, anyEntry(random, document)))
  },
  affected: (engine, seed) => {
    const random = seeded(seed)
    const { document, start } = anyStory(random)
    return affectedDifferences(engine, moveOf(engine, start, anyEntry(random, document)), random)
  },
  versions: (engine, seed) => {
    const random = seeded(seed)
    const { document, start } = anyStory(random)
    const entries = Array.from({ length: 6 }, () => anyEntry(random, document))
    const questions = Array.from({ length: 20 }, () => anyQuestion(random, document))
    return versionDifferences(engine, start, entries, questions)
  },
  time: (engine, seed) => {
    const random = seeded(seed)
    return dueDifferences(engine, anyStory(random).start, random.below(14_000))
  },
}

test.each(MUTANTS)(
  '[PO189] noticed: $name',
  async (mutant) => {
    const engine = await brokenEngine(mutant)
    let seed = 1
    while (seed <= MOST && properties[mutant.by](engine, seed).length === 0) seed += 1
    expect(seed, `${mutant.name} went unnoticed`).toBeLessThanOrEqual(MOST)
  },
  600_000,
)
