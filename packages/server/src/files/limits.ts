// How much may be brought: by one file, by all together, by one person in an hour. Hard limits of the installation; what
// kinds of files a channel takes is the policy's.

import type { Store } from '@sayso/store'
import { Failure } from '../commands/failure.ts'
import { everyFile, type FileRecord } from './file-record.ts'

export type FileLimits = {
  /** Of one file; bytes. 0: no files at all. */
  readonly maxBytes: number
  /** Of all files of the app; bytes. 0: no limit. */
  readonly totalBytes: number
  /** Files and link previews one person may begin in an hour, each. 0: no limit. */
  readonly perHour: number
}

const HOUR_MS = 3_600_000
const MOST_COUNTED = 10_000

/** Counts within the hour a count began in. Forgotten by a restart: it bounds haste, not right. */
export class HourlyCount {
  readonly #counts = new Map<string, { count: number; readonly sinceMs: number }>()

  /** @throws {Failure} `too_many` */
  take(who: string, most: number, nowMs: number): void {
    if (most === 0) return
    const known = this.#counts.get(who)
    const mine = known && nowMs - known.sinceMs < HOUR_MS ? known : { count: 0, sinceMs: nowMs }
    if (mine.count >= most) {
      const minutes = Math.ceil((mine.sinceMs + HOUR_MS - nowMs) / 60_000)
      throw new Failure('too_many', `you have brought ${most} within an hour`, {
        remedy: `try again in ${minutes} minutes`,
      })
    }
    mine.count += 1
    this.#counts.delete(who)
    this.#counts.set(who, mine)
    const oldest = this.#counts.keys().next().value
    if (this.#counts.size > MOST_COUNTED && oldest !== undefined) this.#counts.delete(oldest)
  }
}

/** The room taken by files, counted once and kept up to date. */
export class Room {
  readonly #store: Store
  #counting: Promise<void> | undefined
  #bytes = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** Takes room for a file. @throws {Failure} `files_full` */
  async take(bytes: number, { totalBytes }: FileLimits): Promise<void> {
    this.#counting ??= this.#count()
    await this.#counting
    if (totalBytes > 0 && this.#bytes + bytes > totalBytes) {
      throw new Failure('files_full', 'there is no room left for files', {
        remedy: 'tell the people who run this place; messages without files still work',
      })
    }
    this.#bytes += bytes
  }

  give(bytes: number): void {
    this.#bytes -= bytes
  }

  async #count(): Promise<void> {
    for await (const { value } of everyFile(this.#store)) this.#bytes += roomOf(value as FileRecord)
  }
}

/** What a file takes on the disk; bytes. */
export function roomOf({ bytes, preview }: FileRecord): number {
  return bytes + (preview?.bytes ?? 0)
}
