// Where it stands in the store what people keep for themselves: one record for each entry, found by the person first.

import type { OwnCollection, OwnEntry, OwnRemoval } from '@sayso/protocol'
import type { NewRecord, Store, StoredRecord } from '@sayso/store'
import { isOwnCollection, type OwnValue } from './collections.ts'

const RECORDS = 'own-state'
const PAGE = 1_000

export type OwnPlace = { readonly collection: OwnCollection; readonly key: string }

/** Longer names than a record takes are refused by the store. */
function keyOf(person: string, { collection, key }: OwnPlace): string {
  return `${prefixOf(person)}${collection}/${key}`
}

/** No id of a person begins another's: what would end it is written otherwise. */
function prefixOf(person: string): string {
  return `${encodeURIComponent(person)}/`
}

export function ownRecord(person: string, entry: OwnEntry | OwnRemoval): NewRecord {
  const { value, atMs } = entry
  const place = { collection: RECORDS, key: keyOf(person, entry) }
  return { ...place, value: value === null ? undefined : { value, atMs } }
}

/** Whose a record of a write is, and what it says; undefined for records of others. */
export function readOwnRecord(
  { collection, key, value }: Pick<NewRecord, 'collection' | 'key' | 'value'>,
  nowMs: number,
): { readonly person: string; readonly entry: OwnEntry | OwnRemoval } | undefined {
  if (collection !== RECORDS) return undefined
  const [person = '', of = '', ...rest] = key.split('/')
  if (!isOwnCollection(of)) return undefined
  const place = { collection: of, key: rest.join('/') }
  const kept = value as { readonly value: OwnValue; readonly atMs: number } | undefined
  const entry =
    kept === undefined
      ? { ...place, value: null, atMs: nowMs }
      : { ...place, value: kept.value, atMs: kept.atMs }
  return { person: decodeURIComponent(person), entry }
}

export async function oneOwn(
  store: Store,
  person: string,
  place: OwnPlace,
): Promise<OwnEntry | undefined> {
  const record = await store.record(RECORDS, keyOf(person, place))
  return record && entryIn(record)
}

/** Everything one person keeps, or what they keep of one kind; in the order of its names. */
export async function allOwn(
  store: Store,
  person: string,
  collection?: OwnCollection,
): Promise<readonly OwnEntry[]> {
  const prefix = prefixOf(person) + (collection === undefined ? '' : `${collection}/`)
  const entries: OwnEntry[] = []
  let page: readonly StoredRecord[] = []
  do {
    const afterKey = page.at(-1)?.key
    const from = afterKey === undefined ? {} : { afterKey }
    page = await store.records({ collection: RECORDS, prefix, ...from, limit: PAGE })
    entries.push(...page.flatMap((record) => entryIn(record) ?? []))
  } while (page.length === PAGE)
  return entries
}

/** Takes away all that somebody kept; for writes of at most 1 000 records each. */
export async function ownRemovals(store: Store, person: string): Promise<readonly NewRecord[]> {
  const entries = await allOwn(store, person)
  return entries.map((entry) => ownRecord(person, { ...entry, value: null }))
}

/** What an entry takes of a person's room; bytes. */
export function bytesOf({ key, value }: Pick<OwnEntry, 'key' | 'value'>): number {
  return Buffer.byteLength(key) + Buffer.byteLength(JSON.stringify(value))
}

function entryIn(record: StoredRecord): OwnEntry | undefined {
  const entry = readOwnRecord(record, record.updatedAtMs)?.entry
  return entry === undefined || entry.value === null ? undefined : entry
}

/** What everybody keeps of one kind, and what takes it away. */
export async function* everyOwn(
  store: Store,
  collection: OwnCollection,
): AsyncGenerator<{ readonly value: OwnValue; readonly removal: NewRecord }> {
  let afterKey: string | undefined
  for (;;) {
    const from = afterKey === undefined ? {} : { afterKey }
    const page = await store.records({ collection: RECORDS, ...from, limit: PAGE })
    for (const record of page) {
      const read = readOwnRecord(record, record.updatedAtMs)
      if (read?.entry.collection !== collection || read.entry.value === null) continue
      const removal = { collection: RECORDS, key: record.key, value: undefined }
      yield { value: read.entry.value, removal }
    }
    afterKey = page.at(-1)?.key
    if (page.length < PAGE || afterKey === undefined) return
  }
}
