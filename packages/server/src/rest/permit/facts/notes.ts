// What is kept of facts besides the facts: when they were made, and attributes whose names mean something else here.

import { createHash } from 'node:crypto'
import type { Attributes } from '@sayso/policy'
import type { JsonObject, NewRecord, Store } from '@sayso/store'

export type FactNote = {
  readonly created: string
  readonly updated: string
  /** Shown with the other attributes, seen by no condition. */
  readonly hidden?: Attributes
}

const FACT_NOTES = 'permit-fact'
const LONGEST_KEY = 400

/** @param fact as text: `user:ada`, `channel:lobby`, `channel:lobby#speaker@user:ada` */
function keyOf(fact: string): string {
  if (fact.length <= LONGEST_KEY) return fact
  return `sha256:${createHash('sha256').update(fact).digest('hex')}`
}

export async function readNote(
  store: Pick<Store, 'record'>,
  fact: string,
): Promise<FactNote | undefined> {
  const record = await store.record(FACT_NOTES, keyOf(fact))
  return record?.value as FactNote | undefined
}

export async function readNotesOf(
  store: Pick<Store, 'record'>,
  facts: readonly string[],
): Promise<ReadonlyMap<string, FactNote>> {
  const notes = await Promise.all(
    facts.map(async (fact) => [fact, await readNote(store, fact)] as const),
  )
  return new Map(notes.flatMap(([fact, note]) => (note ? [[fact, note] as const] : [])))
}

export function putNote(fact: string, note: FactNote): NewRecord {
  return { collection: FACT_NOTES, key: keyOf(fact), value: note as unknown as JsonObject }
}

export function dropNote(fact: string): NewRecord {
  return { collection: FACT_NOTES, key: keyOf(fact), value: undefined }
}
