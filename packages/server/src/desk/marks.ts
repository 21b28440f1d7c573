// How far each side of a conversation has received and read it.

import type { Store, StoredRecord } from '@sayso/store'

export const MARKS = 'desk-marks'

/** Serials of messages. */
export type Marks = { readonly delivered?: string | undefined; readonly read?: string | undefined }

export function markKey(key: string, person: string): string {
  return `${key}/${person}`
}

export function marksOf({ value }: StoredRecord): Marks {
  return value as Marks
}

export async function marksIn(
  store: Pick<Store, 'records'>,
  key: string,
): Promise<ReadonlyMap<string, Marks>> {
  const records = await store.records({ collection: MARKS, prefix: `${key}/`, limit: 100 })
  return new Map(records.map((each) => [each.key.slice(key.length + 1), marksOf(each)]))
}
