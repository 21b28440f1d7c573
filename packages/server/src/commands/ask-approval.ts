// Ask for something that takes a second person. Nothing happens yet; it waits until somebody else approves it.

import type { Committed, StoredRecord } from '@sayso/store'
import {
  approvalOf,
  approvalRecord,
  type KeptApproval,
  MOST_APPROVALS,
  staleApprovals,
  targetOf,
  waitingApprovals,
} from '../approvals/approval-record.ts'
import type { Context } from '../context.ts'
import { ended } from '../plans/plan-record.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideOver } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requireNamed } from './require-person.ts'
import { requirePlace } from './require-place.ts'
import { RIGHT_FOR } from './second-person.ts'

export type AskApproval = Pick<KeptApproval, 'wanted' | 'title' | 'reason'> & {
  readonly id: string
}

/**
 * @throws {Failure} `denied`, `identity_required` for tokens of nobody, `conflict` if the same waits already, `busy`, `store_unavailable`
 */
export async function askApproval(
  context: Context,
  asker: Asker,
  { id, wanted, title, reason }: AskApproval,
): Promise<Committed> {
  requireNamed(asker)
  const askedAtMs = context.now()
  const read = async () => ({
    waiting: await waitingApprovals(context.store, askedAtMs),
    stale: await staleApprovals(context.store, askedAtMs),
  })
  return decideOver(context, read, (world, { waiting, stale }) => {
    requirePlace(world, asker, RIGHT_FOR[wanted.action])
    const target = targetOf(wanted)
    requireFree(waiting, target)
    return {
      entries: [],
      records: [
        approvalRecord(id, { wanted, title, by: actorOf(asker), reason, askedAtMs }),
        ...stale.slice(0, MOST_APPROVALS).map(ended),
      ],
      audit: {
        command: 'ask-approval',
        ...auditBy(asker),
        target,
        reason,
        details: { ...wanted, approval: id },
      },
    }
  })
}

/** @throws {Failure} `conflict` */
function requireFree(waiting: readonly StoredRecord[], target: string): void {
  if (waiting.some((each) => targetOf(approvalOf(each).wanted) === target))
    throw new Failure('conflict', 'the same waits for a second person already')
  if (waiting.length >= MOST_APPROVALS)
    throw new Failure('conflict', `${MOST_APPROVALS} wait for a second person already`, {
      remedy: 'have some of them answered first',
    })
}
