// The store in one folder on disk: nothing to install or start. One writer thread, many quick readers here.

import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Dialect } from 'kysely'
import { StoreClosed, StoreUnavailable } from '../errors.ts'
import type { Finder } from '../finder.ts'
import { createFeed } from '../rules/feed.ts'
import { siteOrRandom } from '../rules/position.ts'
import { prepareWrite } from '../rules/prepare.ts'
import { threadReads } from '../rules/threads.ts'
import type { Store } from '../store.ts'
import { createDialect } from './dialect.ts'
import { loadDriver } from './driver.ts'
import { messageOf } from './failure.ts'
import { startFinder } from './finder/finder.ts'
import { createReader, type Reader } from './reader.ts'
import { configureReader } from './schema.ts'
import { connectWriter, type StoreStats, type WriterClient } from './writer-client.ts'

export { type AnalyticsFiles, openAnalyticsFiles } from './analytics/analytics.ts'
export { copyAnalytics, inspectAnalytics } from './analytics/inspect.ts'
export { type DecisionFiles, openDecisionFiles } from './decisions/client.ts'
export { copyDecisions, inspectDecisions } from './decisions/inspect.ts'
export { createEraser } from './erasure/eraser.ts'
export {
  copyDatabase,
  type FolderReport,
  inspectFolder,
  readAudit,
  readRights,
} from './inspect.ts'
export { createTrimmer } from './retention/trimmer.ts'
export type { StoreStats } from './writer-client.ts'

export type SqliteStoreOptions = {
  /** Made if it is not there; one process at a time. */
  readonly folder: string
  /** The clock; milliseconds since 1970, default the system's. */
  readonly now?: () => number
  /** The log's name in its serials, for a new folder; random if absent. */
  readonly site?: string
  /** How long a transaction of `authDialect` may hold the writer; milliseconds, default 5 000. */
  readonly transactionLimitMs?: number
}

export type SqliteStore = Store & {
  /** For the sign-in library: its tables in the same database, its statements through the one writer. */
  readonly authDialect: Dialect
  stats(): StoreStats
  /** The index of its messages; started when it is first asked for, and closed with the store. */
  finder(): Finder
}

/**
 * Opens the folder, after a crash as after a clean end, and brings its tables up to date.
 *
 * @throws {StoreUnavailable} in use by another process, written by a newer version, damaged, or not writable
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const folder = resolve(options.folder)
  makeFolder(folder)
  const feed = createFeed()
  const data = {
    databaseFile: join(folder, 'sayso.db'),
    lockFile: join(folder, 'sayso.lock'),
    newSite: siteOrRandom(options.site),
    transactionLimitMs: options.transactionLimitMs ?? 5_000,
  }
  const writer = await connectWriter(data, feed)
  try {
    const open = await loadDriver()
    const db = open(data.databaseFile, { readOnly: true })
    configureReader(db)
    const finding = { databaseFile: data.databaseFile, finderFile: join(folder, 'finder.db') }
    const finder = lazily(() => startFinder(finding))
    return assemble(writer, createReader(db, writer.site), feed, finder, options.now ?? Date.now)
  } catch (error) {
    await writer.close()
    throw error
  }
}

function makeFolder(folder: string): void {
  try {
    // The database holds messages and sealed secrets: for the owner's eyes only.
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    const message = `the data folder \`${folder}\` cannot be made (${messageOf(cause)})`
    throw new StoreUnavailable('unusable_folder', message, { cause })
  }
}

function assemble(
  writer: WriterClient,
  reader: Reader,
  feed: ReturnType<typeof createFeed>,
  finder: Lazily<Finder>,
  now: () => number,
): SqliteStore {
  let closed: Promise<void> | undefined
  const refuseIfClosed = () => {
    if (closed !== undefined) throw new StoreClosed('the store was closed')
  }
  return {
    async transact(write) {
      refuseIfClosed()
      return writer.write(prepareWrite(write), now())
    },
    subscribe: feed.subscribe,
    async load() {
      refuseIfClosed()
      return reader.load()
    },
    async history(query) {
      refuseIfClosed()
      return reader.history(query)
    },
    async since(query) {
      refuseIfClosed()
      return reader.since(query)
    },
    async message(channel, serial, upTo) {
      refuseIfClosed()
      return reader.message(channel, serial, upTo)
    },
    async versions(channel, serial, upTo) {
      refuseIfClosed()
      return reader.versions(channel, serial, upTo)
    },
    async annotations(query) {
      refuseIfClosed()
      return reader.annotations(query)
    },
    async clientSummary(channel, serial, clientId, upTo) {
      refuseIfClosed()
      return reader.clientSummary(channel, serial, clientId, upTo)
    },
    ...threadReads(reader, refuseIfClosed),
    async notePresence(notes) {
      refuseIfClosed()
      return writer.note(notes)
    },
    async presenceHistory(query) {
      refuseIfClosed()
      return reader.presence(query)
    },
    async claim(key, nowMs, untilMs) {
      refuseIfClosed()
      return writer.claim(key, nowMs, untilMs)
    },
    async record(collection, key) {
      refuseIfClosed()
      return reader.record(collection, key)
    },
    async records(query) {
      refuseIfClosed()
      return reader.records(query)
    },
    ...lookingBack(reader, refuseIfClosed),
    close() {
      closed ??= closeAll(writer, reader, finder.known())
      return closed
    },
    authDialect: createDialect((request) => {
      // The end of a transaction begun in time is still accepted; closing waits for it.
      if (request.step === 'begin') refuseIfClosed()
      return writer.sql(request)
    }),
    stats: writer.stats,
    finder() {
      refuseIfClosed()
      return finder.get()
    },
  }
}

/** What was changed, and by whom. */
function lookingBack(
  reader: Reader,
  refuseIfClosed: () => void,
): Pick<SqliteStore, 'rightsAfter' | 'audit'> {
  return {
    async rightsAfter(query) {
      refuseIfClosed()
      return reader.rightsAfter(query)
    },
    async audit(query) {
      refuseIfClosed()
      return reader.audit(query)
    },
  }
}

async function closeAll(writer: WriterClient, reader: Reader, finder: Finder | undefined) {
  // First, so that the writer is the last to close and can fold the write-ahead log into the database.
  reader.close()
  await finder?.close()
  await writer.close()
}

type Lazily<T> = { get(): T; known(): T | undefined }

function lazily<T>(make: () => T): Lazily<T> {
  let made: T | undefined
  return {
    get() {
      made ??= make()
      return made
    },
    known: () => made,
  }
}
