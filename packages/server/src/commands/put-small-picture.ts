// Keep the small picture that goes with a file: made by its author's own program, so that no list loads large pictures.

import { pictureType } from '../auth/picture-fetch.ts'
import type { Context } from '../context.ts'
import { sizeOf } from '../files/content.ts'
import { changedRecord, type FileRecord } from '../files/file-record.ts'
import type { Asker } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { ownUpload } from './take-piece.ts'

/** Bytes. */
export const SMALL_BYTES = 262_144
/** Of the longer side; pixels. */
const MOST_SIDE = 1_280

/** @throws {Failure} `file_unknown`, `invalid`, `files_full`, `store_unavailable` */
export async function putSmallPicture(
  context: Context,
  asker: Asker,
  id: string,
  bytes: Uint8Array,
): Promise<FileRecord> {
  const type = pictureType(bytes)
  const size = sizeOf(bytes)
  if (type === undefined || size === undefined || Math.max(size.width, size.height) > MOST_SIDE) {
    throw new Failure('invalid', `this is no picture of at most ${MOST_SIDE} pixels a side`, {
      remedy: 'send a WebP, PNG, JPEG or GIF',
    })
  }
  const { files } = context
  return files.inOrder.run(id, async () => {
    const known = await ownUpload(context, asker, id)
    if (known.file.state !== 'ready') throw new Failure('conflict', 'the file is not whole yet')
    await files.room.take(bytes.length - (known.file.preview?.bytes ?? 0), files.limits)
    await files.disk.put(id, bytes, 'preview')
    const file: FileRecord = { ...known.file, preview: { type, bytes: bytes.length, ...size } }
    await commit(context, { entries: [], records: [changedRecord(known, file)] })
    return file
  })
}
