// Something that one person asked for and another one has to approve, as it waits.

import type { SecondPersonAction } from '@sayso/policy'
import type { NewRecord, Store, StoredRecord } from '@sayso/store'

const APPROVALS = 'approvals'
/** Nobody remembers for longer why it was asked; milliseconds. */
const WAITS_MS = 7 * 86_400_000
/** Waiting at the same time; the 201st is refused. */
export const MOST_APPROVALS = 200

/** What is to be done, as it was when it was asked for. */
export type Wanted =
  | {
      readonly action: 'apply-policy'
      readonly draft: string
      /** As it was looked over: another one is not what was asked for. */
      readonly version: number
      /** The version of the policy that it may replace. */
      readonly over: string
      /** When it is to hold; absent: at once. Milliseconds since 1970. */
      readonly atMs?: number
    }
  | { readonly action: 'apply-policy'; readonly restore: string }
  | {
      readonly action: 'erase-person'
      readonly person: string
      readonly messages?: 'keep' | 'delete'
    }
  | { readonly action: 'end-hold'; readonly hold: string }
  | { readonly action: 'remove-app'; readonly app: string }
  | { readonly action: 'revoke-key'; readonly key: string }

export type KeptApproval = {
  readonly wanted: Wanted & { readonly action: SecondPersonAction }
  /** How it was called: of a draft its title, of a person the name. */
  readonly title: string
  /** Who asked: `user:…`, or `key:…`, which is nobody: two people approve what it asks for. */
  readonly by: string
  /** The first of them: `user:…` */
  readonly seconded?: string
  readonly reason: string
  readonly askedAtMs: number
}

/** @param version the one it must have; 0: it must not be there */
export function approvalRecord(key: string, approval: KeptApproval, version = 0): NewRecord {
  return { collection: APPROVALS, key, value: approval, expectVersion: version }
}

export function approvalOf({ value }: Pick<StoredRecord, 'value'>): KeptApproval {
  return value as KeptApproval
}

/** Whether it waits for the first of two people. */
export function needsTwo({ by, seconded }: Pick<KeptApproval, 'by' | 'seconded'>): boolean {
  return isKey(by) && seconded === undefined
}

export function isKey(actor: string): boolean {
  return actor.startsWith('key:')
}

/** Who stands for it so far, and so cannot approve it: whoever asked, or has seconded what a key asked for. */
export function sponsorOf({ by, seconded }: Pick<KeptApproval, 'by' | 'seconded'>): string {
  return seconded ?? by
}

export function untilMsOf({ askedAtMs }: KeptApproval): number {
  return askedAtMs + WAITS_MS
}

/** Those that wait, the longest waiting first. */
export async function waitingApprovals(
  store: Pick<Store, 'records'>,
  nowMs: number,
): Promise<readonly StoredRecord[]> {
  const found = await store.records({ collection: APPROVALS, limit: 1_000 })
  return found
    .filter((each) => untilMsOf(approvalOf(each)) > nowMs)
    .sort((a, b) => approvalOf(a).askedAtMs - approvalOf(b).askedAtMs)
}

/** Those that nobody answered in time, to be swept out with the next one. */
export async function staleApprovals(
  store: Pick<Store, 'records'>,
  nowMs: number,
): Promise<readonly StoredRecord[]> {
  const found = await store.records({ collection: APPROVALS, limit: 1_000 })
  return found.filter((each) => untilMsOf(approvalOf(each)) <= nowMs)
}

export async function approvalNamed(
  store: Pick<Store, 'record'>,
  key: string,
  nowMs: number,
): Promise<StoredRecord | undefined> {
  const record = await store.record(APPROVALS, key)
  return record !== undefined && untilMsOf(approvalOf(record)) > nowMs ? record : undefined
}

/** What it is about, as the audit log names targets. */
export function targetOf(wanted: Wanted): string {
  switch (wanted.action) {
    case 'apply-policy':
      return 'draft' in wanted
        ? `policy-drafts/${wanted.draft}`
        : `policy-versions/${wanted.restore}`
    case 'erase-person':
      return `user:${wanted.person}`
    case 'end-hold':
      return `hold:${wanted.hold}`
    case 'remove-app':
      return `app:${wanted.app}`
    case 'revoke-key':
      return `key:${wanted.key}`
  }
}
