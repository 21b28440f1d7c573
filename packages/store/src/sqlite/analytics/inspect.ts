// Looks into the roll-ups of a folder without opening them for writing: what state they are in, a copy of them.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Database } from '../driver.ts'
import { lookingInto } from '../looking-into.ts'
import { ANALYTICS_FILE, ANALYTICS_SCHEMA, readMeta } from './analytics-tables.ts'

export type AnalyticsReport = {
  readonly schema: number
  readonly knownSchema: number
  /** Up to this entry of the log they are made. */
  readonly revision: number
  readonly damage: readonly string[]
}

/** @returns undefined if the folder has none. @throws {StoreUnavailable} they cannot be read at all */
export function inspectAnalytics(folder: string): Promise<AnalyticsReport | undefined> {
  return reading(folder, (db) => {
    const { user_version: schema } = db.prepare('PRAGMA user_version').get() as {
      user_version: number
    }
    const checks = db.prepare('PRAGMA quick_check(20)').all() as { quick_check: string }[]
    const damage = checks.map(({ quick_check }) => quick_check).filter((text) => text !== 'ok')
    const isKnown = schema === ANALYTICS_SCHEMA
    const revision = isKnown ? Number(readMeta(db, 'revision') ?? 0) : 0
    return { schema, knownSchema: ANALYTICS_SCHEMA, revision, damage }
  })
}

/**
 * Writes what they hold at this moment into a new file. Copy them before the log they follow: so they are never ahead of it.
 *
 * @returns false if the folder has none
 * @throws {StoreUnavailable}
 */
export async function copyAnalytics(folder: string, target: string): Promise<boolean> {
  const copied = await reading(folder, (db) => {
    db.prepare('VACUUM INTO ?').run(join(target, ANALYTICS_FILE))
    return true
  })
  return copied === true
}

async function reading<T>(folder: string, work: (db: Database) => T): Promise<T | undefined> {
  const file = join(resolve(folder), ANALYTICS_FILE)
  return existsSync(file) ? lookingInto(file, work) : undefined
}
