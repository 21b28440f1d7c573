// What changes do to rights, for the audit log: counted as far as a little work goes, and named if it is little.

import { type RightsChange, simulate, type World } from '@sayso/policy'
import type { AuditEffect } from '@sayso/store'

/** Small pieces of work that one line may cost; some milliseconds. The writer of the line is waited for meanwhile. */
const MOST_WORK = 1_000
const MOST_NAMED = 20

/** @returns undefined if the changes cannot move anything */
export function effectOf(world: World, changes: readonly RightsChange[]): AuditEffect | undefined {
  if (changes.every(({ kind }) => kind === 'pass-time' || kind.endsWith('-request')))
    return undefined
  const simulation = simulate(world, changes, { samples: 0 })
  const isDone = simulation.step(MOST_WORK)
  const { people, gained, lost } = simulation.impact
  const effect = { people, gained, lost }
  if (!isDone) return { ...effect, isPartial: true }
  if (gained + lost === 0) return effect
  const page = simulation.page(undefined, MOST_NAMED)
  return page.next === undefined ? { ...effect, flips: page.flips } : effect
}
