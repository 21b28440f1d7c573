// The properties are red on engines broken on purpose, each within a few hundred stories, and green on one whose limits are
// so low that every story passes them.

import { expect, test } from 'vitest'
import { brokenEngine } from './mutant.ts'
import { CRAMPED, MUTANTS } from './mutants.ts'
import { type Property, properties } from './properties.ts'
import { seeds } from './runs.ts'

const MOST = 2_000

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

test('[PO189] an engine with the lowest limits answers no differently', async () => {
  const engine = await brokenEngine(CRAMPED)
  for (const name of Object.keys(properties) as Property[]) {
    for (const seed of seeds(0.6)) {
      expect(properties[name](engine, seed), `${name}, seed ${seed}`).toEqual([])
    }
  }
}, 600_000)
