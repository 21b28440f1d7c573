// Opens one file of ours for reading, for as long as a look takes.

import { StoreUnavailable } from '../errors.ts'
import { type Database, loadDriver } from './driver.ts'
import { failureOf, messageOf } from './failure.ts'
import { configureReader } from './schema.ts'

/** @throws {StoreUnavailable} the file cannot be read */
export async function lookingInto<T>(file: string, work: (db: Database) => T): Promise<T> {
  const open = await loadDriver()
  let db: Database | undefined
  try {
    db = open(file, { readOnly: true })
    configureReader(db)
    return work(db)
  } catch (cause) {
    const reason = failureOf(cause) === 'damaged' ? 'damaged' : 'unusable_folder'
    throw new StoreUnavailable(reason, `\`${file}\` cannot be read (${messageOf(cause)})`, {
      cause,
    })
  } finally {
    db?.close()
  }
}
