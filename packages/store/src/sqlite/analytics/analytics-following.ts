// Follows the log, the audit log and the decisions log: takes what came since, in order, and commits what it adds together with
// how far it is.

import { renameSync, rmSync } from 'node:fs'
import { channelEntryOf, entryOf, originalText } from '../body.ts'
import type { Database, OpenDatabase } from '../driver.ts'
import { KIND } from '../schema.ts'
import type { FeedRow } from '../wire.ts'
import { type AuditRow, createPut, type DeniedRow, type Put } from './analytics-put.ts'
import {
  ANALYTICS_SCHEMA,
  configureAnalytics,
  createAnalyticsTables,
  readMeta,
  writeMeta,
} from './analytics-tables.ts'

/** Rows of each log in one transaction: questions wait no longer than it takes. */
const AT_ONCE = 2_000

export class AnalyticsTooNew extends Error {}

/**
 * Opens the roll-ups. Ones that do not fit the log, as that was put back to an earlier state, are put aside and made anew from it.
 *
 * @throws {AnalyticsTooNew}
 */
export function openRollUps(open: OpenDatabase, log: Database, file: string): Database {
  const db = open(file)
  const schema = versionOf(db)
  if (schema > ANALYTICS_SCHEMA) {
    db.close()
    throw new AnalyticsTooNew(`schema ${schema}, this version knows ${ANALYTICS_SCHEMA}`)
  }
  if (schema === 0) return made(db)
  if (fits(db, log)) {
    configureAnalytics(db)
    return db
  }
  db.close()
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
  renameSync(file, `${file}.aside`)
  return made(open(file))
}

function made(db: Database): Database {
  configureAnalytics(db)
  createAnalyticsTables(db)
  return db
}

function versionOf(db: Database): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
}

function fits(db: Database, log: Database): boolean {
  const serial = readMeta(db, 'serial')
  if (serial === undefined) return true
  const row = log.prepare('SELECT revision FROM feed WHERE serial = ?').get(serial)
  return (row as { revision: number } | undefined)?.revision === Number(readMeta(db, 'revision'))
}

export type Following = ReturnType<typeof createFollowing>

/** @param decisions undefined while there is no decisions log */
export function createFollowing(
  db: Database,
  log: Database,
  decisions: () => Database | undefined,
) {
  const put = createPut(db)
  const sources = [
    createFeedSource(db, log, put),
    createAuditSource(db, log, put),
    createDenialSource(db, decisions, put),
  ]
  return {
    put,
    /** Takes the next rows; false if there were none. */
    step(): boolean {
      const pages = sources.map((source) => source.page())
      if (pages.every(({ length }) => length === 0)) return false
      db.exec('BEGIN IMMEDIATE')
      try {
        for (const [index, source] of sources.entries()) source.take(pages[index] ?? [])
        db.exec('COMMIT')
      } catch (error) {
        db.exec('ROLLBACK')
        put.forget()
        for (const source of sources) source.reset()
        throw error
      }
      return true
    },
  }
}

type Source = {
  /** The next rows. */
  page(): readonly unknown[]
  /** Counts them, and notes how far that is; in a transaction. */
  take(rows: readonly unknown[]): void
  /** What was noted in a transaction that failed does not count. */
  reset(): void
}

/** How far a log has been taken, as a number that is kept under a name. */
function position(db: Database, name: string) {
  const read = () => Number(readMeta(db, name) ?? 0)
  let at = read()
  return {
    get: () => at,
    set(value: number): void {
      at = value
      writeMeta(db, name, String(value))
    },
    reset(): void {
      at = read()
    },
  }
}

function createFeedSource(db: Database, log: Database, put: Put): Source {
  const at = position(db, 'revision')
  const next = log.prepare(
    `SELECT feed.revision, feed.serial, feed.kind, channels.name AS channel, feed.body
     FROM feed LEFT JOIN channels ON channels.id = feed.channel
     WHERE feed.revision > ? ORDER BY feed.revision LIMIT ${AT_ONCE}`,
  )
  return {
    page: () => next.all(at.get()),
    take(rows) {
      const last = (rows as readonly FeedRow[]).at(-1)
      if (last === undefined) return
      for (const row of rows as readonly FeedRow[]) count(put, row)
      at.set(last.revision)
      writeMeta(db, 'serial', last.serial)
    },
    reset: at.reset,
  }
}

function count(put: Put, row: FeedRow): void {
  if (row.kind !== KIND.rights) {
    if (row.channel !== null) countInChannel(put, row, originalText(row.channel))
    return
  }
  const entry = entryOf(row)
  if (entry.kind === 'rights') put.rights(entry.atMs, entry.changes, entry.cause)
}

function countInChannel(put: Put, row: FeedRow, channel: string): void {
  const entry = channelEntryOf(row, channel)
  const { atMs } = entry
  const active = (people: readonly (string | undefined)[], wrote: boolean) => {
    for (const each of people) if (each !== undefined) put.active(atMs, channel, each, wrote)
  }
  if (entry.kind === 'annotation') {
    const people = entry.annotations.map(({ clientId }) => clientId)
    return active(people, false)
  }
  // Whoever amended it; the message itself names its author.
  if (row.kind === KIND.amend)
    return active(
      entry.messages.map(({ version }) => version?.clientId),
      false,
    )
  const said = entry.messages.filter(({ extras }) => !isOfServer(extras))
  put.messages(atMs, channel, said.length)
  active(
    said.map(({ clientId }) => clientId),
    true,
  )
}

/** A line that the server wrote into the channel: that somebody was promoted, for example. */
function isOfServer(extras: unknown): boolean {
  return typeof extras === 'object' && extras !== null && 'sayso' in extras
}

function createAuditSource(db: Database, log: Database, put: Put): Source {
  const at = position(db, 'audit')
  const next = log.prepare(
    `SELECT number, at_ms AS atMs, actor, command, target FROM audit
     WHERE number > ? ORDER BY number LIMIT ${AT_ONCE}`,
  )
  type Row = AuditRow & { readonly number: number }
  return {
    page: () => next.all(at.get()),
    take(rows) {
      const last = (rows as readonly Row[]).at(-1)
      if (last === undefined) return
      for (const row of rows as readonly Row[])
        put.audit({
          ...row,
          actor: originalText(row.actor),
          target: originalText(row.target),
        })
      at.set(last.number)
    },
    reset: at.reset,
  }
}

function createDenialSource(db: Database, decisions: () => Database | undefined, put: Put): Source {
  const at = position(db, 'decision')
  type Row = DeniedRow & { readonly number: number; readonly allowed: number }
  let from: Database | undefined
  let next: ReturnType<Database['prepare']> | undefined
  return {
    page() {
      const found = decisions()
      if (found === undefined) return []
      if (found !== from) {
        next = found.prepare(
          `SELECT number, at_ms AS atMs, tenant, action, by, reason, allowed FROM decisions
           WHERE number > ? ORDER BY number LIMIT ${AT_ONCE}`,
        )
        // One that was thrown away and begun anew counts from 1.
        const { last } = found
          .prepare('SELECT coalesce(max(number), 0) AS last FROM decisions')
          .get() as { last: number }
        if (last < at.get()) at.set(0)
        from = found
      }
      return next?.all(at.get()) ?? []
    },
    take(rows) {
      const last = (rows as readonly Row[]).at(-1)
      if (last === undefined) return
      for (const row of rows as readonly Row[]) if (row.allowed === 0) put.denial(row)
      at.set(last.number)
    },
    reset: at.reset,
  }
}
