// Decline what somebody asked for, or take back what one has asked for oneself. Nothing was done yet, and nothing will be.

import type { Committed, StoredRecord } from '@sayso/store'
import { approvalOf, targetOf } from '../approvals/approval-record.ts'
import type { Context } from '../context.ts'
import { ended } from '../plans/plan-record.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { requirePerson } from './require-person.ts'
import { requirePlace } from './require-place.ts'
import { RIGHT_FOR } from './second-person.ts'

/**
 * @param approval as it was read
 * @throws {Failure} `denied`, `identity_required`, `conflict` if it was answered meanwhile, `busy`, `store_unavailable`
 */
export async function endApproval(
  context: Context,
  asker: Asker,
  { approval: record, reason }: { approval: StoredRecord; reason: string | undefined },
): Promise<Committed> {
  const { wanted, by } = approvalOf(record)
  const isOwn = actorOf(asker) === by
  // A key takes back what it asked for; it declines nothing.
  if (!isOwn) requirePerson(asker)
  return decideAndCommit(context, (world) => {
    if (!isOwn) requirePlace(world, asker, RIGHT_FOR[wanted.action])
    return {
      entries: [],
      records: [ended(record)],
      audit: {
        command: isOwn ? 'withdraw-approval' : 'decline-approval',
        ...auditBy(asker),
        target: targetOf(wanted),
        details: { action: wanted.action, approval: record.key, askedBy: by },
        ...(reason !== undefined && { reason }),
      },
    }
  })
}
