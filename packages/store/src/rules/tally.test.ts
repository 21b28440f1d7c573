import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { annotationMethod, Tally } from './tally.ts'

const client = fc.constantFrom('ann', 'bob', 'cyd', '')
const remark = fc.record({
  action: fc.constantFrom('create' as const, 'delete' as const),
  type: fc.constantFrom('t:total.v1', 'f:flag.v1', 'd:distinct.v1', 'u:unique.v1', 'm:multiple.v1'),
  name: fc.constantFrom('up', 'down', '__proto__'),
  count: fc.integer({ min: 1, max: 4 }),
  clientId: client,
})

describe('tallies', () => {
  test('[ST53] kept contributions make the same tally as the annotations themselves', () => {
    fc.assert(
      fc.property(fc.array(remark, { maxLength: 40 }), (remarks) => {
        const counted = new Tally()
        const rows = new Map<string, ReturnType<Tally['apply']>[number]>()
        for (const each of remarks) {
          for (const row of counted.apply(each)) {
            const slot = JSON.stringify([row.type, row.name, row.client])
            if (row.count === 0) rows.delete(slot)
            else rows.set(slot, row)
          }
        }
        const kept = new Tally()
        for (const row of rows.values()) kept.put(row)
        expect(kept.summaryFor('ann')).toEqual(counted.summaryFor('ann'))
        expect(totals(kept.summary())).toEqual(totals(counted.summary()))
      }),
    )
  })

  test('[ST53] a client counts for one name only of a `unique` type', () => {
    fc.assert(
      fc.property(fc.array(remark, { maxLength: 40 }), (remarks) => {
        const counted = new Tally()
        for (const each of remarks) counted.apply({ ...each, type: 'u:unique.v1' })
        const own = counted.summaryFor('ann')['u:unique.v1'] ?? {}
        expect(Object.keys(own).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('[ST58] what one message costs is bounded, whatever people call their reactions', () => {
    const counted = new Tally()
    for (let index = 0; index < 5_000; index += 1) {
      const name = `${index}`.padStart(1_000, 'x')
      counted.apply({ action: 'create', type: 'd:distinct.v1', name, clientId: 'ann' })
      counted.apply({ action: 'create', type: `t${index}:total.v1` })
    }
    expect(JSON.stringify(counted.summary()).length).toBeLessThan(40_000)
    const again = { action: 'create', type: 'd:distinct.v1', clientId: 'bob' } as const
    expect(counted.apply({ ...again, name: '0'.padStart(1_000, 'x') })).toHaveLength(1)
    expect(counted.apply({ ...again, name: '4999'.padStart(1_000, 'x') })).toEqual([])
    expect(
      counted.apply({ ...again, action: 'delete', name: '0'.padStart(1_000, 'x') }),
    ).toHaveLength(1)
  })

  test('[ST53] a type without one of the methods has none', () => {
    const types = ['like', 'a:like', 'a:flag', 'a:flag.v2', ':flag.v1', 'a:b:flag.v1', 'a:flag.v1x']
    expect(types.map(annotationMethod)).toEqual(types.map(() => undefined))
    expect(annotationMethod('com.example:flag.v1')).toBe('flag')
  })
})

/** Without the lists: their order is that of the first annotation, which rows do not tell. */
function totals(summary: object): string {
  return JSON.stringify(
    summary,
    (key, value: unknown) => (key === 'clientIds' ? undefined : value),
    1,
  )
    .split('\n')
    .sort()
    .join('\n')
}
