import { describe, expect, test } from 'vitest'
import { heightsOf, piecesOfLog, rangeOf } from './heights.ts'
import type { Row } from './rows.ts'

const rows = (count: number, from = 0): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'day',
    key: `r${from + index}`,
    atMs: 0,
  }))
function measured(count: number, px: number) {
  const heights = heightsOf()
  const list = rows(count)
  heights.setRows(list)
  for (const row of list) heights.measured(row.key, px)
  return { heights, list }
}

describe('heights', () => {
  test('tops add up what was measured, and are right again after any change', () => {
    const { heights } = measured(5, 10)
    expect(heights.topOf(5)).toBe(50)
    expect(heights.measured('r1', 30)).toBe(true)
    expect(heights.measured('r1', 30)).toBe(false)
    expect([1, 2, 5].map((index) => heights.topOf(index))).toEqual([10, 40, 70])
    expect([0, 9, 10, 39, 40, 1000].map((px) => heights.indexAt(px))).toEqual([0, 0, 1, 1, 2, 4])
  })

  test('a row keeps its height wherever it goes', () => {
    const { heights, list } = measured(5, 10)
    heights.measured('r4', 99)
    heights.setRows([...rows(3, 100), ...list])
    expect(heights.topOf(8) - heights.topOf(7)).toBe(99)
  })

  test('heights of rows that are gone are forgotten in time', () => {
    const { heights } = measured(3_000, 10)
    heights.setRows(rows(10, 5_000))
    heights.setRows(rows(1, 0))
    // Estimated again.
    expect(heights.topOf(1)).not.toBe(10)
  })
})

describe('the rows to draw', () => {
  test('those in view, and some on both sides', () => {
    const { heights } = measured(1_000, 10)
    expect(rangeOf(heights, 1_000, { top: 5_000, bottom: 5_100 }, 50, 140)).toEqual({
      first: 495,
      last: 515,
    })
  })

  test('never more than the most, and always what is in view', () => {
    const { heights } = measured(1_000, 1)
    const some = rangeOf(heights, 1_000, { top: 500, bottom: 550 }, 400, 140)
    expect(some.last - some.first).toBe(140)
    expect(some.first).toBeLessThan(500)
    expect(some.last).toBeGreaterThan(550)
    const all = rangeOf(heights, 1_000, { top: 0, bottom: 1_000 }, 400, 140)
    expect(all).toEqual({ first: 0, last: 1_000 })
  })

  test('none of none', () => {
    expect(rangeOf(heightsOf(), 0, { top: 0, bottom: 100 }, 50, 140)).toEqual({ first: 0, last: 0 })
  })

  test('a pinned row stands in its place, and all heights still add up', () => {
    const { heights, list } = measured(100, 10)
    const pieces = piecesOfLog(heights, list, { first: 50, last: 60 }, [3, 55])
    const px = pieces.reduce((sum, piece) => sum + (piece.kind === 'room' ? piece.px : 10), 0)
    expect(px).toBe(1_000)
    expect(pieces.slice(0, 4)).toEqual([
      { kind: 'room', key: 'room r3', px: 30 },
      { kind: 'row', index: 3 },
      { kind: 'room', key: 'room view', px: 460 },
      { kind: 'row', index: 50 },
    ])
    expect(pieces.at(-1)).toEqual({ kind: 'room', key: 'room end', px: 400 })
  })
})
