// What is known of a file: a record per file, a mark while no message carries it, and its place in the list of a channel.

import { createHash } from 'node:crypto'
import type { ChannelName } from '@sayso/policy'
import type { NewRecord, Store, StoredRecord } from '@sayso/store'

/** The small picture of a file. Pixels. */
export type SmallPicture = {
  readonly type: string
  readonly bytes: number
  readonly width: number
  readonly height: number
}

export type FileRecord = {
  /** `picture`: of a link preview, fetched by the server. */
  readonly kind: 'attachment' | 'picture'
  /**
   * - `arriving` `received` of `bytes` are here
   * - `ready`    whole and looked at; its owner may attach it
   * - `attached` a message carries it, or did
   */
  readonly state: 'arriving' | 'ready' | 'attached'
  /** The realtime channel it is for. */
  readonly channel: ChannelName
  /** `user:…` or `key:…` */
  readonly owner: string
  readonly name: string
  /** While it arrives what was declared, then what its content says. */
  readonly type: string
  readonly bytes: number
  readonly received: number
  /** Pixels, as it is shown; absent: no picture that can be shown. */
  readonly width?: number
  readonly height?: number
  readonly preview?: SmallPicture
  readonly createdAtMs: number
  /** Once attached: the serial of the publish (written by the store), the message's index in it, and when. */
  readonly serial?: string
  readonly index?: number
  readonly attachedAtMs?: number
}

export type KnownFile = { readonly id: string; readonly file: FileRecord; readonly version: number }

const FILES = 'files'
const LOOSE = 'files-loose'
const LISTED = 'files-in'
const DOOMED = 'files-doomed'

const PAGE = 500

export async function fileOf(store: Store, id: string): Promise<KnownFile | undefined> {
  return known(await store.record(FILES, id))
}

function known(record: StoredRecord | undefined): KnownFile | undefined {
  if (record === undefined) return undefined
  return { id: record.key, file: record.value as FileRecord, version: record.version }
}

/** A file that no message carries yet. */
export function looseRecords(id: string, file: FileRecord): readonly NewRecord[] {
  const mark = { owner: file.owner, atMs: file.createdAtMs }
  return [
    { collection: FILES, key: id, value: file },
    { collection: LOOSE, key: id, value: mark },
  ]
}

/** The same file, changed. */
export function changedRecord({ id, version }: KnownFile, file: FileRecord): NewRecord {
  return { collection: FILES, key: id, value: file, expectVersion: version }
}

/**
 * The file becomes one of the message at `index` of the publish that these are written with. If one has it already they
 * fit no version, so that the write stands only as the repeat of that very publish.
 */
export function attachedRecords(
  { id, file, version }: KnownFile,
  index: number,
  nowMs: number,
): readonly NewRecord[] {
  const value: FileRecord = { ...file, state: 'attached', index, attachedAtMs: nowMs }
  const expectVersion = file.state === 'ready' ? version : 0
  const kept: NewRecord = { collection: FILES, key: id, value, expectVersion, isPlaced: true }
  const loose: NewRecord = { collection: LOOSE, key: id, value: undefined }
  if (file.kind === 'picture') return [kept, loose]
  return [kept, loose, { collection: LISTED, key: listKey(file.channel, nowMs, id), value: { id } }]
}

/** Bytes and records go soon; nobody is given the file from now on, as no message lists it. */
export function doomedRecords(ids: readonly string[]): readonly NewRecord[] {
  return ids.map((id) => ({ collection: DOOMED, key: id, value: {} }))
}

/** Removes all that is known of a file; undefined stands for one that was never known. */
export function removedRecords(id: string, file: FileRecord | undefined): readonly NewRecord[] {
  const gone = (collection: string, key: string): NewRecord => {
    return { collection, key, value: undefined }
  }
  const records = [gone(FILES, id), gone(LOOSE, id), gone(DOOMED, id)]
  if (file?.attachedAtMs === undefined) return records
  return [...records, gone(LISTED, listKey(file.channel, file.attachedAtMs, id))]
}

/** The message that carries a file. */
export function messageSerialOf({ serial, index = 0 }: FileRecord): string | undefined {
  return serial === undefined ? undefined : `${serial}:${String(index).padStart(3, '0')}`
}

const LAST_MS = 9_999_999_999_999

/** Sorts the newest first. Names of channels may be longer than keys. */
function listKey(channel: string, atMs: number, id: string): string {
  return `${channelMark(channel)}/${String(LAST_MS - atMs).padStart(13, '0')}-${id}`
}

function channelMark(channel: string): string {
  return createHash('sha256').update(channel).digest('hex').slice(0, 32)
}

/** Ids of a channel's files, the newest first, with where to go on. */
export async function* listedFiles(
  store: Store,
  channel: string,
  after: string | undefined,
): AsyncGenerator<{ readonly id: string; readonly at: string }> {
  const prefix = `${channelMark(channel)}/`
  let afterKey = after === undefined ? prefix : prefix + after
  for (;;) {
    const page = await store.records({ collection: LISTED, prefix, afterKey, limit: 100 })
    for (const { key } of page) {
      const at = key.slice(prefix.length)
      yield { id: at.slice(at.indexOf('-') + 1), at }
    }
    const last = page.at(-1)
    if (page.length < 100 || last === undefined) return
    afterKey = last.key
  }
}

export const everyFile = (store: Store) => pages(store, FILES)
export const everyLoose = (store: Store) => pages(store, LOOSE)
export const everyDoomed = (store: Store) => pages(store, DOOMED)

/** Everything in a collection. */
export async function* pages(store: Store, collection: string): AsyncGenerator<StoredRecord> {
  let afterKey: string | undefined
  for (;;) {
    const rest = afterKey === undefined ? {} : { afterKey }
    const page = await store.records({ collection, ...rest, limit: PAGE })
    yield* page
    afterKey = page.at(-1)?.key
    if (page.length < PAGE || afterKey === undefined) return
  }
}
