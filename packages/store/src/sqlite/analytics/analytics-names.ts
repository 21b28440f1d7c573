// Names as the small numbers that stand for them in the roll-ups: channels, actions and the like, and apart from them people.

import { originalText, storedText } from '../body.ts'
import type { Database } from '../driver.ts'

const MOST_REMEMBERED = 100_000

export type Names = ReturnType<typeof createNames>

export function createNames(db: Database, table: 'names' | 'people') {
  const select = db.prepare(`SELECT id FROM ${table} WHERE name = ?`)
  const insert = db.prepare(`INSERT INTO ${table} (name) VALUES (?) RETURNING id`)
  const read = db.prepare(`SELECT name FROM ${table} WHERE id = ?`)
  const readMany = db.prepare(
    `SELECT id, name FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
  )
  const known = new Map<string, number>()
  const byId = new Map<number, string>()
  const remember = (name: string, { id }: { id: number }): number => {
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(name, id)
    return id
  }
  const find = (name: string): number | undefined => {
    const id = known.get(name)
    if (id !== undefined) return id
    const row = select.get(storedText(name))
    return row === undefined ? undefined : remember(name, row as { id: number })
  }
  return {
    find,
    findOrAdd: (name: string): number =>
      find(name) ?? remember(name, insert.get(storedText(name)) as { id: number }),
    /** Looks up at once what `nameOf` will be asked. */
    lookUp(ids: Iterable<number>): void {
      const missing = [...new Set(ids)].filter((id) => !byId.has(id))
      if (missing.length === 0) return
      if (byId.size + missing.length > MOST_REMEMBERED) byId.clear()
      const rows = readMany.all(JSON.stringify(missing)) as { id: number; name: string }[]
      for (const { id, name } of rows) byId.set(id, originalText(name))
    },
    /** Empty for what is forgotten. */
    nameOf(id: number): string {
      const told = byId.get(id)
      if (told !== undefined) return told
      const row = read.get(id) as { name: string } | undefined
      const name = row === undefined ? '' : originalText(row.name)
      if (byId.size >= MOST_REMEMBERED) byId.clear()
      byId.set(id, name)
      return name
    },
    /** Names added in a transaction that failed do not exist. */
    forget(): void {
      known.clear()
      byId.clear()
    },
  }
}
