// Edits of the policy, changes of facts and what is kept beside them, planned on one world and made as one write.

import type { PolicyDocument, RightsChange, World } from '@sayso/policy'
import type { Committed, NewRecord } from '@sayso/store'
import type { Context } from '../context.ts'
import { policyChanges } from './apply-policy.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { commit, decideAndCommit } from './decide-and-commit.ts'
import { requireChanges } from './require-changes.ts'
import { requirePlace } from './require-place.ts'
import { requireSecondFor } from './second-person.ts'

/** What one request makes of a world. */
export type Amendment = {
  /** Absent: the document stays. */
  readonly policy?: { readonly document: PolicyDocument; readonly text: string } | undefined
  /** After the policy, in this order. */
  readonly changes: readonly RightsChange[]
  /** The most important first. */
  readonly records: readonly NewRecord[]
}

export type AmendPlace = {
  /** As the audit log calls it. */
  readonly command: string
  /** What it is about, for the audit log. */
  readonly target: string
  /** Planned again if rights moved meanwhile; throws to refuse. */
  readonly plan: (world: World) => Amendment
  /** The world that holds the asker's key, if it is of another app of the installation. */
  readonly home?: () => World
}

/** Changes that an audit line tells one by one; of more only how many. */
const MOST_TOLD = 100

/** Records of one write; more of them follow it, as they carry no right. */
const MOST_RECORDS = 1_000

/**
 * Makes all of it or nothing, but for records beyond a thousand. When this returns, it holds in every open session.
 *
 * @throws {Failure} `denied`, what `plan` throws, `conflict`, `busy`, `store_unavailable`
 */
export async function amendPlace(
  context: Context,
  asker: Asker,
  { command, target, plan, home }: AmendPlace,
): Promise<Committed> {
  let later: readonly NewRecord[] = []
  const committed = await decideAndCommit(context, (world) => {
    const keeper = home?.() ?? world
    requirePlace(keeper, asker, 'manage-app')
    const { policy, changes, records } = plan(world)
    later = records.slice(MOST_RECORDS)
    const put = policy ? policyChanges(world, policy, context.now()) : []
    const all = [...put, ...changes]
    requireChanges(keeper, asker, all)
    requireSecondFor(world, asker, all)
    const by = actorOf(asker)
    const told = changes.length > MOST_TOLD ? { count: changes.length } : { changes }
    const audit = {
      ...auditBy(asker),
      command,
      target,
      details: JSON.parse(JSON.stringify({ ...(policy && { policy: true }), ...told })),
    }
    return {
      entries: all.length === 0 ? [] : [{ kind: 'rights', changes: all, cause: { command, by } }],
      records: records.slice(0, MOST_RECORDS),
      ...(all.length > 0 && { audit }),
    }
  })
  for (let start = 0; start < later.length; start += MOST_RECORDS) {
    await commit(context, { entries: [], records: later.slice(start, start + MOST_RECORDS) })
  }
  return committed
}
