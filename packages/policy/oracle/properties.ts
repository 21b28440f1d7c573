// Each property over one seed, for any engine.

import { anyEdit, anyEntry, anyLookedUp, anyQuestion, anyStory } from './any-facts.ts'
import { decisionDifferences, type Engine, grantDifferences, receiveDifferences } from './check.ts'
import {
  affectedDifferences,
  flipDifferences,
  moveOf,
  versionDifferences,
} from './check-changes.ts'
import { simulateDifferences } from './check-explain.ts'
import { dueDifferences } from './check-time.ts'
import { seeded } from './random.ts'

export type Property =
  | 'decisions'
  | 'grants'
  | 'receivers'
  | 'affected'
  | 'flips'
  | 'simulation'
  | 'versions'
  | 'time'

export const properties: Readonly<
  Record<Property, (engine: Engine, seed: number) => readonly string[]>
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
  simulation: (engine, seed) => {
    const random = seeded(seed)
    const { document, start } = anyStory(random)
    return simulateDifferences(engine, moveOf(engine, start, anyEntry(random, document)), random)
  },
  affected: (engine, seed) => {
    const random = seeded(seed)
    const { document, start } = anyStory(random)
    const entries = [anyEntry, anyEdit, anyLookedUp]
    const entry = entries[seed % entries.length]?.(random, document) ?? []
    return affectedDifferences(engine, moveOf(engine, start, entry), random)
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
