// How each part of an app is: well, late with its work, or down; with a sentence where it is not well.

import type { DecisionLog } from '@sayso/store'
import type { FinderWatch } from './finder-watch.ts'
import type { StoreWatch } from './store-watch.ts'

export const PARTS = [
  'store',
  'feed',
  'policy',
  'webhooks',
  'mail',
  'decisions',
  'finder',
  'analytics',
] as const

export type Condition = {
  readonly part: (typeof PARTS)[number]
  readonly state: 'ok' | 'late' | 'down'
  /** A sentence without a stop. */
  readonly detail?: string
}

/** A write that waits for its flush longer than this is late; milliseconds. */
const LATE_WRITE_MS = 1_000
/** So long decisions that were dropped are news; milliseconds. */
const DROPPED_LATELY_MS = 60_000

export const well = (part: Condition['part']): Condition => ({ part, state: 'ok' })
export const late = (part: Condition['part'], detail: string): Condition => ({
  part,
  state: 'late',
  detail,
})
export const down = (part: Condition['part'], detail: string): Condition => ({
  part,
  state: 'down',
  detail,
})

export function storeCondition(watch: StoreWatch): Condition {
  const trouble = watch.trouble()
  if (trouble !== undefined) return down('store', trouble)
  const waitsMs = watch.waitsMs()
  return waitsMs > LATE_WRITE_MS
    ? late('store', `a write has waited for ${waitsMs} ms`)
    : well('store')
}

/** @param untoldMs how long a change of rights has not reached every connection it concerns; 0: none waits */
export function feedCondition(untoldMs: number, heldMs: number): Condition {
  if (untoldMs > 1_000)
    return late('feed', `connections wait for changes of rights (${untoldMs} ms)`)
  if (heldMs > 1_000) return late('feed', `nothing moved for ${heldMs} ms`)
  return well('feed')
}

/** @param failedPlans planned changes that did not come into force and nobody has looked at since */
export function policyCondition(isDue: boolean, failedPlans: number): Condition {
  if (isDue) return late('policy', 'time has moved rights that the log does not say yet')
  if (failedPlans === 0) return well('policy')
  const what = failedPlans === 1 ? 'a planned change' : `${failedPlans} planned changes`
  return late('policy', `${what} of the policy did not come into force`)
}

export function webhooksCondition(failing: number, enabled: number): Condition {
  if (failing === 0) return well('webhooks')
  const detail = `${failing} of ${enabled} do not answer`
  return failing < enabled ? late('webhooks', detail) : down('webhooks', detail)
}

export function mailCondition(trouble: string | undefined): Condition {
  return trouble === undefined ? well('mail') : late('mail', trouble)
}

export function decisionsCondition(log: DecisionLog | undefined, nowMs: number): Condition {
  const { lastDroppedAtMs, waiting } = log?.counters() ?? { waiting: 0 }
  if (lastDroppedAtMs !== undefined && nowMs - lastDroppedAtMs < DROPPED_LATELY_MS)
    return down(
      'decisions',
      'some are not logged: they come faster than they are written, or cannot be',
    )
  return waiting > 10_000 ? late('decisions', `${waiting} wait to be written`) : well('decisions')
}

export function finderCondition(watch: FinderWatch): Condition {
  const { trouble, behind } = watch
  if (trouble !== undefined) return down('finder', trouble)
  return behind === 0
    ? well('finder')
    : late('finder', `${behind} entries are not in the index yet`)
}
