import { describe, expect, test } from 'vitest'
import { COLUMNS, emojiAt, foundSection, moved, sectionsOf } from './emoji-grid.ts'
import { toned } from './emoji-table.ts'
import { findEmoji } from './find-emoji.ts'
import { loadEmoji } from './load-emoji.ts'

const table = await loadEmoji('en')
const chars = (query: string, recent: readonly string[] = []) =>
  findEmoji(table.all, query, 10, recent).map((emoji) => emoji.char)

describe('finding', () => {
  test('a whole code comes first, then codes that begin so', () => {
    expect(chars('tada')[0]).toBe('🎉')
    expect(chars('+1')[0]).toBe('👍')
    expect(chars('heart')[0]).toBe('❤️')
  })

  test('several words must all fit, in any order', () => {
    expect(chars('face cat tears')).toContain('😹')
    expect(chars('tears cat')).toEqual(chars('cat tears'))
  })

  test('what was used lately wins among equals', () => {
    const [first, second] = chars('smil')
    expect(chars('smil', [second ?? ''])[0]).toBe(second)
    expect(first).not.toBe(second)
  })

  test('nothing for nothing', () => {
    expect(chars('')).toEqual([])
    expect(chars(' :: ')).toEqual([])
    expect(chars('zzzzqqq')).toEqual([])
  })

  test('names are in the language asked for, codes are the same', async () => {
    const german = await loadEmoji('de')
    expect(german.byCode.get('wave')?.name).toBe('winkende Hand')
    expect(findEmoji(german.all, 'winkende', 1)[0]?.char).toBe('👋')
  })
})

describe('the table', () => {
  test('has a name for each, and no emoji twice', () => {
    expect(table.all.length).toBeGreaterThan(1_800)
    expect(table.all.every((emoji) => emoji.name !== '')).toBe(true)
    expect(new Set(table.all.map((emoji) => emoji.char)).size).toBe(table.all.length)
  })

  test('knows an emoji by its tones too', () => {
    const wave = table.byCode.get('wave')
    expect(wave && toned(wave, 3)).toBe('👋🏽')
    expect(table.byChar.get('👋🏽')).toBe(wave)
    const tada = table.byCode.get('tada')
    expect(tada && toned(tada, 3)).toBe('🎉')
  })
})

describe('moving through the grid', () => {
  const sections = sectionsOf(table, ['👍', '🎉'])
  const rows = sections.flatMap((section) => section.rows)

  test('down and up lead from section to section and keep to the columns there are', () => {
    const down = moved(sections, { row: 0, column: 1 }, 'ArrowDown')
    expect(down).toEqual({ row: 1, column: 1 })
    expect(moved(sections, { row: 1, column: 7 }, 'ArrowUp')).toEqual({ row: 0, column: 1 })
    expect(moved(sections, { row: 0, column: 0 }, 'ArrowUp')).toBeUndefined()
  })

  test('sideways goes on in the next row', () => {
    expect(moved(sections, { row: 0, column: 1 }, 'ArrowRight')).toEqual({ row: 1, column: 0 })
    expect(moved(sections, { row: 1, column: 0 }, 'ArrowLeft')).toEqual({ row: 0, column: 1 })
    const last = { row: rows.length - 1, column: (rows.at(-1)?.length ?? 0) - 1 }
    expect(moved(sections, last, 'ArrowRight')).toBeUndefined()
  })

  test('every cell can be reached by going right', () => {
    let cell = { row: 0, column: 0 }
    let count = 1
    for (let next = moved(sections, cell, 'ArrowRight'); next !== undefined; count += 1) {
      cell = next
      next = moved(sections, cell, 'ArrowRight')
    }
    expect(count).toBe(rows.flat().length)
    expect(emojiAt(sections, cell)?.char).toBe(rows.at(-1)?.at(-1)?.char)
  })

  test('nothing found is no section', () => {
    expect(foundSection([])).toEqual([])
    expect(rows.every((row) => row.length > 0 && row.length <= COLUMNS)).toBe(true)
  })
})
