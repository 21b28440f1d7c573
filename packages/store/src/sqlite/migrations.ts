// The tables, as numbered steps that only go forward.

import { AUDIT_ABOUT_INDEXES, fillAuditColumns } from './audit.ts'
import type { Database } from './driver.ts'
import { THREADS_TABLE } from './threads.ts'

type Step = string | ((db: Database) => void)

// 1. One row per log entry; its body is the only copy of a message. `channel` 0 is for entries of no channel.
// 2. `heads` leads from a message, by the place of its publish, to its latest edit; `amendments` to every edit.
// 3. `annotated` leads from a message to every entry that annotates it; those with `sums` tell what they
//    added up to then. `tallies`
//    holds what they add up to now, one row for each client's part, in the order in which they came.
// 4. `rights` holds the facts of now in the order they were first stated; the row id is that order.
//    A row goes with the resources in `resource` and `target`.
// 5. `records` holds a new row for each write of a record; its id, never given twice, is the record's version.
// 6. The columns of `audit` beside `line` are what it is looked up by.
// 7. `presence` holds what happened to members, beside the log: it was told without being an entry.
// 8. `answers` leads from the root of a thread to the messages in it; `gone` is the revision of their deletion.
// 9. Lines of `audit` are found by the place and the person their target names.
const STEPS: readonly Step[] = [
  `
  CREATE TABLE channels (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE feed (
    revision INTEGER PRIMARY KEY,
    serial   TEXT NOT NULL UNIQUE,
    kind     INTEGER NOT NULL,
    channel  INTEGER NOT NULL,
    body     TEXT NOT NULL
  ) STRICT;
  CREATE INDEX feed_by_channel ON feed (channel, kind);
  CREATE TABLE heads (
    message_revision INTEGER NOT NULL,
    message_index    INTEGER NOT NULL,
    revision         INTEGER NOT NULL,
    PRIMARY KEY (message_revision, message_index)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE amendments (
    message_revision INTEGER NOT NULL,
    message_index    INTEGER NOT NULL,
    revision         INTEGER NOT NULL,
    PRIMARY KEY (message_revision, message_index, revision)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE first_times (
    channel        INTEGER NOT NULL,
    key            TEXT NOT NULL,
    first_revision INTEGER NOT NULL,
    last_revision  INTEGER NOT NULL,
    PRIMARY KEY (channel, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE rights (
    id       INTEGER PRIMARY KEY,
    slot     TEXT NOT NULL UNIQUE,
    rank     INTEGER NOT NULL,
    resource TEXT,
    change   TEXT NOT NULL
  ) STRICT;
  CREATE INDEX rights_by_resource ON rights (resource) WHERE resource IS NOT NULL;
  CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    line   TEXT NOT NULL
  ) STRICT;
  CREATE TABLE claims (
    key      TEXT PRIMARY KEY,
    until_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX claims_by_end ON claims (until_ms);
  `,
  `
  ALTER TABLE rights ADD COLUMN target TEXT;
  CREATE INDEX rights_by_target ON rights (target) WHERE target IS NOT NULL;
  `,
  `
  CREATE TABLE annotated (
    message_revision INTEGER NOT NULL,
    message_index    INTEGER NOT NULL,
    revision         INTEGER NOT NULL,
    sums             INTEGER NOT NULL,
    PRIMARY KEY (message_revision, message_index, revision)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE tallies (
    id               INTEGER PRIMARY KEY,
    message_revision INTEGER NOT NULL,
    message_index    INTEGER NOT NULL,
    type             TEXT NOT NULL,
    name             TEXT NOT NULL,
    client           TEXT NOT NULL,
    count            INTEGER NOT NULL,
    UNIQUE (message_revision, message_index, type, name, client)
  ) STRICT;
  `,
  `
  CREATE TABLE records (
    version       INTEGER PRIMARY KEY AUTOINCREMENT,
    collection    TEXT NOT NULL,
    key           TEXT NOT NULL,
    value         TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    UNIQUE (collection, key)
  ) STRICT;
  `,
  (db) => {
    db.exec(`
      ALTER TABLE audit ADD COLUMN actor   TEXT NOT NULL DEFAULT '';
      ALTER TABLE audit ADD COLUMN command TEXT NOT NULL DEFAULT '';
      ALTER TABLE audit ADD COLUMN target  TEXT NOT NULL DEFAULT '';
      ALTER TABLE audit ADD COLUMN at_ms   INTEGER NOT NULL DEFAULT 0;
    `)
    fillAuditColumns(db)
    db.exec(`
      CREATE INDEX audit_by_actor             ON audit (actor);
      CREATE INDEX audit_by_command           ON audit (command);
      CREATE INDEX audit_by_target            ON audit (target);
      CREATE INDEX audit_by_actor_and_command ON audit (actor, command);
      CREATE INDEX audit_by_time              ON audit (at_ms);
    `)
  },
  `
  CREATE TABLE presence (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    channel  INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    position TEXT NOT NULL,
    body     TEXT NOT NULL
  ) STRICT;
  CREATE INDEX presence_by_channel ON presence (channel);
  `,
  THREADS_TABLE,
  AUDIT_ABOUT_INDEXES,
]

/** The schema this code writes. */
export const SCHEMA_VERSION = STEPS.length

/** The folder holds a schema that this code does not know. */
export class SchemaTooNew extends Error {
  readonly found: number

  constructor(found: number) {
    super(`schema ${found} is newer than ${SCHEMA_VERSION}`)
    this.found = found
  }
}

/**
 * Brings the tables up to date in one transaction and returns the log's site name, `newSite` for a new log.
 *
 * @throws {SchemaTooNew}
 */
export function migrate(db: Database, newSite: string): string {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT')
    const version = Number(readMeta(db, 'schema_version') ?? 0)
    if (version > SCHEMA_VERSION) throw new SchemaTooNew(version)
    for (const step of STEPS.slice(version)) takeStep(db, step)
    writeMeta(db, 'schema_version', String(SCHEMA_VERSION))
    const site = readMeta(db, 'site') ?? newSite
    writeMeta(db, 'site', site)
    db.exec('COMMIT')
    return site
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

function takeStep(db: Database, step: Step): void {
  if (typeof step === 'string') db.exec(step)
  else step(db)
}

function readMeta(db: Database, key: string): string | undefined {
  const row = db.prepare('SELECT value FROM meta WHERE key = ?').get(key)
  return (row as { value: string } | undefined)?.value
}

function writeMeta(db: Database, key: string, value: string): void {
  db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = ?').run(
    key,
    value,
    value,
  )
}
