// What becomes of a plan that is due: one write that puts it in force, or one that says why not.

import type { Actor, World } from '@sayso/policy'
import { PolicyInvalid, parsePolicy } from '@sayso/policy/document'
import type { StoredRecord, Write } from '@sayso/store'
import { earlierVersion, policyChanges } from '../commands/apply-policy.ts'
import { Failure } from '../commands/failure.ts'
import { needsSecond } from '../commands/second-person.ts'
import { versionRecords } from '../policy-history.ts'
import { versionOf } from '../policy-version.ts'
import { ended, type PlanProblem, planOf, planRecord } from './plan-record.ts'
import { stillMay } from './still-may.ts'

/** Says in the plan why it was not carried out. */
export function failedWrite(
  record: StoredRecord,
  error: unknown,
  nowMs: number,
): Omit<Write, 'expect'> {
  const plan = planOf(record)
  const problem = problemOf(error, nowMs)
  const { code, detail } = problem
  return {
    entries: [],
    records: [planRecord(record.key, { ...plan, problem }, record.version)],
    audit: {
      command: 'fail-plan',
      actor: 'server',
      target: `${record.collection}/${record.key}`,
      reason: plan.reason,
      details: { code, detail, planned: plan.by },
    },
  }
}

/**
 * Puts the plan in force.
 *
 * @param isFirst no version is kept yet: the one in force is kept with it
 * @throws whatever speaks against it, for `failedWrite`
 */
export function appliedWrite(
  world: World,
  record: StoredRecord,
  isFirst: boolean,
  nowMs: number,
): Omit<Write, 'expect'> {
  const plan = planOf(record)
  const { text, reason, by, approvedBy } = plan
  const before = versionOf(world.policy.document)
  if (before !== plan.base) throw new Unfit('policy_changed', 'another policy is in force by now')
  if (plan.isFromElsewhere !== true && !stillMay(world, by, 'edit-policy'))
    throw new Unfit('denied', 'whoever planned it may not change the policy any more')
  if (approvedBy === undefined && needsSecond(world, 'apply-policy'))
    throw new Unfit('denied', 'it takes a second person by now')
  const document = parsePolicy(text)
  const after = versionOf(document)
  const second = approvedBy === undefined ? {} : { approvedBy }
  return {
    entries: [
      {
        kind: 'rights',
        changes: policyChanges(world, { document, text }, nowMs),
        cause: { command: 'apply-plan', by: by as Actor, reason },
      },
    ],
    records: [
      ended(record),
      ...(isFirst ? earlierVersion(world, nowMs) : []),
      ...versionRecords({ version: after, text, by, reason }, nowMs),
    ],
    audit: {
      command: 'apply-plan',
      actor: 'server',
      target: 'policy',
      reason,
      details: { version: { before, after }, planned: by, ...second, at: instantOf(plan.atMs) },
    },
  }
}

class Unfit extends Error {
  readonly code: PlanProblem['code']
  constructor(code: PlanProblem['code'], message: string) {
    super(message)
    this.code = code
  }
}

function problemOf(error: unknown, atMs: number): PlanProblem {
  if (error instanceof Unfit) return { code: error.code, detail: error.message, atMs }
  if (error instanceof Failure) return { code: 'conflict', detail: error.message, atMs }
  if (!(error instanceof PolicyInvalid))
    return { code: 'conflict', detail: 'it could not be put in force', atMs }
  const [first] = error.problems
  const at = first === undefined ? '' : `line ${first.line}, column ${first.column}: `
  return { code: 'policy_invalid', detail: `${at}${first?.message ?? error.message}`, atMs }
}

export function instantOf(ms: number): string {
  return new Date(ms).toISOString()
}
