// Looks into the decisions log of a folder without opening it for writing: what state it is in, a copy of it.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Database } from '../driver.ts'
import { lookingInto } from '../looking-into.ts'
import { DECISIONS_FILE, DECISIONS_SCHEMA } from './table.ts'

export type DecisionsReport = {
  readonly schema: number
  readonly knownSchema: number
  readonly lines: number
  /** Lines that were dropped since the log began. */
  readonly dropped: number
  readonly damage: readonly string[]
}

/** @returns undefined if the folder has no decisions log. @throws {StoreUnavailable} it cannot be read at all */
export function inspectDecisions(folder: string): Promise<DecisionsReport | undefined> {
  return reading(folder, (db) => {
    const { user_version: schema } = db.prepare('PRAGMA user_version').get() as {
      user_version: number
    }
    const checks = db.prepare('PRAGMA quick_check(20)').all() as { quick_check: string }[]
    const damage = checks.map(({ quick_check }) => quick_check).filter((text) => text !== 'ok')
    const isKnown = schema === DECISIONS_SCHEMA
    return {
      schema,
      knownSchema: DECISIONS_SCHEMA,
      lines: isKnown ? numberIn(db, 'SELECT count(*) AS n FROM decisions') : 0,
      dropped: isKnown ? numberIn(db, 'SELECT coalesce(sum(count), 0) AS n FROM dropped') : 0,
      damage,
    }
  })
}

/**
 * Writes what the log holds at this moment into a new file, whoever writes to it meanwhile.
 *
 * @returns false if the folder has none
 * @throws {StoreUnavailable}
 */
export async function copyDecisions(folder: string, target: string): Promise<boolean> {
  const copied = await reading(folder, (db) => {
    db.prepare('VACUUM INTO ?').run(join(target, DECISIONS_FILE))
    return true
  })
  return copied === true
}

function numberIn(db: Database, sql: string): number {
  return (db.prepare(sql).get() as { n: number }).n
}

async function reading<T>(folder: string, work: (db: Database) => T): Promise<T | undefined> {
  const file = join(resolve(folder), DECISIONS_FILE)
  return existsSync(file) ? lookingInto(file, work) : undefined
}
