// Ids that a question is about, as a condition.

import type { Database } from '../driver.ts'

export type Wanted = ReturnType<typeof createWanted>

/** Ids to look among, in a table of their own: there may be more than can be bound. */
export function createWanted(db: Database) {
  db.exec('CREATE TEMP TABLE wanted (id INTEGER PRIMARY KEY)')
  const insert = db.prepare('INSERT OR IGNORE INTO wanted SELECT value FROM json_each(?)')
  return {
    /** @returns a condition, empty for all */
    only(ids: readonly number[] | undefined, column: string): string {
      if (ids === undefined) return ''
      db.exec('DELETE FROM wanted')
      insert.run(JSON.stringify(ids))
      return `AND ${column} IN (SELECT id FROM wanted)`
    },
  }
}
