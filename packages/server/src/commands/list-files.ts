// List a channel's files, the newest first: those whose messages the asker may see now.

import type { ChannelName } from '@sayso/policy'
import type { Context } from '../context.ts'
import { type FileRecord, fileOf, listedFiles, messageSerialOf } from '../files/file-record.ts'
import type { Asker } from './asker.ts'
import { requireNow } from './may.ts'
import { maySee } from './read-file.ts'

export type ListFiles = {
  readonly channel: ChannelName
  readonly kind?: FileKind | undefined
  /** Part of the name. */
  readonly q?: string | undefined
  readonly after?: string | undefined
  /** 1–100 */
  readonly limit: number
}

export type FileKind = 'image' | 'media' | 'other'

export type ListedFile = { readonly id: string; readonly file: FileRecord; readonly serial: string }

/** Looked at in one call at most, so that a search for nothing ends. */
const MOST_LOOKED_AT = 2_000

/** @throws {Failure} `denied` */
export async function listFiles(
  context: Context,
  asker: Asker,
  wanted: ListFiles,
): Promise<{ readonly items: readonly ListedFile[]; readonly next?: string }> {
  const { channel, after, limit } = wanted
  requireNow(context, asker, 'history', channel)
  const items: ListedFile[] = []
  let looked = 0
  let last: string | undefined
  for await (const { id, at } of listedFiles(context.store, channel, after)) {
    if (last !== undefined && (items.length >= limit || looked >= MOST_LOOKED_AT))
      return { items, next: last }
    looked += 1
    last = at
    const found = await seen(context, asker, id, wanted)
    if (found !== undefined) items.push(found)
  }
  requireNow(context, asker, 'history', channel)
  return { items }
}

/** The file if it is one of those wanted and for the asker. */
async function seen(
  context: Context,
  asker: Asker,
  id: string,
  { kind, q = '' }: ListFiles,
): Promise<ListedFile | undefined> {
  const file = (await fileOf(context.store, id))?.file
  const serial = file && messageSerialOf(file)
  if (file === undefined || serial === undefined) return undefined
  if (kind !== undefined && kindOf(file.type) !== kind) return undefined
  if (!file.name.toLowerCase().includes(q.trim().toLowerCase())) return undefined
  return (await maySee(context, asker, id, file)) ? { id, file, serial } : undefined
}

function kindOf(type: string): FileKind {
  if (type.startsWith('image/')) return 'image'
  return type.startsWith('audio/') || type.startsWith('video/') ? 'media' : 'other'
}
