// The rights rows in SQL, on the writing connection.

import type { RightsChange } from '@sayso/policy'
import { applyChange, hangsOn, type RightsRows, rankOf } from '../rules/rights.ts'
import { storedText } from './body.ts'
import type { Database } from './driver.ts'

/** Applies a change to the table; true if it changed anything. */
export function createRightsTable(db: Database): (change: RightsChange) => boolean {
  const select = db.prepare('SELECT change FROM rights WHERE slot = ?')
  const remove = db.prepare('DELETE FROM rights WHERE slot = ?')
  const hanging = db.prepare(
    'SELECT slot FROM rights WHERE resource = ?1 OR target = ?1 ORDER BY id',
  )
  const upsert = db.prepare(
    `INSERT INTO rights (slot, rank, resource, target, change) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (slot) DO UPDATE SET change = excluded.change`,
  )
  // A slot is JSON, which never holds what SQLite cannot keep.
  const rows: RightsRows = {
    get(slot) {
      const row = select.get(slot) as { change: string } | undefined
      return row && (JSON.parse(row.change) as RightsChange)
    },
    put(slot, change) {
      const [resource, target] = hangsOn(change).map(storedText)
      const text = JSON.stringify(change)
      upsert.run(slot, rankOf(change), resource ?? null, target ?? null, text)
    },
    delete: (slot) => void remove.run(slot),
    hangingOn: (resource) =>
      (hanging.all(storedText(resource)) as { slot: string }[]).map(({ slot }) => slot),
  }
  return (change) => applyChange(rows, change)
}
