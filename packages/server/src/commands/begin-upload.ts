// Begin to bring a file: judged by what is said of it before a byte is sent.

import type { ChannelName } from '@sayso/policy'
import type { Context } from '../context.ts'
import { type FileRecord, looseRecords } from '../files/file-record.ts'
import { plainName } from '../files/plain-name.ts'
import { type Asker, actorOf } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { requireWidgetTakes } from './desk/widget-takes.ts'
import { Failure } from './failure.ts'
import { type FileFacts, requireAttach } from './may-attach.ts'

/**
 * @returns the id under which its pieces are sent
 * @throws {Failure} `denied`, `identity_required`, `file_too_large`, `files_full`, `too_many`, `store_unavailable`
 */
export async function beginUpload(
  context: Context,
  asker: Asker,
  channel: ChannelName,
  said: FileFacts,
): Promise<{ readonly id: string; readonly file: FileRecord }> {
  const { files, standing, refusals, now } = context
  const { limits } = files
  const facts = { ...said, name: plainName(said.name) }
  refusals.noting(() => requireAttach(standing.world, asker, channel, facts))
  await requireWidgetTakes(context, asker, channel, facts)
  if (said.bytes > limits.maxBytes) {
    throw new Failure('file_too_large', tooLarge(said.bytes, limits.maxBytes))
  }
  const owner = actorOf(asker)
  files.begun.take(owner, limits.perHour, now())
  await files.room.take(said.bytes, limits)
  const id = context.randomId(18)
  const file: FileRecord = {
    kind: 'attachment',
    state: 'arriving',
    channel,
    owner,
    ...facts,
    received: 0,
    createdAtMs: now(),
  }
  try {
    await commit(context, { entries: [], records: looseRecords(id, file) })
  } catch (error) {
    files.room.give(said.bytes)
    throw error
  }
  return { id, file }
}

function tooLarge(bytes: number, most: number): string {
  if (most === 0) return 'this place takes no files'
  return `the file has ${bytes} bytes; the limit is ${most}`
}
