// Takes away what nobody can have any more: files whose message let go of them, files that no message took within a day,
// bytes that a crash left without a record. Each step may be repeated.

import type { Store } from '@sayso/store'
import type { Disk } from './disk.ts'
import {
  everyDoomed,
  everyLoose,
  type FileRecord,
  fileOf,
  pages,
  removedRecords,
} from './file-record.ts'
import { type Room, roomOf } from './limits.ts'
import { LINK_PREVIEWS, linkPreviewRecord } from './link-preview-record.ts'

/** How long a file may wait for its message; milliseconds. */
export const LOOSE_FOR_MS = 86_400_000

export type Sweeping = {
  readonly store: Store
  readonly disk: Disk
  readonly room: Room
  readonly now: () => number
  /** Whether a legal hold keeps it, whatever became of its message. */
  readonly isHeld: (file: FileRecord) => boolean
}

/** Removes the bytes and then all that is known of a file; one that is held waits. */
export async function forget({ store, disk, room, isHeld }: Sweeping, id: string): Promise<void> {
  const known = await fileOf(store, id)
  if (known !== undefined && isHeld(known.file)) return
  await disk.remove(id)
  await store.transact({ entries: [], records: removedRecords(id, known?.file) })
  if (known !== undefined) room.give(roomOf(known.file))
}

/** What messages let go of. */
export async function sweepDoomed(sweeping: Sweeping): Promise<void> {
  for await (const { key } of everyDoomed(sweeping.store)) await forget(sweeping, key)
}

/** Everything. */
export async function sweep(sweeping: Sweeping): Promise<void> {
  const { store, disk, now } = sweeping
  await sweepDoomed(sweeping)
  const before = now() - LOOSE_FOR_MS
  for await (const { key, updatedAtMs, value } of everyLoose(store)) {
    const { atMs = updatedAtMs } = value as { readonly atMs?: number }
    if (atMs < before) await forget(sweeping, key)
  }
  for await (const { key, updatedAtMs } of pages(store, LINK_PREVIEWS)) {
    if (updatedAtMs < before)
      await store.transact({ entries: [], records: [linkPreviewRecord(key, undefined)] })
  }
  for await (const id of disk.older(before)) {
    if ((await fileOf(store, id)) === undefined) await disk.remove(id)
  }
}
