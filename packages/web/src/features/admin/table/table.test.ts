import { describe, expect, test } from 'vitest'
import {
  type Column,
  nextSort,
  readLooks,
  shownOf,
  sortOf,
  sortText,
  toggled,
  widthOf,
  withWidth,
} from './columns.ts'
import { moved } from './grid-keys.ts'

const columns: readonly Column<never>[] = [
  { key: 'name', title: 'Name', width: 200, cell: () => null },
  { key: 'role', title: 'Role', width: 100, cell: () => null },
  { key: 'id', title: 'Id', width: 100, isExtra: true, cell: () => null },
]

describe('columns', () => {
  test('are as they were made, until the reader says otherwise; nonsense that was kept counts for nothing', () => {
    const looks = readLooks(null, columns)
    expect(shownOf(columns, looks).map(({ key }) => key)).toEqual(['name', 'role'])
    expect(readLooks('{', columns)).toEqual(looks)
    expect(readLooks('{"widths":{"role":"wide","id":3},"hidden":7}', columns)).toEqual(looks)
    const wider = withWidth(toggled(looks, 'id'), 'role', 10_000)
    expect(readLooks(JSON.stringify(wider), columns)).toEqual(wider)
    expect(columns.map((column) => widthOf(column, wider))).toEqual([200, 720, 100])
  })

  test('the first column is never hidden: it says what the row is', () => {
    expect(shownOf(columns, { widths: {}, hidden: ['name', 'role', 'id'] })).toHaveLength(1)
  })

  test('order goes up, down, and back to the server’s own', () => {
    const up = nextSort(undefined, 'name')
    const down = nextSort(up, 'name')
    expect([sortText(up), sortText(down), sortText(nextSort(down, 'name'))]).toEqual([
      'name',
      '-name',
      undefined,
    ])
    expect(sortOf('-name')).toEqual(down)
    expect(nextSort(down, 'role')).toEqual({ key: 'role', down: false })
  })
})

describe('keys', () => {
  const size = { rows: 30, columns: 3 }
  test.each([
    ['ArrowDown', { row: -1, column: 1 }, { row: 0, column: 1 }],
    ['ArrowUp', { row: 0, column: 1 }, { row: -1, column: 1 }],
    ['ArrowDown', { row: 29, column: 1 }, { row: 29, column: 1 }],
    ['ArrowRight', { row: 2, column: 2 }, { row: 2, column: 2 }],
    ['ArrowLeft', { row: 2, column: 1 }, { row: 2, column: 0 }],
    ['PageDown', { row: 25, column: 0 }, { row: 29, column: 0 }],
    ['PageUp', { row: 3, column: 0 }, { row: 0, column: 0 }],
    ['End', { row: 3, column: 0 }, { row: 3, column: 2 }],
  ])('%s', (key, at, to) => {
    expect(moved(key, at, size, false)).toEqual(to)
  })

  test('with the control key to the corners; other keys are not for the table', () => {
    expect(moved('Home', { row: 9, column: 2 }, size, true)).toEqual({ row: 0, column: 0 })
    expect(moved('End', { row: 9, column: 0 }, size, true)).toEqual({ row: 29, column: 2 })
    expect(moved('a', { row: 9, column: 0 }, size, false)).toBeUndefined()
  })
})
