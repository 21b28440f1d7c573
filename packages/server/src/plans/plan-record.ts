// A change of the policy that is planned: what was looked over, as it was then, and when it is to hold. It takes the place of its
// draft, so that nothing else than what was looked over can come into force.

import type { NewRecord, StoredRecord } from '@sayso/store'

export const PLANS = 'policy-plans'
export const DRAFTS = 'policy-drafts'

/** Why a plan was not carried out. */
export type PlanProblem = {
  readonly code: 'policy_changed' | 'denied' | 'policy_invalid' | 'conflict'
  /** A sentence without a stop. */
  readonly detail: string
  readonly atMs: number
}

export type KeptPlan = {
  readonly title: string
  readonly text: string
  /** Who wrote the draft: `user:…` or `key:…` */
  readonly author: string
  /** The version in force when it was looked over: no other may be replaced by it. */
  readonly base: string
  /** When it is to hold; milliseconds since 1970. */
  readonly atMs: number
  readonly reason: string
  /** Who planned it; they must still be allowed to when it comes due. */
  readonly by: string
  /** They are of another app of the installation, where their rights are. */
  readonly isFromElsewhere?: true
  readonly plannedAtMs: number
  /** The second person, where the policy asks for one. */
  readonly approvedBy?: string
  /** Present: it was not carried out, and waits for somebody to look at it. */
  readonly problem?: PlanProblem
}

export function planOf({ value }: Pick<StoredRecord, 'value'>): KeptPlan {
  return value as KeptPlan
}

/** @param version the one it must have by then; 0: it must not exist */
export function planRecord(key: string, plan: KeptPlan, version: number): NewRecord {
  return { collection: PLANS, key, value: plan, expectVersion: version }
}

/** What it was before it was planned. */
export function draftRecord(key: string, plan: KeptPlan): NewRecord {
  const { title, text, author, base } = plan
  return { collection: DRAFTS, key, value: { title, text, author, base }, expectVersion: 0 }
}

/** Ends a plan or a draft as it was read. */
export function ended({ collection, key, version }: StoredRecord): NewRecord {
  return { collection, key, value: undefined, expectVersion: version }
}
