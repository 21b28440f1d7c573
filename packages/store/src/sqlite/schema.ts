// The numbers that stand in the tables, and the settings every connection needs.

import type { Database } from './driver.ts'

/** `feed.kind`; a row whose content was removed keeps its place, and belongs to no channel. */
export const KIND = { publish: 0, amend: 1, rights: 2, annotate: 3, removed: 4 } as const

/** Stands for "no channel" in `feed.channel`. */
export const NO_CHANNEL = 0

/** Settings of the writing connection: every commit reaches the disk before it is acknowledged. */
export function configureWriter(db: Database): void {
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -32000;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
  `)
}

/** Settings of a reading connection. */
export function configureReader(db: Database): void {
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA cache_size = -16000;
    PRAGMA temp_store = MEMORY;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
  `)
}
