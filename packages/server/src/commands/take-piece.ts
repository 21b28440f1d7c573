// Take the next piece of a file. The last one makes it whole: looked at, cleared of what tells on its maker, judged again
// by what it really is.

import type { Context } from '../context.ts'
import { type Content, contentOf } from '../files/content.ts'
import { changedRecord, type FileRecord, fileOf, type KnownFile } from '../files/file-record.ts'
import { stripped } from '../files/stripped.ts'
import { type Asker, actorOf } from './asker.ts'
import { commit } from './decide-and-commit.ts'
import { requireWidgetTakes } from './desk/widget-takes.ts'
import { Failure } from './failure.ts'
import { requireAttach } from './may-attach.ts'

/** The largest piece; bytes. */
export const PIECE_BYTES = 1_048_576

/**
 * Flushed when it resolves. The same piece again, after an answer that was lost, is refused with where to go on.
 *
 * @throws {Failure} `file_unknown`, `conflict` if the piece does not begin where the last one ended, `invalid` if it goes
 *   beyond the end, `denied` if it is another kind of file than was said, `files_full`, `store_unavailable`
 */
export async function takePiece(
  context: Context,
  asker: Asker,
  input: { readonly id: string; readonly offset: number; readonly bytes: Uint8Array },
): Promise<FileRecord> {
  const { id, offset, bytes } = input
  const { files, standing, refusals } = context
  return files.inOrder.run(id, async () => {
    const known = await ownUpload(context, asker, id)
    const { file } = known
    if (file.state !== 'arriving') return file
    refusals.noting(() => requireAttach(standing.world, asker, file.channel, file))
    if (offset !== file.received) {
      throw new Failure('conflict', `the next piece begins at ${file.received}, not at ${offset}`, {
        remedy: 'read the upload and go on from its offset',
      })
    }
    const received = offset + bytes.length
    if (received > file.bytes) throw new Failure('invalid', `the file ends at ${file.bytes}`)
    if (bytes.length > 0) await files.disk.write(id, offset, bytes)
    if (received < file.bytes) return put(context, known, { ...file, received })
    if (file.bytes === 0) await files.disk.put(id, new Uint8Array())
    return whole(context, asker, known)
  })
}

/** A file of the asker's that no message carries. @throws {Failure} `file_unknown` */
export async function ownUpload(context: Context, asker: Asker, id: string): Promise<KnownFile> {
  const known = await fileOf(context.store, id)
  const isTheirs = known?.file.owner === actorOf(asker) && known.file.state !== 'attached'
  if (known === undefined || !isTheirs)
    throw new Failure('file_unknown', 'there is no such file', { remedy: 'begin a new upload' })
  return known
}

async function whole(context: Context, asker: Asker, known: KnownFile): Promise<FileRecord> {
  const { files, standing, refusals } = context
  const { id, file } = known
  const path = await files.disk.arrived(id)
  if (path === undefined) return put(context, known, { ...file, received: 0 })
  const { type, size } = await contentOf(path)
  const facts = { name: file.name, type, bytes: file.bytes }
  refusals.noting(() => requireAttach(standing.world, asker, file.channel, facts))
  await requireWidgetTakes(context, asker, file.channel, facts)
  await files.disk.settle(id)
  const bytes = size === undefined ? file.bytes : await clear(context, id, { type }, file.bytes)
  const ready: FileRecord = { ...file, ...size, type, bytes, received: bytes, state: 'ready' }
  return put(context, known, ready)
}

/** @returns the bytes that are left */
async function clear(
  { files }: Context,
  id: string,
  { type }: Content,
  bytes: number,
): Promise<number> {
  const plain = stripped(type, await files.disk.bytes(id))
  if (plain === undefined || plain.length === bytes) return bytes
  await files.disk.put(id, plain)
  files.room.give(bytes - plain.length)
  return plain.length
}

async function put(context: Context, known: KnownFile, file: FileRecord): Promise<FileRecord> {
  await commit(context, { entries: [], records: [changedRecord(known, file)] })
  return file
}
