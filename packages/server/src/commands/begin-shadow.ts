// Try a draft in shadow: for a time, real questions are decided by it as well, and what it would have answered otherwise is
// counted. It answers nobody.

import type { PolicyDocument } from '@sayso/policy'
import type { StoredRecord } from '@sayso/store'
import type { Context } from '../context.ts'
import { DIFFERENCES, NO_COUNTS, shadowRecord, type Trial } from '../shadow/shadow-record.ts'
import { policyChanges } from './apply-policy.ts'
import { type Asker, actorOf, auditBy } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { requirePlace } from './require-place.ts'

export type BeginShadow = {
  readonly draft: StoredRecord
  readonly document: PolicyDocument
  readonly forMs: number
  /** How many of a hundred questions are decided beside: 1–100. */
  readonly share: number
}

/** @throws {Failure} `denied`, `conflict` if another one is tried, `busy`, `store_unavailable` */
export async function beginShadow(
  context: Context,
  asker: Asker,
  { draft, document, forMs, share }: BeginShadow,
): Promise<void> {
  const { shadow } = context
  const beganAtMs = context.now()
  const { title, text, base } = draft.value
  const trial: Trial = {
    ...{ draft: draft.key, title: String(title), text: String(text), base: String(base) },
    ...{ by: actorOf(asker), share, beganAtMs, untilMs: beganAtMs + forMs },
  }
  await decideAndCommit(context, (world) => {
    requirePlace(world, asker, 'edit-policy')
    if (shadow.isOn)
      throw new Failure('conflict', 'another policy is tried in shadow', { remedy: 'end it first' })
    policyChanges(world, { document, text: trial.text }, beganAtMs)
    const gone = shadow.rows.map((key) => ({ collection: DIFFERENCES, key, value: undefined }))
    return {
      entries: [],
      records: [shadowRecord({ ...trial, counts: NO_COUNTS }), ...gone],
      audit: {
        command: 'begin-shadow',
        ...auditBy(asker),
        target: `policy-drafts/${draft.key}`,
        details: { until: new Date(trial.untilMs).toISOString(), share },
      },
    }
  })
  shadow.begin(trial)
}
