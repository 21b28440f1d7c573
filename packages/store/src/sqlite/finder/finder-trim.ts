// Takes out of the index what retention took out of the log, in slices.

import type { Trimmed, TrimQuery } from '../../finder.ts'
import { parseMessageSerial } from '../../rules/position.ts'
import type { Database } from '../driver.ts'
import { KIND } from '../schema.ts'
import type { Names } from './finder-names.ts'

/** Messages looked at in one slice: questions wait no longer than it takes. */
const SLICE = 500

export function createTrim(db: Database, log: Database, names: Names) {
  const lastBefore = db.prepare('SELECT max(id) AS id FROM messages WHERE serial < ?')
  const page = db.prepare(
    `SELECT id, serial FROM messages WHERE channel = ? AND unread IN (0, 1) AND id > ? AND id <= ?
     ORDER BY id LIMIT ${SLICE}`,
  )
  const isThere = log.prepare(`SELECT 1 FROM feed WHERE serial = ? AND kind = ${KIND.publish}`)
  const drops = [
    'DELETE FROM texts WHERE rowid = ?',
    'DELETE FROM mentions WHERE message = ?',
    'DELETE FROM messages WHERE id = ?',
  ].map((sql) => db.prepare(sql))
  return ({ channel, before, after }: TrimQuery): Trimmed => {
    const id = names.find(channel)
    const { id: last } = lastBefore.get(before) as { id: number | null }
    if (id === undefined || last === null) return { forgotten: 0 }
    const rows = page.all(id, after, last) as { id: number; serial: string }[]
    const gone = rows.filter(({ serial }) => {
      const entry = parseMessageSerial(serial)?.entrySerial
      return entry === undefined || isThere.get(entry) === undefined
    })
    db.exec('BEGIN')
    try {
      for (const each of gone) for (const drop of drops) drop.run(each.id)
      db.exec('COMMIT')
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
    const end = rows[SLICE - 1]
    return { forgotten: gone.length, ...(end !== undefined && { next: end.id }) }
  }
}
