// Read a file: whoever may see the message that carries it, at this moment. Everything else is as one that does not exist.

import type { Readable } from 'node:stream'
import { authorize } from '@sayso/policy'
import type { Context } from '../context.ts'
import type { Part } from '../files/disk.ts'
import { type FileRecord, fileOf, messageSerialOf } from '../files/file-record.ts'
import { filesIn } from '../files/listed-files.ts'
import { receivable } from '../receivers.ts'
import { type Asker, actorOf } from './asker.ts'
import { Failure } from './failure.ts'

export type OpenFile = {
  readonly file: FileRecord
  /** Undefined if the bytes are gone. @param range both ends inclusive */
  open(range?: { readonly start: number; readonly end: number }): Promise<Readable | undefined>
}

/** @throws {Failure} `file_unknown`: it never was, is not whole, was let go of, or is not for the asker */
export async function readFile(
  context: Context,
  asker: Asker,
  id: string,
  part: Part,
): Promise<OpenFile> {
  const known = await fileOf(context.store, id)
  if (known === undefined || !(await maySee(context, asker, id, known.file))) throw unknown()
  const { file } = known
  if (part === 'preview' && file.preview === undefined) throw unknown()
  return { file, open: (range) => context.files.disk.read(id, part, range) }
}

/** True if a message the asker may receive now carries the file; before there is one, for its owner alone. */
export async function maySee(
  context: Context,
  asker: Asker,
  id: string,
  file: FileRecord,
): Promise<boolean> {
  const { standing, store } = context
  if (!mayRead(context, asker, file.channel)) return false
  if (file.state !== 'attached') return file.state === 'ready' && file.owner === actorOf(asker)
  const serial = messageSerialOf(file)
  if (serial === undefined) return false
  const message = await store.message(file.channel, serial, standing.revision)
  if (message === undefined || message.action === 'delete') return false
  // INVARIANT: decided after the read, in one turn with the answer: a right lost meanwhile hides what was read.
  if (!mayRead(context, asker, file.channel)) return false
  const { world } = standing
  const seen = receivable(world, asker.credential, file.channel, [message])
  return seen.length > 0 && filesIn(message.extras).includes(id)
}

/** Whoever hears a channel or may read it back sees its files. */
function mayRead(
  { standing }: Context,
  { credential }: Asker,
  channel: FileRecord['channel'],
): boolean {
  const { world } = standing
  return (
    authorize(world, credential, 'history', channel).allowed ||
    authorize(world, credential, 'subscribe', channel).allowed
  )
}

function unknown(): Failure {
  return new Failure('file_unknown', 'there is no such file')
}
