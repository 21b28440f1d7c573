// What time alone does: grants start and end, rules come into force and lapse. All of it as ordinary changes.

import type { KeyRecord, RightsChange } from './change.ts'
import { formatTuple } from './tuple.ts'
import type { World } from './world.ts'

/** The earliest instant at which `dueChanges` has something; undefined if never. Milliseconds since 1970. */
export function nextDueMs(world: World): number | undefined {
  const grant = world.facts.nextDueMs()
  const rule = world.policy.instants.find((instant) => instant > world.timeMs)
  const revoked = nextRevocationDueMs(world.revocations)
  const known = [grant, rule, nextKeyDueMs(world.keys), revoked].filter(
    (instant) => instant !== undefined,
  )
  return known.length === 0 ? undefined : Math.min(...known)
}

// Keys change seldom and are asked about at every change of anything.
const keysDue = new WeakMap<World['keys'], number>()

function nextKeyDueMs(keys: World['keys']): number | undefined {
  let due = keysDue.get(keys)
  if (due === undefined) {
    due = Number.POSITIVE_INFINITY
    for (const { expiresAtMs = due, previous } of keys.values())
      due = Math.min(due, expiresAtMs, previous?.untilMs ?? due)
    keysDue.set(keys, due)
  }
  return due === Number.POSITIVE_INFINITY ? undefined : due
}

const revocationsDue = new WeakMap<World['revocations'], number>()

function nextRevocationDueMs(revocations: World['revocations']): number | undefined {
  let due = revocationsDue.get(revocations)
  if (due === undefined) {
    due = Number.POSITIVE_INFINITY
    for (const [, { untilMs = due }] of revocations.entries()) due = Math.min(due, untilMs)
    revocationsDue.set(revocations, due)
  }
  return due === Number.POSITIVE_INFINITY ? undefined : due
}

/** Revocations of tokens that cannot live any more. */
function dueOfRevocations(
  { revocations }: World,
  nowMs: number,
  most: number,
): readonly RightsChange[] {
  if ((nextRevocationDueMs(revocations) ?? Number.POSITIVE_INFINITY) > nowMs) return []
  return [...revocations.entries()]
    .filter(([, { untilMs = Number.POSITIVE_INFINITY }]) => untilMs <= nowMs)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, most)
    .map(([, revocation]) => ({ kind: 'forget-revocation', revocation }))
}

/** Keys that have ended, and secrets whose time beside a newer one is over. */
function dueOfKeys(keys: World['keys'], nowMs: number): readonly RightsChange[] {
  if ((nextKeyDueMs(keys) ?? Number.POSITIVE_INFINITY) > nowMs) return []
  return [...keys.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((key) => dueOfKey(key, nowMs) ?? [])
}

function dueOfKey(key: KeyRecord, nowMs: number): RightsChange | undefined {
  if (key.expiresAtMs !== undefined && key.expiresAtMs <= nowMs)
    return { kind: 'remove-key', key: key.id }
  if (key.previous === undefined || key.previous.untilMs > nowMs) return undefined
  const { previous: _, ...left } = key
  return { kind: 'put-key', key: left }
}

/**
 * The changes that make the world that of an instant: ended keys and grants go, so do revocations that nobody can be meant by
 * any more, started grants hold, rules learn the time. In a fixed order. Folding them is all that time does; afterwards nothing is due at that instant, unless there was more than
 * asked for.
 *
 * @param most holders on places at most, any of them, and as many revocations; absent: all
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
  const revoked = dueOfRevocations(world, nowMs, most)
  const changes = [...dueOfKeys(world.keys, nowMs), ...revoked, ...grants]
  return isNews ? [...changes, { kind: 'pass-time', atMs: passed }] : changes
}
