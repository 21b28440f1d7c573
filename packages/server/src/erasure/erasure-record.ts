// An erasure that is under way, as it is kept: it survives a crash, and goes with its own end.

import type { Erasure, NewRecord, Store } from '@sayso/store'

const ERASURES = 'erasures'

/**
 * What becomes of somebody.
 *
 * - `delete`  everything goes, with all that they wrote
 * - `keep`    everything goes but their messages and the files in them
 * - `account` only what they sign in with, and what the facts know of them
 */
export type Extent = Erasure['messages'] | 'account'

export type KeptErasure = {
  /** Of the erasure; says nothing of anybody. */
  readonly id: string
  /** Id of the person. */
  readonly person: string
  readonly extent: Extent
  /** Name, e-mail, picture: gone once this record is. */
  readonly texts: readonly string[]
  /** `user:…` or `key:…` */
  readonly by: string
}

export function erasureRecord(erasure: KeptErasure): NewRecord {
  return { collection: ERASURES, key: erasure.person, value: erasure, expectVersion: 0 }
}

export function doneRecord(person: string): NewRecord {
  return { collection: ERASURES, key: person, value: undefined }
}

export async function erasureOf(store: Store, person: string): Promise<KeptErasure | undefined> {
  return (await store.record(ERASURES, person))?.value as KeptErasure | undefined
}

/** Those that a crash left behind; there are never many. */
export async function openErasures(store: Store): Promise<readonly KeptErasure[]> {
  const records = await store.records({ collection: ERASURES, limit: 1_000 })
  return records.map(({ value }) => value as KeptErasure)
}
