// Put another policy document in force: one entry, as a whole, or not at all.

import type { PolicyDocument, Revision, RightsChange, World } from '@sayso/policy'
import type { Committed, NewRecord } from '@sayso/store'
import type { Context } from '../context.ts'
import { VERSIONS, versionRecords } from '../policy-history.ts'
import { versionOf } from '../policy-version.ts'
import { type Asker, auditBy } from './asker.ts'
import { requireRevision } from './change-facts.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'
import { doerOf, requireSecond, secondDetails, secondRecords } from './second-person.ts'

export type ApplyPolicy = {
  readonly document: PolicyDocument
  /** As its author wrote it. */
  readonly text: string
  readonly reason?: string
  readonly expectedRevision?: Revision
  /** What goes with it or not at all, such as the end of a draft. */
  readonly records?: readonly NewRecord[]
  /** Refused if another version is in force by then. */
  readonly expectedVersion?: string
}

/**
 * Replaces the policy. When this returns, it holds in every open session.
 *
 * @throws {Failure} `denied`, `conflict`, `busy`, `store_unavailable`
 */
export async function applyPolicy(
  context: Context,
  asker: Asker,
  input: ApplyPolicy,
): Promise<Committed> {
  const isFirst = (await context.store.records({ collection: VERSIONS, limit: 1 })).length === 0
  return decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'edit-policy')
    requireSecond(world, asker, 'apply-policy')
    requireRevision(world.revision, input.expectedRevision)
    const before = versionOf(world.policy.document)
    requireVersion(before, input.expectedVersion)
    const version = { before, after: versionOf(input.document) }
    const { reason, text, records = [] } = input
    const by = doerOf(asker)
    const why = reason === undefined ? {} : { reason }
    const nowMs = context.now()
    const earlier = isFirst ? earlierVersion(world, nowMs) : []
    return {
      entries: [
        {
          kind: 'rights',
          changes: policyChanges(world, input, nowMs),
          cause: { command: 'apply-policy', by, ...why },
        },
      ],
      records: [
        ...earlier,
        ...versionRecords({ version: version.after, text, by, ...why }, nowMs),
        ...records,
        ...secondRecords(asker),
      ],
      audit: {
        command: 'apply-policy',
        ...auditBy(asker),
        target: 'policy',
        details: { version, ...secondDetails(asker) },
        ...why,
      },
    }
  })
}

/**
 * What putting a document in force changes. Time comes along, so that its rules with instants count from the first.
 *
 * @throws {Failure} `conflict`
 */
export function policyChanges(
  world: World,
  input: Pick<ApplyPolicy, 'document' | 'text'>,
  nowMs: number,
): readonly RightsChange[] {
  const { document, text } = input
  const tenant = world.policy.document.tenant.key
  if (document.tenant.key !== tenant) {
    throw new Failure('conflict', `the tenant is called \`${tenant}\`, and roles are held on it`, {
      remedy: `keep \`tenant.key: ${tenant}\``,
    })
  }
  return [
    { kind: 'put-policy', document, text },
    { kind: 'pass-time', atMs: nowMs },
  ]
}

/** The version in force, kept with the first change so that one can go back to it. */
export function earlierVersion(world: World, nowMs: number): readonly NewRecord[] {
  const version = versionOf(world.policy.document)
  return versionRecords({ version, text: world.policyText }, nowMs - 1)
}

/** @throws {Failure} `conflict` */
export function requireVersion(now: string, expected: string | undefined): void {
  if (expected === undefined || expected === now) return
  throw new Failure('conflict', 'the policy has changed since you read it', {
    remedy: 'read it again and apply your change to that',
  })
}
