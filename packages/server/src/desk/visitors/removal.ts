// What goes with a visitor who is erased: their browsers, what is known of them, and that they were kept out.

import type { NewRecord } from '@sayso/store'
import type { Context } from '../../context.ts'
import { blockOf, blockRecords } from './blocks.ts'
import { deviceRemovals, PROFILES, profileOf, renewedIdentity } from './records.ts'
import { anonymousId } from './visitor.ts'

/** Empty for whoever is no visitor. Addresses that were blocked stay so: they are no one person's. */
export async function visitorRemovals(
  { store, randomId }: Pick<Context, 'store' | 'randomId'>,
  visitor: string,
): Promise<readonly NewRecord[]> {
  const { profile } = await profileOf(store, visitor)
  const identity = profile?.identity
  const block = await blockOf(store, visitor)
  return [
    ...(await deviceRemovals(store, visitor)),
    ...(profile === undefined ? [] : [{ collection: PROFILES, key: visitor, value: undefined }]),
    ...(identity === undefined ? [] : [renewedIdentity(identity, anonymousId(randomId))]),
    ...(block === undefined ? [] : blockRecords(visitor, undefined, { ...block, addresses: [] })),
  ]
}
