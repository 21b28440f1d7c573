// Plan a change of the policy: what was looked over takes effect by itself at an instant, and not before.

import type { PolicyDocument } from '@sayso/policy'
import type { Committed, StoredRecord } from '@sayso/store'
import type { Context } from '../context.ts'
import { ended, planRecord } from '../plans/plan-record.ts'
import { MOST_PLANS } from '../plans/plans.ts'
import { versionOf } from '../policy-version.ts'
import { policyChanges, requireVersion } from './apply-policy.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'
import { doerOf, requireSecond, secondDetails, secondRecords } from './second-person.ts'

export type PlanPolicy = {
  /** As it was looked over. */
  readonly draft: StoredRecord
  readonly document: PolicyDocument
  /** When it is to hold; milliseconds since 1970. */
  readonly atMs: number
  readonly reason: string
  /** The version in force that was looked at. */
  readonly expectedVersion: string
}

/** As far ahead as one may plan; milliseconds. */
const YEAR_MS = 366 * 86_400_000

/**
 * The draft becomes a plan. When it comes due it is refused if another policy is in force by then, or if the asker may not change
 * the policy any more.
 *
 * @throws {Failure} `denied`, `conflict`, `invalid`, `busy`, `store_unavailable`
 */
export async function planPolicy(
  context: Context,
  asker: Asker,
  { draft, document, atMs, reason, expectedVersion }: PlanPolicy,
): Promise<Committed> {
  return decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'edit-policy')
    requireSecond(world, asker, 'apply-policy')
    const base = versionOf(world.policy.document)
    requireVersion(base, expectedVersion)
    const nowMs = context.now()
    requireAhead(atMs, nowMs)
    if (context.plans.size >= MOST_PLANS)
      throw new Failure('conflict', `there are ${MOST_PLANS} plans already`, {
        remedy: 'take one back first',
      })
    // What would be refused then is refused now.
    policyChanges(world, { document, text: String(draft.value.text) }, nowMs)
    const { title, text, author } = draft.value
    const plan = {
      ...{ title: String(title), text: String(text), author: String(author) },
      ...{ base, atMs, reason, by: doerOf(asker), plannedAtMs: nowMs },
      ...(asker.second !== undefined && { approvedBy: actorOf(asker) }),
      ...(asker.homeApp !== undefined && { isFromElsewhere: true as const }),
    }
    return {
      entries: [],
      records: [ended(draft), planRecord(draft.key, plan, 0), ...secondRecords(asker)],
      audit: {
        command: 'plan-policy',
        ...auditBy(asker),
        target: `policy-plans/${draft.key}`,
        reason,
        details: {
          at: new Date(atMs).toISOString(),
          version: versionOf(document),
          base,
          ...secondDetails(asker),
        },
      },
    }
  })
}

/** @throws {Failure} `invalid` */
export function requireAhead(atMs: number, nowMs: number): void {
  if (atMs > nowMs && atMs <= nowMs + YEAR_MS) return
  throw new Failure('invalid', 'the instant is not within the year to come', {
    remedy: 'say an instant that is still ahead, by the time of the server',
  })
}
