// Records: small JSON values by collection and key, for what carries no right. Their form, and the pages they are read in.

import { RecordInvalid } from '../errors.ts'
import type { JsonObject, NewRecord, StoredRecord } from '../store.ts'

export const RECORD_LIMITS = {
  /** Records in one write. */
  perWrite: 1_000,
  /** UTF-16 units. */
  collection: 64,
  key: 512,
  /** Bytes of JSON in UTF-8. */
  valueBytes: 262_144,
} as const

/** A record as backends take it: its value as JSON text, copied; absent removes. */
export type PreparedRecord = {
  readonly collection: string
  readonly key: string
  readonly text?: string
  readonly expectVersion?: number
  readonly isPlaced?: true
}

/** @throws {RecordInvalid} a name or value that no backend keeps, or a record that is named twice */
export function prepareRecords(records: readonly NewRecord[]): readonly PreparedRecord[] {
  const { perWrite } = RECORD_LIMITS
  if (records.length > perWrite)
    throw new RecordInvalid(`a write carries at most ${perWrite} records`)
  const prepared = records.map(prepareRecord)
  const slots = new Set(prepared.map(slotOf))
  if (slots.size < prepared.length) throw new RecordInvalid('a write names a record twice')
  return prepared
}

function prepareRecord(record: NewRecord): PreparedRecord {
  const { collection, key, value, expectVersion, isPlaced } = record
  requireName('collection', collection)
  requireName('key', key)
  const expected = expectVersion === undefined ? {} : { expectVersion }
  if (value === undefined) return { collection, key, ...expected }
  const text = JSON.stringify(value)
  const bytes = Buffer.byteLength(text)
  if (bytes > RECORD_LIMITS.valueBytes) {
    const most = RECORD_LIMITS.valueBytes
    throw new RecordInvalid(
      `the record \`${collection}/${key}\` has ${bytes} bytes of JSON; the most is ${most}`,
    )
  }
  return { collection, key, text, ...expected, ...(isPlaced === true && { isPlaced }) }
}

/** The value of a record as it is kept, once the place of its write is known. */
export function placedText({ text, isPlaced }: PreparedRecord, serial: string): string | undefined {
  if (text === undefined || isPlaced !== true) return text
  return JSON.stringify({ ...(JSON.parse(text) as JsonObject), serial })
}

function requireName(what: 'collection' | 'key', name: string): void {
  const longest = RECORD_LIMITS[what]
  if (name.length < 1 || name.length > longest)
    throw new RecordInvalid(`the ${what} of a record has 1 to ${longest} characters`)
  if (!isStorable(name))
    throw new RecordInvalid(`the ${what} of a record holds NUL or half a character`)
}

/** True for text that every backend keeps and sorts as it is: no NUL, no lone surrogate. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text)
}

/** The one place of a record, as text that no other has. */
export function slotOf({ collection, key }: Pick<PreparedRecord, 'collection' | 'key'>): string {
  return JSON.stringify([collection, key])
}

const LAST_CODE_POINT = 0x10ffff
const LAST_BEFORE_SURROGATES = 0xd7ff
const FIRST_AFTER_SURROGATES = 0xe000

/** The first text, by code points, after all that begin with `prefix`; undefined if there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const points = [...prefix].map((character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === LAST_CODE_POINT) points.pop()
  const last = points.pop()
  if (last === undefined) return undefined
  const next = last === LAST_BEFORE_SURROGATES ? FIRST_AFTER_SURROGATES : last + 1
  return String.fromCodePoint(...points, next)
}

/** Sorts by code points, as UTF-8 sorts. */
export function byCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** A record as it is read: its value parsed anew, so that nobody shares it. */
export function storedRecord(row: Omit<StoredRecord, 'value'> & { readonly text: string }) {
  const { collection, key, text, version, createdAtMs, updatedAtMs } = row
  const value = JSON.parse(text) as JsonObject
  return { collection, key, value, version, createdAtMs, updatedAtMs } satisfies StoredRecord
}
