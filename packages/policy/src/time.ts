// What time alone does: grants start and end, rules come into force and lapse. All of it as ordinary changes.

import type { RightsChange } from './change.ts'
import { formatTuple } from './tuple.ts'
import type { World } from './world.ts'

/** The earliest instant at which `dueChanges` has something; undefined if never. Milliseconds since 1970. */
export function nextDueMs(world: World): number | undefined {
  const grant = world.facts.nextDueMs()
  const rule = world.policy.instants.find((instant) => instant > world.timeMs)
  if (grant === undefined || rule === undefined) return grant ?? rule
  return Math.min(grant, rule)
}

/**
 * The changes that make the world that of an instant: ended grants go, started ones hold, rules learn the time. In a
 * fixed order. Folding them is all that time does; afterwards nothing is due at that instant, unless there was more than
 * asked for.
 *
 * @param most holders on places at most, any of them; absent: all
 */
export function dueChanges(
  world: World,
  nowMs: number,
  most = Number.POSITIVE_INFINITY,
): readonly RightsChange[] {
  const due = world.facts.dueUntil(nowMs, most)
  const grants = due
    .map(([tuple, { notBeforeMs: _, ...grant }]): readonly [string, RightsChange] => {
      const isOver = grant.expiresAtMs !== undefined && grant.expiresAtMs <= nowMs
      const change: RightsChange = isOver
        ? { kind: 'unassign', tuple }
        : { kind: 'assign', tuple, ...grant }
      return [formatTuple(tuple), change]
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change)
  const passed = world.policy.instants.findLast((instant) => instant <= nowMs)
  // Rules learn the time with the last of the grants: all of it has come by then.
  const isNews = passed !== undefined && passed > world.timeMs && due.length < most
  return isNews ? [...grants, { kind: 'pass-time', atMs: passed }] : grants
}
