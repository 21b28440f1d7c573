// The tables of the roll-ups, and what stands in each.

import type { Database } from '../driver.ts'

/** The schema this code writes. */
export const ANALYTICS_SCHEMA = 1
export const ANALYTICS_FILE = 'analytics.db'

export const SLOTS_A_DAY = 96

/** A power cut may lose the last steps: they are taken again from what they follow. */
export function configureAnalytics(db: Database): void {
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA cache_size = -16000;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
  `)
}

// `slot`: quarters of an hour since 1970. `day`: days of UTC since 1970.
// `messages_of_all`, `messages_by_day`: sums of `messages`, so that long spans are read quickly.
// `active`: the quarters of a day in which somebody was active, as bits: the first 48 in `am`, the others in `pm`.
// `authors`: up to five different people of each channel and day; below zero: people who are forgotten.
// `desk`: always empty; the desk keeps what its reports need itself.
// `acts.by` 0: somebody who is forgotten. `totals`: different people of spans whose people are forgotten.
export function createAnalyticsTables(db: Database): void {
  db.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE messages (
      slot INTEGER NOT NULL, channel INTEGER NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (slot, channel)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE messages_of_all (slot INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
    CREATE TABLE messages_by_day (
      day INTEGER NOT NULL, channel INTEGER NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (day, channel)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE active (
      day INTEGER NOT NULL, person INTEGER NOT NULL, am INTEGER NOT NULL, pm INTEGER NOT NULL,
      PRIMARY KEY (day, person)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE authors (
      day INTEGER NOT NULL, channel INTEGER NOT NULL, person INTEGER NOT NULL,
      PRIMARY KEY (day, channel, person)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE acts (
      slot INTEGER NOT NULL, act INTEGER NOT NULL, place INTEGER NOT NULL, by INTEGER NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (slot, act, place, by)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE denials (
      slot INTEGER NOT NULL, tenant INTEGER NOT NULL, action INTEGER NOT NULL, by INTEGER NOT NULL,
      reason INTEGER NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (slot, tenant, action, by, reason)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE joins (
      slot INTEGER NOT NULL, how INTEGER NOT NULL, place INTEGER NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (slot, how, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE desk (
      slot INTEGER NOT NULL, agent INTEGER NOT NULL, answered INTEGER NOT NULL, waited_ms INTEGER NOT NULL,
      PRIMARY KEY (slot, agent)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE totals (
      span TEXT NOT NULL, day INTEGER NOT NULL, people INTEGER NOT NULL,
      PRIMARY KEY (span, day)
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = ${ANALYTICS_SCHEMA};
    COMMIT;
  `)
}

export function readMeta(db: Database, key: string): string | undefined {
  const row = db.prepare('SELECT value FROM meta WHERE key = ?').get(key)
  return (row as { value: string } | undefined)?.value
}

export function writeMeta(db: Database, key: string, value: string): void {
  db.prepare('INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2').run(
    key,
    value,
  )
}
