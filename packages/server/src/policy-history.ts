// Earlier versions of the policy as their authors wrote them, the newest first. A long text is kept in parts.

import type { NewRecord, Store, StoredRecord } from '@sayso/store'

export const VERSIONS = 'policy-versions'
const PARTS = 'policy-version-parts'
/** Characters of one part: as JSON it stays well below what a record holds. */
const PART = 40_000
/** Keys count down, so that their order is the newest first. */
const LAST_MS = 9_999_999_999_999

export type PolicyVersion = {
  /** The content's name. */
  readonly version: string
  readonly text: string
  readonly by?: string
  readonly reason?: string
}

export type KeptVersion = Omit<PolicyVersion, 'text'> & {
  readonly id: string
  /** When it was put in force; milliseconds since 1970. */
  readonly atMs: number
}

/** What to write with the change that puts a version in force. */
export function versionRecords(kept: PolicyVersion, atMs: number): readonly NewRecord[] {
  const { text, ...rest } = kept
  const key = `${String(LAST_MS - atMs).padStart(13, '0')}-${kept.version.slice(0, 8)}`
  const count = Math.max(1, Math.ceil(text.length / PART))
  const parts = Array.from({ length: count }, (_, index) => ({
    collection: PARTS,
    key: `${key}/${String(index).padStart(3, '0')}`,
    value: { text: text.slice(index * PART, (index + 1) * PART) },
  }))
  return [{ collection: VERSIONS, key, value: { ...rest, atMs } }, ...parts]
}

export async function listVersions(
  store: Pick<Store, 'records'>,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<readonly KeptVersion[]> {
  const { limit, after } = page
  const more = after === undefined ? {} : { afterKey: after }
  const records = await store.records({ collection: VERSIONS, limit, ...more })
  return records.map(keptOf)
}

/** One version with its text; undefined if there is none of that id. */
export async function readVersion(
  store: Pick<Store, 'records' | 'record'>,
  id: string,
): Promise<(KeptVersion & { readonly text: string }) | undefined> {
  const record = await store.record(VERSIONS, id)
  if (record === undefined) return undefined
  const parts = await store.records({ collection: PARTS, prefix: `${id}/`, limit: 1_000 })
  return { ...keptOf(record), text: parts.map(({ value }) => String(value.text)).join('') }
}

function keptOf({ key, value }: StoredRecord): KeptVersion {
  const { version, atMs, by, reason } = value
  return {
    id: key,
    version: String(version),
    atMs: Number(atMs),
    ...(typeof by === 'string' ? { by } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  }
}
