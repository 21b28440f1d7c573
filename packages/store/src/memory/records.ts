// The records of the memory store.

import {
  afterPrefix,
  byCodePoints,
  isStorable,
  type PreparedRecord,
  placedText,
  slotOf,
  storedRecord,
} from '../rules/records.ts'
import type { RecordsQuery, StoredRecord } from '../store.ts'

type Row = Omit<StoredRecord, 'value'> & { readonly text: string }

export function createRecords() {
  const rows = new Map<string, Row>()
  let lastVersion = 0
  return {
    isStale(record: PreparedRecord): boolean {
      const { expectVersion } = record
      return (
        expectVersion !== undefined && (rows.get(slotOf(record))?.version ?? 0) !== expectVersion
      )
    },
    /** True if the record changed anything. */
    apply(record: PreparedRecord, nowMs: number, serial: string): boolean {
      const { collection, key } = record
      const text = placedText(record, serial)
      const slot = slotOf(record)
      const before = rows.get(slot)
      if (text === undefined) return rows.delete(slot)
      lastVersion += 1
      const createdAtMs = before?.createdAtMs ?? nowMs
      rows.set(slot, {
        collection,
        key,
        text,
        version: lastVersion,
        createdAtMs,
        updatedAtMs: nowMs,
      })
      return true
    },
    one(collection: string, key: string): StoredRecord | undefined {
      const row = rows.get(slotOf({ collection, key }))
      return row && storedRecord(row)
    },
    page({ collection, prefix = '', afterKey = '', limit }: RecordsQuery): StoredRecord[] {
      if (!isStorable(prefix) || !isStorable(afterKey)) return []
      const end = afterPrefix(prefix)
      return [...rows.values()]
        .filter((row) => row.collection === collection)
        .filter(({ key }) => byCodePoints(key, prefix) >= 0 && byCodePoints(key, afterKey) > 0)
        .filter(({ key }) => end === undefined || byCodePoints(key, end) < 0)
        .sort((a, b) => byCodePoints(a.key, b.key))
        .slice(0, limit)
        .map(storedRecord)
    },
  }
}
