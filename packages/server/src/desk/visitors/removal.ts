// What goes with a visitor who is erased: their browsers, what is known of them, and that they were kept out.

import type { NewRecord, Store } from '@sayso/store'
import { blockOf, blockRecords } from './blocks.ts'
import { deviceRemovals, PROFILES } from './records.ts'

/** Empty for whoever is no visitor. Addresses that were blocked stay so: they are no one person's. */
export async function visitorRemovals(
  store: Pick<Store, 'record' | 'records'>,
  visitor: string,
): Promise<readonly NewRecord[]> {
  const profile = await store.record(PROFILES, visitor)
  const block = await blockOf(store, visitor)
  return [
    ...(await deviceRemovals(store, visitor)),
    ...(profile === undefined ? [] : [{ collection: PROFILES, key: visitor, value: undefined }]),
    ...(block === undefined ? [] : blockRecords(visitor, undefined, { ...block, addresses: [] })),
  ]
}
