// Channel names as the small numbers that stand for them in the tables.

import type { Database } from './driver.ts'

const MOST_REMEMBERED = 100_000

export type ChannelIds = ReturnType<typeof createChannelIds>

/** Names are given as `storedText`. */
export function createChannelIds(db: Database) {
  const select = db.prepare('SELECT id FROM channels WHERE name = ?')
  const insert = db.prepare('INSERT INTO channels (name) VALUES (?) RETURNING id')
  const known = new Map<string, number>()
  const remember = (name: string, { id }: { id: number }): number => {
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(name, id)
    return id
  }
  const find = (name: string): number | undefined => {
    const id = known.get(name)
    if (id !== undefined) return id
    const row = select.get(name)
    return row === undefined ? undefined : remember(name, row as { id: number })
  }
  return {
    find,
    findOrAdd: (name: string): number =>
      find(name) ?? remember(name, insert.get(name) as { id: number }),
    /** Channels added in a transaction that failed do not exist. */
    forget: () => known.clear(),
  }
}
