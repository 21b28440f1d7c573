import { encode } from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shapeProblem } from './msgpack-shape.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

describe('the shape of MessagePack', () => {
  test('[PR15] everything an encoder writes passes, and nothing shorter or longer does', () => {
    const value = fc.anything({
      withBigInt: false,
      maxDepth: 5,
      values: [
        fc.string(),
        fc.float(),
        fc.integer(),
        fc.uint8Array(),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
      ],
    })
    fc.assert(
      fc.property(value, (data) => {
        const packed = encode(data)
        expect(shapeProblem(packed, 32)).toBeUndefined()
        expect(shapeProblem(packed.subarray(0, -1), 32)).toBeDefined()
        expect(shapeProblem(bytes(...packed, 0), 32)).toBe('1 bytes too many')
      }),
      { numRuns: 2000 },
    )
  })

  test('[PR15] long texts, bytes, lists and maps pass', () => {
    const map = Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`k${i}`, i]))
    for (const value of [
      'x'.repeat(300),
      'x'.repeat(70_000),
      new Uint8Array(300),
      new Uint8Array(70_000),
      Array(20).fill(1),
      Array(70_000).fill(1),
      map,
    ])
      expect(shapeProblem(encode(value), 32)).toBeUndefined()
  })

  test.each<[string, number[]]>([
    ['nothing', []],
    ['a list of 4 294 967 295', [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ['a map of 4 294 967 295', [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ['a text of 4 294 967 295', [0xdb, 0xff, 0xff, 0xff, 0xff, 0x61]],
    ['bytes of 4 294 967 295', [0xc6, 0xff, 0xff, 0xff, 0xff, 0x61]],
    ['a length cut off', [0xdd, 0xff]],
    ['half an integer', [0xcf, 0, 0]],
    ['the unassigned byte', [0xc1]],
    ['a timestamp', [0xd6, 0xff, 0, 0, 0, 0]],
    ['an extension', [0xc7, 0, 1]],
    ['a long extension', [0xc9, 0xff, 0xff, 0xff, 0xff, 1]],
  ])('[PR15] %s is refused', (_, packed) => {
    expect(shapeProblem(bytes(...packed), 32)).toBeDefined()
  })

  test('[PR15] nesting is refused beyond the limit, however it is spelled', () => {
    const deep = (levels: number, ...head: number[]) =>
      bytes(...Array.from({ length: levels }, () => head).flat(), 0xc0)
    expect(shapeProblem(deep(32, 0x91), 32)).toBeUndefined()
    expect(shapeProblem(deep(33, 0x91), 32)).toBe('more than 32 levels deep')
    expect(shapeProblem(deep(33, 0x81, 0xa0), 32)).toBe('more than 32 levels deep')
    expect(shapeProblem(deep(20_000, 0xdc, 0xff, 0xff), 32)).toBe('more than 32 levels deep')
    expect(shapeProblem(bytes(0x90), 0)).toBeUndefined()
  })
})
