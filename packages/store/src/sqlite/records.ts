// Records in SQL: written on the writing connection, read on the reading one.

import {
  afterPrefix,
  isStorable,
  type PreparedRecord,
  placedText,
  storedRecord,
} from '../rules/records.ts'
import type { RecordsQuery, StoredRecord } from '../store.ts'
import type { Database } from './driver.ts'

type Row = Omit<StoredRecord, 'value'> & { readonly text: string }

/** Judges and applies records, inside a transaction that its caller begins and ends. */
export function createRecords(db: Database) {
  const select = db.prepare(
    'SELECT version, created_at_ms AS createdAtMs FROM records WHERE collection = ? AND key = ?',
  )
  const remove = db.prepare('DELETE FROM records WHERE collection = ? AND key = ?')
  const insert = db.prepare(
    `INSERT INTO records (collection, key, value, created_at_ms, updated_at_ms)
     VALUES (?, ?, ?, ?, ?)`,
  )
  const find = ({ collection, key }: PreparedRecord) =>
    select.get(collection, key) as Pick<Row, 'version' | 'createdAtMs'> | undefined
  return {
    isStale(record: PreparedRecord): boolean {
      const { expectVersion } = record
      return expectVersion !== undefined && (find(record)?.version ?? 0) !== expectVersion
    },
    /** True if the record changed anything. */
    apply(record: PreparedRecord, nowMs: number, serial: string): boolean {
      const { collection, key } = record
      const text = placedText(record, serial)
      const before = find(record)
      if (before !== undefined) remove.run(collection, key)
      if (text === undefined) return before !== undefined
      // A new row each time: its id, never given twice, is the version.
      insert.run(collection, key, text, before?.createdAtMs ?? nowMs, nowMs)
      return true
    },
  }
}

const COLUMNS = `collection, key, value AS text, version,
  created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs`

export function createRecordReader(db: Database) {
  const select = db.prepare(`SELECT ${COLUMNS} FROM records WHERE collection = ? AND key = ?`)
  const range = `SELECT ${COLUMNS} FROM records WHERE collection = ? AND key >= ? AND key > ?`
  const selectFrom = db.prepare(`${range} ORDER BY key LIMIT ?`)
  const selectBetween = db.prepare(`${range} AND key < ? ORDER BY key LIMIT ?`)
  return {
    one(collection: string, key: string): StoredRecord | undefined {
      if (!isStorable(collection) || !isStorable(key)) return undefined
      const row = select.get(collection, key) as Row | undefined
      return row && storedRecord(row)
    },
    page({ collection, prefix = '', afterKey = '', limit }: RecordsQuery): StoredRecord[] {
      if (![collection, prefix, afterKey].every(isStorable)) return []
      const end = afterPrefix(prefix)
      const rows =
        end === undefined
          ? selectFrom.all(collection, prefix, afterKey, limit)
          : selectBetween.all(collection, prefix, afterKey, end, limit)
      return (rows as Row[]).map(storedRecord)
    },
  }
}
