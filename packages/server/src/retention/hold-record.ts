// A legal hold as it is kept: while it stands nothing of what it is on is removed. It goes with its own end.

import type { NewRecord, StoredRecord } from '@sayso/store'

export const HOLDS = 'holds'
/** Standing at the same time; the 1001st is refused. */
export const MOST_HOLDS = 1_000

export type Hold = {
  /** `user:…`, `tenant:…`, or a channel or conversation as policies name it. */
  readonly on: string
  readonly reason: string
  /** Who answers for it. */
  readonly owner: { readonly id: string; readonly name: string }
  readonly fromMs: number
  /** Absent: until somebody ends it. */
  readonly untilMs?: number
  /** Who made it: `user:…` or `key:…` */
  readonly by: string
}

export type KeptHold = Hold & { readonly id: string; readonly version: number }

export function holdOf({ key, value, version }: StoredRecord): KeptHold {
  return { ...(value as Hold), id: key, version }
}

/** @param version the one it must have; 0: it must not be there */
export function holdRecord(id: string, hold: Hold | undefined, version: number): NewRecord {
  return { collection: HOLDS, key: id, value: hold, expectVersion: version }
}
