// A policy that is tried in shadow, as it is kept: what is tried, and what it would have answered otherwise.

import { createHash } from 'node:crypto'
import type { NewRecord, Store, StoredRecord } from '@sayso/store'

export const SHADOW = 'policy-shadow'
export const DIFFERENCES = 'policy-shadow-differences'
/** One app tries one policy at a time. */
const NOW = 'now'
/** Rows that are told apart; what differs beyond is only counted. */
export const MOST_DIFFERENCES = 500

export type ShadowCounts = {
  /** Questions that were taken, as the share says. */
  readonly asked: number
  /** Not decided beside: too many waited, or the question could not be put again. */
  readonly skipped: number
  readonly differed: number
  /** Of those, the ones that have no row. */
  readonly others: number
}

export const NO_COUNTS: ShadowCounts = { asked: 0, skipped: 0, differed: 0, others: 0 }

export type Trial = {
  /** Of the draft it was, which may be gone or changed by now. */
  readonly draft: string
  readonly title: string
  readonly text: string
  readonly base: string
  readonly by: string
  /** How many of a hundred questions are decided beside. */
  readonly share: number
  readonly beganAtMs: number
  readonly untilMs: number
  readonly endedAtMs?: number
}

export type KeptShadow = Trial & { readonly counts: ShadowCounts }

/** One question that two policies answer differently, as often as it was asked. */
export type ShadowDifference = {
  /** Absent: somebody without an identity, or a key. */
  readonly subject?: string
  readonly action: string
  readonly on: string
  /** What was answered; the shadow says the opposite. */
  readonly allowed: boolean
  /** What decided: a rule, a grant, a layer; absent: nothing granted it. */
  readonly by?: string
  readonly shadowBy?: string
  readonly count: number
  readonly firstAtMs: number
  readonly lastAtMs: number
}

export function differenceKey({
  subject = '',
  action,
  on,
  allowed,
}: Pick<ShadowDifference, 'subject' | 'action' | 'on' | 'allowed'>): string {
  const said = [subject, action, on, allowed].join('\n')
  return createHash('sha256').update(said).digest('base64url').slice(0, 22)
}

export function shadowRecord(kept: KeptShadow, version?: number): NewRecord {
  return {
    collection: SHADOW,
    key: NOW,
    value: kept,
    ...(version !== undefined && { expectVersion: version }),
  }
}

export function differenceRecord(key: string, difference: ShadowDifference): NewRecord {
  return { collection: DIFFERENCES, key, value: difference }
}

export async function keptShadow(store: Pick<Store, 'record'>): Promise<StoredRecord | undefined> {
  return store.record(SHADOW, NOW)
}

export function shadowOf({ value }: Pick<StoredRecord, 'value'>): KeptShadow {
  return value as KeptShadow
}

export function keptDifferences(store: Pick<Store, 'records'>): Promise<readonly StoredRecord[]> {
  return store.records({ collection: DIFFERENCES, limit: 1_000 })
}
