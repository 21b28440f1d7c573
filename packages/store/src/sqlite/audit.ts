// The audit log in SQL: lines as they were hashed, with the columns they are looked up by beside them.

import { nextAuditLine } from '../rules/audit.ts'
import { PERSON_SQL, PLACE_SQL } from '../rules/audit-about.ts'
import type { Place } from '../rules/position.ts'
import type { AuditLine, AuditQuery, NewAuditLine } from '../store.ts'
import { storedText } from './body.ts'
import type { Database, SqlValue } from './driver.ts'
import type { Head } from './head.ts'

/** Chains lines to the log, inside a transaction that its caller begins and ends. */
export function createAuditLog(db: Database, head: Head) {
  const insert = db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)')
  return (line: NewAuditLine, place: Pick<Place, 'revision' | 'atMs'>): void => {
    const next = nextAuditLine(head.lastAudit(), line, place)
    insert.run(next.number, JSON.stringify(next), ...lookedUpBy(next))
    head.markAudit(next)
  }
}

function lookedUpBy({ actor, command, target, atMs }: AuditLine): SqlValue[] {
  return [storedText(actor), storedText(command), storedText(target), atMs]
}

/** Fills the columns of lines that were written before there were any. */
export function fillAuditColumns(db: Database): void {
  const page = db.prepare(
    'SELECT number, line FROM audit WHERE number > ? ORDER BY number LIMIT 500',
  )
  const update = db.prepare(
    'UPDATE audit SET actor = ?, command = ?, target = ?, at_ms = ? WHERE number = ?',
  )
  for (let last = 0; ; ) {
    const rows = page.all(last) as { number: number; line: string }[]
    for (const { number, line } of rows) {
      update.run(...lookedUpBy(JSON.parse(line) as AuditLine), number)
      last = number
    }
    if (rows.length === 0) return
  }
}

/** What a line is about is read from its target, so it is in no column of its own. */
export const AUDIT_ABOUT_INDEXES = `
  CREATE INDEX audit_by_place  ON audit (${PLACE_SQL});
  CREATE INDEX audit_by_person ON audit (${PERSON_SQL});
`

const COLUMNS = {
  actor: 'actor',
  command: 'command',
  target: 'target',
  place: `(${PLACE_SQL})`,
  person: `(${PERSON_SQL})`,
} as const
const NAMES = ['actor', 'command', 'target', 'place', 'person'] as const

// The planner has no figures to go by, so it is told: a target says most, then what it is about, then who and what together.
function indexFor({ actor, command, target, place, person }: AuditQuery): string {
  if (target !== undefined) return 'INDEXED BY audit_by_target'
  if (person !== undefined) return 'INDEXED BY audit_by_person'
  if (place !== undefined) return 'INDEXED BY audit_by_place'
  if (actor !== undefined && command !== undefined) return 'INDEXED BY audit_by_actor_and_command'
  if (actor !== undefined) return 'INDEXED BY audit_by_actor'
  return command === undefined ? '' : 'INDEXED BY audit_by_command'
}

/** The statement that reads a page; numbers first, newest first. */
export function auditSql(query: AuditQuery): string {
  const equals = NAMES.filter((name) => query[name] !== undefined)
  const where = ['number >= ?', 'number < ?', ...equals.map((name) => `${COLUMNS[name]} = ?`)]
  return `SELECT line FROM audit ${indexFor(query)} WHERE ${where.join(' AND ')} ORDER BY number DESC LIMIT ?`
}

export function createAuditReader(db: Database) {
  const statements = new Map<string, ReturnType<Database['prepare']>>()
  // Times never go back from one line to the next, so a span of time is a span of numbers.
  const firstSince = db.prepare(
    'SELECT number FROM audit WHERE at_ms >= ? ORDER BY at_ms, number LIMIT 1',
  )
  const lastUntil = db.prepare(
    'SELECT number FROM audit WHERE at_ms <= ? ORDER BY at_ms DESC, number DESC LIMIT 1',
  )
  const numberOf = (row: unknown, absent: number) =>
    (row as { number: number } | undefined)?.number ?? absent
  return (query: AuditQuery): readonly AuditLine[] => {
    const { limit, beforeNumber = Number.MAX_SAFE_INTEGER, sinceMs, untilMs } = query
    const from =
      sinceMs === undefined ? 0 : numberOf(firstSince.get(sinceMs), Number.MAX_SAFE_INTEGER)
    const to = untilMs === undefined ? beforeNumber : numberOf(lastUntil.get(untilMs), 0)
    const sql = auditSql(query)
    const statement = statements.get(sql) ?? db.prepare(sql)
    statements.set(sql, statement)
    const equals = NAMES.flatMap((name) => {
      const text = query[name]
      return text === undefined ? [] : storedText(text)
    })
    const rows = statement.all(from, Math.min(to + 1, beforeNumber), ...equals, limit)
    return (rows as { line: string }[]).map(({ line }) => JSON.parse(line) as AuditLine)
  }
}
