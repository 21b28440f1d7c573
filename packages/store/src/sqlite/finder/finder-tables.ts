// The tables of the index. What stands in them can always be made again from the log, so nothing here is ever migrated.

import type { Database } from '../driver.ts'

/** Raised whenever what is indexed changes: an index of another form is made anew. */
export const FINDER_FORM = '2'

/** Nothing is lost that the log does not have: a commit need not reach the disk. */
export function configureFinder(db: Database): void {
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -64000;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
  `)
}

// `messages.id` rises with the serial. `unread` is 1 for what counts as unread for others.
// `texts` holds words and no text: `marks` are channel, author and traits as words.
// `mentions.unread` as in `messages`.
export function createTables(db: Database): void {
  db.exec(`
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE messages (
      id      INTEGER PRIMARY KEY,
      serial  TEXT NOT NULL UNIQUE,
      channel INTEGER NOT NULL,
      author  INTEGER NOT NULL,
      unread  INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX messages_by_channel ON messages (channel, unread, id, author);
    CREATE TABLE mentions (
      target  INTEGER NOT NULL,
      message INTEGER NOT NULL,
      channel INTEGER NOT NULL,
      author  INTEGER NOT NULL,
      unread  INTEGER NOT NULL,
      PRIMARY KEY (target, message)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mentions_by_channel ON mentions (target, channel, message, author, unread);
    CREATE INDEX mentions_by_message ON mentions (message);
    CREATE VIRTUAL TABLE texts USING fts5 (
      text, marks, content = '', contentless_delete = 1,
      tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
    );
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
