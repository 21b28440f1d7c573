// Take a planned change of the policy back: it is a draft again.

import type { Committed, StoredRecord } from '@sayso/store'
import type { Context } from '../context.ts'
import { draftRecord, ended, planOf } from '../plans/plan-record.ts'
import { type Asker, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { requirePlace } from './require-place.ts'

/**
 * @param plan as it was read
 * @throws {Failure} `denied`, `conflict` if it came due or was changed meanwhile, `busy`, `store_unavailable`
 */
export async function cancelPlan(
  context: Context,
  asker: Asker,
  { plan: record, reason }: { plan: StoredRecord; reason: string | undefined },
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'edit-policy')
    const plan = planOf(record)
    return {
      entries: [],
      records: [ended(record), draftRecord(record.key, plan)],
      audit: {
        command: 'cancel-plan',
        ...auditBy(asker),
        target: `policy-plans/${record.key}`,
        details: { at: new Date(plan.atMs).toISOString(), planned: plan.by },
        ...(reason !== undefined && { reason }),
      },
    }
  })
}
