// Channels, authors and whom mentions are of, as the small numbers that stand for them in the index.

import { storedText } from '../body.ts'
import type { Database } from '../driver.ts'

const MOST_REMEMBERED = 100_000

export type Names = ReturnType<typeof createNames>

export function createNames(db: Database) {
  const select = db.prepare('SELECT id FROM names WHERE name = ?')
  const insert = db.prepare('INSERT INTO names (name) VALUES (?) RETURNING id')
  const read = db.prepare('SELECT name FROM names WHERE id = ?')
  const known = new Map<string, number>()
  const remember = (name: string, { id }: { id: number }): number => {
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(name, id)
    return id
  }
  const find = (stored: string): number | undefined => {
    const id = known.get(stored)
    if (id !== undefined) return id
    const row = select.get(stored)
    return row === undefined ? undefined : remember(stored, row as { id: number })
  }
  return {
    find: (name: string) => find(storedText(name)),
    findOrAdd(name: string): number {
      const stored = storedText(name)
      return find(stored) ?? remember(stored, insert.get(stored) as { id: number })
    },
    nameOf(id: number): string {
      const row = read.get(id) as { name: string } | undefined
      return JSON.parse(`"${row?.name ?? ''}"`) as string
    },
    /** Names added in a transaction that failed do not exist. */
    forget: () => known.clear(),
  }
}
