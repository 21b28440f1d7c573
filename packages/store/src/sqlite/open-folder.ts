// Opens the database in its folder for writing: one process at a time, tables brought up to date.

import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database, OpenDatabase } from './driver.ts'
import { type Failure, failureOf, messageOf } from './failure.ts'
import { migrate, SCHEMA_VERSION, SchemaTooNew } from './migrations.ts'
import { configureWriter } from './schema.ts'
import type { Reply, WriterData } from './wire.ts'

class FolderInUse extends Error {}

export type OpenFolder = { readonly db: Database; readonly site: string; close(): void }

/** @throws what `refusalOf` puts into a sentence */
export function openFolder(open: OpenDatabase, data: WriterData): OpenFolder {
  const lock = takeLock(open, data.lockFile)
  try {
    const db = open(data.databaseFile)
    configureWriter(db)
    const site = migrate(db, data.newSite)
    syncFolder(dirname(data.databaseFile))
    return {
      db,
      site,
      close() {
        db.close()
        lock.close()
      },
    }
  } catch (error) {
    lock.close()
    throw error
  }
}

/**
 * Holds an exclusive transaction on a file of its own. The operating system ends it with the process, however that
 * dies, so there is no stale lock to clean up. INVARIANT: nothing else opens the file; with POSIX locks, closing any
 * descriptor of it would let go.
 */
function takeLock(open: OpenDatabase, lockFile: string): Database {
  const lock = open(lockFile)
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    throw failureOf(error) === 'busy' ? new FolderInUse() : error
  }
}

/** A new file survives a power cut once its folder was flushed too; where folders cannot be, the system does it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

/** Why the folder cannot be opened, for the person who starts the server. */
export function refusalOf(
  error: unknown,
  { databaseFile }: WriterData,
): Reply & { kind: 'refused' } {
  const folder = dirname(databaseFile)
  if (error instanceof FolderInUse) {
    const message = `the data folder \`${folder}\` is in use by another process; stop it first`
    return { kind: 'refused', reason: 'in_use', message }
  }
  if (error instanceof SchemaTooNew) {
    const message = `\`${databaseFile}\` was written by a newer version (schema ${error.found}, this one knows ${SCHEMA_VERSION}); run that version, or restore a backup`
    return { kind: 'refused', reason: 'too_new', message }
  }
  return engineRefusal(failureOf(error), messageOf(error), databaseFile)
}

function engineRefusal(failure: Failure, cause: string, file: string): Reply & { kind: 'refused' } {
  if (failure === 'damaged') {
    const message = `\`${file}\` is damaged (${cause}); restore a backup`
    return { kind: 'refused', reason: 'damaged', message }
  }
  const message = `\`${file}\` cannot be opened (${cause}); check that the folder is writable and not full`
  return { kind: 'refused', reason: 'unusable_folder', message }
}
