// Move a planned change of the policy to another instant.

import type { Committed, StoredRecord } from '@sayso/store'
import type { Context } from '../context.ts'
import { planOf, planRecord } from '../plans/plan-record.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireAhead } from './plan-policy.ts'
import { requirePlace } from './require-place.ts'

/**
 * @param plan as it was read
 * @throws {Failure} `denied`, `invalid`, `conflict` if it came due or was changed meanwhile, `busy`, `store_unavailable`
 */
export async function movePlan(
  context: Context,
  asker: Asker,
  { plan: record, atMs, reason }: { plan: StoredRecord; atMs: number; reason: string | undefined },
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'edit-policy')
    const plan = planOf(record)
    if (plan.problem !== undefined)
      throw new Failure('conflict', 'it was not carried out', {
        remedy: 'take it back, look it over, and plan it anew',
      })
    requireAhead(atMs, context.now())
    const moved = { ...plan, atMs, reason: reason ?? plan.reason }
    return {
      entries: [],
      records: [planRecord(record.key, moved, record.version)],
      audit: {
        command: 'move-plan',
        ...auditBy(asker),
        target: `policy-plans/${record.key}`,
        reason: moved.reason,
        before: { at: new Date(plan.atMs).toISOString() },
        after: { at: new Date(atMs).toISOString() },
      },
    }
  })
}
