import { emptyWorld, foldRights, type RightsChange, type SubjectId } from '@sayso/policy'
import { memoryStore } from '@sayso/store/memory'
import { expect, test } from 'vitest'
import { deviceOf, deviceRecords, digestOf, profileOf, profileRecord } from './records.ts'
import { KNOWN_MS, SILENT_MS, tidyDevices } from './tidy.ts'

test('browsers that do not come back are forgotten, those of visitors who wrote later than others', async () => {
  let nowMs = 1_000
  const store = memoryStore({ now: () => nowMs })
  const known: RightsChange = {
    kind: 'put-person',
    subject: 'user:v-wrote' as SubjectId,
    attributes: { visitor: true },
  }
  const world = foldRights(emptyWorld, [known], emptyWorld.revision)
  for (const visitor of ['v-wrote', 'v-silent']) {
    const device = { digest: digestOf(visitor), visitor, tenant: 'shop', widget: 'w' }
    const records = [...deviceRecords(device), profileRecord(visitor, { tenant: 'shop' })]
    await store.transact({ entries: [], records })
  }
  const tidy = () => tidyDevices(store, () => world, nowMs)
  nowMs += SILENT_MS - 1
  expect(await tidy()).toBe(0)
  nowMs += 1
  expect(await tidy()).toBe(1)
  expect(await deviceOf(store, 'v-silent')).toBeUndefined()
  expect((await profileOf(store, 'v-silent')).profile).toBeUndefined()
  expect(await deviceOf(store, 'v-wrote')).toMatchObject({ visitor: 'v-wrote' })
  nowMs = 1_000 + KNOWN_MS
  expect(await tidy()).toBe(1)
  expect(await deviceOf(store, 'v-wrote')).toBeUndefined()
  expect((await profileOf(store, 'v-wrote')).profile).toEqual({ tenant: 'shop' })
})
