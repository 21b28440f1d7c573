// The file of decisions: its one table, how rows go in, are found again, and go when their time is over.

import type { DecisionLine, DecisionsKept, DecisionsPage, DecisionsQuery } from '../../decisions.ts'
import type { Database, SqlValue } from '../driver.ts'
import type { Value } from './wire.ts'

/** The schema this code writes. */
export const DECISIONS_SCHEMA = 1
export const DECISIONS_FILE = 'decisions.db'

const COLUMNS = [
  'id',
  'at_ms',
  'door',
  'actor',
  'key',
  'subject',
  'action',
  'asked',
  'resource',
  'tenant',
  'allowed',
  'reason',
  'by',
  'policy',
  'revision',
  'reasons',
  'found',
] as const

/** Values of a row. */
export const WIDTH = COLUMNS.length
const AT = COLUMNS.indexOf('at_ms')
const DAY_MS = 86_400_000
/** Rows of one statement: 6.5 µs of the thread for each row, 8.0 one by one. */
const TOGETHER = 20
/** Rows that go at once, so that nobody waits long for them to be gone. */
const A_SLICE = 5_000

export class DecisionsTooNew extends Error {}

/** Flushed when the log is folded into the file, not at each commit: a power cut may lose the last lines. */
export function configure(db: Database): void {
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA cache_size = -8000;
    PRAGMA temp_store = MEMORY;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
  `)
}

/** @throws {DecisionsTooNew} */
export function prepareTables(db: Database): void {
  const { user_version: found } = db.prepare('PRAGMA user_version').get() as {
    user_version: number
  }
  if (found > DECISIONS_SCHEMA)
    throw new DecisionsTooNew(`schema ${found}, this version knows ${DECISIONS_SCHEMA}`)
  if (found === DECISIONS_SCHEMA) return
  const columns = COLUMNS.map((name) => `"${name}"`).join(', ')
  db.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE decisions (number INTEGER PRIMARY KEY AUTOINCREMENT, ${columns});
    CREATE INDEX decisions_by_id ON decisions (id);
    CREATE INDEX decisions_by_subject ON decisions (subject) WHERE subject IS NOT NULL;
    CREATE INDEX decisions_by_resource ON decisions (resource) WHERE resource IS NOT NULL;
    CREATE TABLE dropped (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, at_ms INTEGER NOT NULL);
    PRAGMA user_version = ${DECISIONS_SCHEMA};
    COMMIT;
  `)
}

function insertSql(rows: number): string {
  const columns = COLUMNS.map((name) => `"${name}"`).join(', ')
  const row = `(${COLUMNS.map(() => '?').join(', ')})`
  return `INSERT INTO decisions (${columns}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`
}

export type DecisionsTable = ReturnType<typeof createTable>

export function createTable(db: Database, kept: DecisionsKept) {
  const [insert, insertMany] = [db.prepare(insertSql(1)), db.prepare(insertSql(TOGETHER))]
  const drop = db.prepare(
    'INSERT INTO dropped VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET count = count + excluded.count, at_ms = excluded.at_ms',
  )
  const remove = db.prepare('DELETE FROM decisions WHERE number <= ?')
  const byId = db.prepare('SELECT * FROM decisions WHERE id = ? ORDER BY number LIMIT 1')
  const dropped = db.prepare('SELECT count, at_ms AS atMs FROM dropped')
  const places = createPlaces(db)
  // INVARIANT: times never go back from one line to the next, so that a span of time is a span of numbers.
  let lastMs = places.lastMs()

  /** The first number that is still kept. */
  const firstKept = (atMs: number): number =>
    Math.max(places.firstSince(atMs - kept.days * DAY_MS), places.last() - kept.rows + 1)

  /** The rows with times that never go back. */
  const forward = (values: readonly Value[]): SqlValue[] => {
    const rows = [...values]
    for (let at = AT; at < rows.length; at += WIDTH) {
      lastMs = Math.max(lastMs, Number(rows[at]))
      rows[at] = lastMs
    }
    return rows
  }

  return {
    write(values: readonly Value[], droppedNow: number, atMs: number): void {
      db.exec('BEGIN IMMEDIATE')
      try {
        const rows = forward(values)
        for (let at = 0; at < rows.length; ) {
          const isMany = rows.length - at >= TOGETHER * WIDTH
          const end = at + (isMany ? TOGETHER : 1) * WIDTH
          ;(isMany ? insertMany : insert).run(...rows.slice(at, end))
          at = end
        }
        if (droppedNow > 0) drop.run(droppedNow, atMs)
        const [first, keptFrom] = [places.first(), firstKept(Math.max(lastMs, atMs))]
        if (first < keptFrom) remove.run(Math.min(keptFrom - 1, first + A_SLICE))
        db.exec('COMMIT')
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      }
    },
    page(query: DecisionsQuery, atMs: number): DecisionsPage {
      const { limit, beforeNumber = Number.MAX_SAFE_INTEGER, sinceMs, untilMs } = query
      const since = sinceMs === undefined ? 0 : places.firstSince(sinceMs)
      const from = Math.max(firstKept(Math.max(lastMs, atMs)), since)
      const to =
        untilMs === undefined
          ? beforeNumber
          : Math.min(beforeNumber, places.firstSince(untilMs + 1))
      const { sql, parameters } = wanted(query)
      const rows = db.prepare(sql).all(from, to, ...parameters, limit + 1) as Row[]
      return { lines: rows.slice(0, limit).map(lineOf), hasMore: rows.length > limit }
    },
    find(id: string): DecisionLine | undefined {
      const row = byId.get(id) as Row | undefined
      return row && lineOf(row)
    },
    dropped(): { readonly count: number; readonly atMs?: number } {
      return (dropped.get() as { count: number; atMs: number } | undefined) ?? { count: 0 }
    },
  }
}

/** Where times are among the numbers: found by halving, as times rise with them. */
function createPlaces(db: Database) {
  const ends = db.prepare(
    'SELECT coalesce((SELECT min(number) FROM decisions), 1) AS first, coalesce((SELECT max(number) FROM decisions), 0) AS last',
  )
  const next = db.prepare(
    'SELECT number, at_ms AS atMs FROM decisions WHERE number >= ? ORDER BY number LIMIT 1',
  )
  const range = () => ends.get() as { first: number; last: number }
  const at = (number: number) => next.get(number) as { number: number; atMs: number } | undefined
  return {
    first: () => range().first,
    last: () => range().last,
    lastMs: () => at(range().last)?.atMs ?? 0,
    /** The first number at or after a time; one past the last if there is none. */
    firstSince(sinceMs: number): number {
      const { first, last } = range()
      let [low, high] = [first, last + 1]
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        if ((at(middle)?.atMs ?? Number.POSITIVE_INFINITY) >= sinceMs) high = middle
        else low = middle + 1
      }
      return low
    },
  }
}

const EQUALS = {
  door: 'door',
  actor: 'actor',
  subject: 'subject',
  action: 'action',
  on: 'asked',
  resource: 'resource',
  tenant: 'tenant',
  reason: 'reason',
  by: '"by"',
  policy: 'policy',
} as const

function wanted(query: DecisionsQuery): { readonly sql: string; readonly parameters: SqlValue[] } {
  const where = ['number >= ?', 'number < ?']
  const parameters: SqlValue[] = []
  for (const [name, column] of Object.entries(EQUALS) as [keyof typeof EQUALS, string][]) {
    const value = query[name]
    if (value === undefined) continue
    where.push(`${column} = ?`)
    parameters.push(value)
  }
  if (query.allowed !== undefined) {
    where.push('allowed = ?')
    parameters.push(query.allowed ? 1 : 0)
  }
  if (query.tenants !== undefined) {
    where.push('tenant IN (SELECT value FROM json_each(?))')
    parameters.push(JSON.stringify(query.tenants))
  }
  // The planner has no figures to go by, so it is told: a subject says most, then a resource.
  const index =
    query.subject !== undefined
      ? 'INDEXED BY decisions_by_subject'
      : query.resource !== undefined
        ? 'INDEXED BY decisions_by_resource'
        : ''
  return {
    sql: `SELECT * FROM decisions ${index} WHERE ${where.join(' AND ')} ORDER BY number DESC LIMIT ?`,
    parameters,
  }
}

type Row = Readonly<Record<(typeof COLUMNS)[number] | 'number', Value>>

function lineOf({ at_ms, asked, allowed, ...rest }: Row): DecisionLine {
  const present = Object.entries(rest).filter(([, value]) => value !== null)
  return {
    ...Object.fromEntries(present),
    atMs: at_ms,
    on: asked,
    allowed: allowed === 1,
  } as unknown as DecisionLine
}
