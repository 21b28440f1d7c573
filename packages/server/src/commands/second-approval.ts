// Stand for what a key asked for, as the first of two people: a key is nobody, so another one has to approve it as well.

import type { Committed, StoredRecord } from '@sayso/store'
import { approvalOf, approvalRecord, needsTwo, targetOf } from '../approvals/approval-record.ts'
import type { Context } from '../context.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePerson } from './require-person.ts'
import { requirePlace } from './require-place.ts'
import { RIGHT_FOR } from './second-person.ts'

/**
 * @param record as it was read
 * @throws {Failure} `denied`, `identity_required` for keys, `conflict` if somebody was faster or a person asked, `busy`,
 *   `store_unavailable`
 */
export async function secondApproval(
  context: Context,
  asker: Asker,
  record: StoredRecord,
): Promise<Committed> {
  requirePerson(asker)
  const approval = approvalOf(record)
  const { wanted, by } = approval
  if (!needsTwo(approval)) throw new Failure('conflict', 'one more approval is enough for this')
  const seconded = actorOf(asker)
  return decideAndCommit(context, (world) => {
    requirePlace(world, asker, RIGHT_FOR[wanted.action])
    return {
      entries: [],
      records: [approvalRecord(record.key, { ...approval, seconded }, record.version)],
      audit: {
        command: 'second-approval',
        ...auditBy(asker),
        target: targetOf(wanted),
        details: { action: wanted.action, approval: record.key, askedBy: by },
      },
    }
  })
}
