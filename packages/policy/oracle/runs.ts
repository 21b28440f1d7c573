// How long the properties run, and how a failure is told: with its seed and as small a story as still fails.

import { expect } from 'vitest'
import type { Changes } from './check.ts'
import { type Random, seeded } from './random.ts'
import { shrunk, told } from './shrink.ts'

/** (policy, facts, question) triples of the largest property; the others are in proportion. */
const TRIPLES = Number(process.env.ORACLE_TRIPLES ?? 50_000)
export const LONG = 3_600_000

/** Seeds from 1; `perThousand` of them for every thousand triples. */
export function* seeds(perThousand: number): Generator<number> {
  for (let seed = 1; seed <= (TRIPLES / 1000) * perThousand; seed += 1) yield seed
}

/** @param differences draws the rest of the case from `random`; the same for every story that is tried */
export function hold(
  seed: number,
  story: Changes,
  differences: (story: Changes, random: Random) => readonly string[],
): void {
  const of = (changes: Changes) => {
    try {
      return differences(changes, seeded(-seed))
    } catch (error) {
      return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
    }
  }
  if (of(story).length === 0) return
  const least = shrunk(story, (changes) => of(changes).length > 0)
  expect.fail(`seed ${seed}:\n${of(least).slice(0, 5).join('\n')}\n${told(least)}`)
}
