// What changes do to rights, for the audit log: counted as far as a little work goes, and named if it is little.

import { type RightsChange, simulate, type World } from '@sayso/policy'
import type { AuditEffect } from '@sayso/store'

// A number of pieces and not a time, so that the same change always says the same. On a place with 10 000 people and 1 000
// channels: 1 to 6 ms, while everything else waits; removing a channel that 10 000 people hold a role on: 50 ms and more.
const MOST_PIECES = 80
const MOST_NAMED = 20

/** @returns undefined if the changes cannot move anything */
export function effectOf(world: World, changes: readonly RightsChange[]): AuditEffect | undefined {
  if (changes.every(({ kind }) => kind === 'pass-time' || kind.endsWith('-request')))
    return undefined
  const simulation = simulate(world, changes, { samples: 0 })
  const isDone = simulation.step(MOST_PIECES)
  const { people, gained, lost } = simulation.impact
  const effect = { people, gained, lost }
  if (!isDone) return { ...effect, isPartial: true }
  if (gained + lost === 0) return effect
  const page = simulation.page(undefined, MOST_NAMED)
  return page.next === undefined ? { ...effect, flips: page.flips } : effect
}
