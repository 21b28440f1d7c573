// Answers that operators say often, by a short word.

import type { JsonObject, NewRecord, Store, StoredRecord } from '@sayso/store'

const REPLIES = 'desk-replies'
/** Of a place, all tenants together. */
export const MOST_REPLIES = 1_000

export type Reply = {
  readonly id: string
  /** Key of the tenant. */
  readonly tenant: string
  readonly shortcut: string
  /** Names in braces are filled in by whoever says it. */
  readonly text: string
  /** Key of the team it is for; absent: everybody. */
  readonly team?: string | undefined
}

export async function replyNamed(
  store: Pick<Store, 'record'>,
  id: string,
): Promise<Reply | undefined> {
  const record = await store.record(REPLIES, id)
  return record && replyOf(record)
}

/** By shortcut. */
export async function repliesOf(
  store: Pick<Store, 'records'>,
  isWanted: (tenant: string) => boolean = () => true,
): Promise<readonly Reply[]> {
  const records = await store.records({ collection: REPLIES, limit: MOST_REPLIES })
  return records
    .map(replyOf)
    .filter(({ tenant }) => isWanted(tenant))
    .sort((a, b) => a.shortcut.localeCompare(b.shortcut) || (a.id < b.id ? -1 : 1))
}

export function replyRecord({ id, ...value }: Reply): NewRecord {
  return { collection: REPLIES, key: id, value: JSON.parse(JSON.stringify(value)) as JsonObject }
}

export function replyRemoval(id: string): NewRecord {
  return { collection: REPLIES, key: id, value: undefined }
}

function replyOf({ key, value }: StoredRecord): Reply {
  return { ...(value as Omit<Reply, 'id'>), id: key }
}
