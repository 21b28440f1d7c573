// Numbers of names found in front of the map: the right one or none.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Interner } from './interner.ts'
import { NameTable } from './name-table.ts'

const anyName = fc.oneof(
  fc.string({ maxLength: 50 }),
  fc.string({ unit: 'binary', maxLength: 46 }),
  fc.string({ unit: fc.constantFrom('a', '\0', '\u0100', '\u00ff'), maxLength: 9 }),
)

test('[PO106] a name table gives the number of a name or none', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { maxLength: 200 }), (names) => {
      const strangers = names.map((name) => `${name}x`).filter((name) => !names.includes(name))
      for (const table of [new NameTable(), new NameTable(12)]) {
        for (const [number, name] of names.entries()) table.keep(name, number, number)
        for (const [n, name] of names.entries()) expect([-1, n]).toContain(table.get(name))
        for (const name of strangers) expect(table.get(name)).toBe(-1)
      }
    }),
  )
})

test('[PO106] what was asked for last is kept, up to 44 letters of a byte', () => {
  const table = new NameTable()
  for (const name of ['a', 'user:ada', 'x'.repeat(44), 'caf\u00e9']) {
    table.keep(name, 7, 1)
    expect(table.get(name)).toBe(7)
  }
  for (const name of ['', 'x'.repeat(45), '\u4e2d']) {
    table.keep(name, 8, 1)
    expect(table.get(name)).toBe(-1)
  }
})

test('[PO106] a table of short names leaves longer ones alone, and empty places take none away', () => {
  const table = new NameTable(12)
  const names = Array.from({ length: 400 }, (_, n) => `user:p${n}`)
  for (const [number, name] of names.entries()) table.keep(name, number, 100_000)
  expect(names.filter((name, number) => table.get(name) !== number).length).toBeLessThan(4)
  for (const name of ['x'.repeat(13), 'x'.repeat(44), '']) {
    table.keep(name, 7, 1)
    expect(table.get(name)).toBe(-1)
  }
})

test('[PO106] an interner finds every name again and again, in tables of any size', () => {
  const interner = new Interner<string>()
  for (let n = 0; n < 3_000; n++) {
    expect(interner.number(`desk:${n}`)).toBe(n)
    expect(interner.find(`desk:${n >> 1}`)).toBe(n >> 1)
    expect(interner.find(`desk:${n + 1}`)).toBe(-1)
  }
  for (let n = 0; n < 3_000; n++) expect(interner.find(`desk:${n}`)).toBe(n)
})
