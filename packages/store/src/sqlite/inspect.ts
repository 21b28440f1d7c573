// Looks into a folder without opening the store: what state it is in, a copy of it, its audit lines. Changes nothing, and
// may be done while a server writes there.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { RightsChange } from '@sayso/policy'
import { StoreUnavailable } from '../errors.ts'
import type { AuditLine } from '../store.ts'
import { type Database, loadDriver, type OpenDatabase } from './driver.ts'
import { failureOf } from './failure.ts'
import { lookingInto } from './looking-into.ts'
import { SCHEMA_VERSION } from './migrations.ts'

export type FolderReport = {
  /** True while a process has it open for writing. */
  readonly isInUse: boolean
  /** The schema it was written with, and the one this code writes. */
  readonly schema: number
  readonly knownSchema: number
  /** The last entry of its log. */
  readonly revision: number
  /** What the engine finds wrong with the file; empty if nothing. */
  readonly damage: readonly string[]
}

const DATABASE = 'sayso.db'

/** @throws {StoreUnavailable} if there is no database, or it cannot be read at all */
export async function inspectFolder(folder: string): Promise<FolderReport> {
  const open = await loadDriver()
  const isInUse = isLocked(open, join(resolve(folder), 'sayso.lock'))
  return reading(folder, (db) => {
    const meta = db.prepare("SELECT value FROM meta WHERE key = 'schema_version'").get()
    const last = db.prepare('SELECT max(revision) AS revision FROM feed').get()
    const checks = db.prepare('PRAGMA quick_check(20)').all() as { quick_check: string }[]
    return {
      isInUse,
      schema: Number((meta as { value: string } | undefined)?.value ?? 0),
      knownSchema: SCHEMA_VERSION,
      revision: (last as { revision: number | null }).revision ?? 0,
      damage: checks.map(({ quick_check }) => quick_check).filter((text) => text !== 'ok'),
    }
  })
}

/** The rights as stored now, to look at. @throws {StoreUnavailable} */
export function readRights(folder: string): Promise<readonly RightsChange[]> {
  return reading(folder, (db) => {
    const rows = db.prepare('SELECT change FROM rights ORDER BY rank, id').all()
    return (rows as { change: string }[]).map(({ change }) => JSON.parse(change) as RightsChange)
  })
}

/**
 * Writes what the database holds at this moment into a new file, whoever else writes to it meanwhile.
 *
 * @param file must not exist
 * @throws {StoreUnavailable}
 */
export function copyDatabase(folder: string, file: string): Promise<void> {
  return reading(folder, (db) => {
    db.prepare('VACUUM INTO ?').run(file)
  })
}

/**
 * Hands over every audit line in order, some at a time.
 *
 * @throws {StoreUnavailable}
 */
export function readAudit(
  folder: string,
  visit: (lines: readonly AuditLine[]) => void,
): Promise<void> {
  return reading(folder, (db) => {
    const page = db.prepare('SELECT line FROM audit WHERE number > ? ORDER BY number LIMIT 1000')
    let after = 0
    for (;;) {
      const rows = page.all(after) as { line: string }[]
      const lines = rows.map(({ line }) => JSON.parse(line) as AuditLine)
      if (lines.length === 0) return
      visit(lines)
      after = lines.at(-1)?.number ?? after
    }
  })
}

async function reading<T>(folder: string, work: (db: Database) => T): Promise<T> {
  const file = join(resolve(folder), DATABASE)
  if (!existsSync(file)) {
    throw new StoreUnavailable('unusable_folder', `there is no \`${file}\``)
  }
  return lookingInto(file, work)
}

/** True if another process holds the lock; one of this very process would be let go by looking. */
function isLocked(open: OpenDatabase, lockFile: string): boolean {
  if (!existsSync(lockFile)) return false
  const lock = open(lockFile)
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE; ROLLBACK')
    return false
  } catch (error) {
    if (failureOf(error) === 'busy') return true
    throw error
  } finally {
    lock.close()
  }
}
