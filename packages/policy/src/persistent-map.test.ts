import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PersistentMap } from './persistent-map.ts'

const filled = (map: ReadonlyMap<string, number>) =>
  [...map].reduce((all, [key, value]) => all.with(key, value), PersistentMap.empty<number>())
const contents = (map: PersistentMap<number>) => [...map.entries()].sort()

// Strings whose FNV-1a hashes are equal, found by search: the map must tell them apart all the same.
const clashing = ['costarring', 'liquid', 'declinate', 'macallums', 'altarage', 'zinke']
const key = fc.oneof(
  fc.constantFrom(...clashing),
  fc.string({ maxLength: 2 }),
  fc.nat(400).map(String),
)
const write = fc.tuple(key, fc.option(fc.nat(3), { nil: undefined }))

test('[PO194] it behaves like a map after any sequence of writes', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 300 }), (writes) => {
      const model = new Map<string, number>()
      let map = PersistentMap.empty<number>()
      for (const [at, value] of writes) {
        if (value === undefined) model.delete(at)
        else model.set(at, value)
        map = value === undefined ? map.without(at) : map.with(at, value)
      }
      expect(map.size).toBe(model.size)
      expect(contents(map)).toEqual([...model].sort())
      for (const [at] of writes) {
        expect(map.get(at)).toBe(model.get(at))
        expect(map.has(at)).toBe(model.has(at))
      }
    }),
  )
})

test('[PO194] no write is seen in an earlier version', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 60 }), (writes) => {
      const versions: { map: PersistentMap<number>; seen: unknown }[] = []
      let map = PersistentMap.empty<number>()
      for (const [at, value] of writes) {
        map = value === undefined ? map.without(at) : map.with(at, value)
        versions.push({ map, seen: contents(map) })
      }
      for (const { map: version, seen } of versions) expect(contents(version)).toEqual(seen)
    }),
  )
})

test('[PO194] keys of one hash are told apart, put and taken one by one', () => {
  let map = filled(new Map(clashing.map((word, i) => [word, i])))
  expect(clashing.map((word) => map.get(word))).toEqual([0, 1, 2, 3, 4, 5])
  expect(map.with('liquid', 9).get('costarring')).toBe(0)
  for (const [i, word] of clashing.entries()) {
    map = map.without(word)
    expect(map.get(word)).toBeUndefined()
    expect(map.size).toBe(clashing.length - i - 1)
  }
})

test('[PO194] a write that changes nothing gives back the same map', () => {
  const map = filled(new Map([['a', 1]]))
  expect(map.with('a', 1)).toBe(map)
  expect(map.without('b')).toBe(map)
  expect([...map.keys()]).toEqual(['a'])
})

test('[PO194] thousands of keys come and go', () => {
  const keys = Array.from({ length: 5000 }, (_, i) => `user:${i}`)
  const full = keys.reduce((map, at, i) => map.with(at, i), PersistentMap.empty<number>())
  expect(full.size).toBe(5000)
  expect(keys.every((at, i) => full.get(at) === i)).toBe(true)
  const half = keys.filter((_, i) => i % 2 === 0).reduce((map, at) => map.without(at), full)
  expect([half.size, full.size]).toEqual([2500, 5000])
  expect(keys.every((at, i) => half.get(at) === (i % 2 === 0 ? undefined : i))).toBe(true)
})
