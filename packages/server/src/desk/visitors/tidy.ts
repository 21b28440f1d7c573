// Lets go of browsers that have not come back: of visitors who never wrote after a season, of others after a year and more.

import type { World } from '@sayso/policy'
import type { NewRecord, Store } from '@sayso/store'
import { DEVICES, DEVICES_OF, type Device, PROFILES } from './records.ts'
import { isVisitorHere, subjectOfVisitor } from './visitor.ts'

const DAY_MS = 86_400_000
export const SILENT_MS = 90 * DAY_MS
export const KNOWN_MS = 400 * DAY_MS
const PAGE = 1_000

/** @returns how many browsers were forgotten. @throws {StoreClosed | StoreFull} */
export async function tidyDevices(
  store: Pick<Store, 'records' | 'transact'>,
  world: () => World,
  nowMs: number,
): Promise<number> {
  let count = 0
  for (let afterKey: string | undefined; ; ) {
    const more = afterKey === undefined ? {} : { afterKey }
    const page = await store.records({ collection: DEVICES, limit: PAGE, ...more })
    const records = page.flatMap(({ key, value, updatedAtMs }) => {
      const { visitor } = value as unknown as Device
      const isKnown = isVisitorHere(world(), subjectOfVisitor(visitor))
      if (nowMs - updatedAtMs < (isKnown ? KNOWN_MS : SILENT_MS)) return []
      return removalsOf(key, visitor, isKnown)
    })
    if (records.length > 0) await store.transact({ entries: [], records })
    count += records.filter(({ collection }) => collection === DEVICES).length
    afterKey = page.at(-1)?.key
    if (page.length < PAGE) return count
  }
}

/** Of whoever never wrote and was never proved nothing else is kept. */
function removalsOf(digest: string, visitor: string, isKnown: boolean): readonly NewRecord[] {
  return [
    { collection: DEVICES, key: digest, value: undefined },
    { collection: DEVICES_OF, key: `${visitor}/${digest}`, value: undefined },
    ...(isKnown ? [] : [{ collection: PROFILES, key: visitor, value: undefined }]),
  ]
}
