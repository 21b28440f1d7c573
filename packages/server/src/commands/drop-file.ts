// Let go of a file that was not sent: a cancelled upload, or one taken off a message before it was written.

import type { Context } from '../context.ts'
import { removedRecords } from '../files/file-record.ts'
import { roomOf } from '../files/limits.ts'
import type { Asker } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { ownUpload } from './take-piece.ts'

/** @throws {Failure} `file_unknown`, `store_unavailable` */
export async function dropFile(context: Context, asker: Asker, id: string): Promise<void> {
  const { files } = context
  await files.inOrder.run(id, async () => {
    const { file } = await ownUpload(context, asker, id)
    await files.disk.remove(id)
    await commit(context, { entries: [], records: removedRecords(id, file) })
    files.room.give(roomOf(file))
  })
}
