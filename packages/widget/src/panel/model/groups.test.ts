import { expect, test } from 'vitest'
import { rowsOf } from './groups.ts'
import type { Line } from './timeline.ts'

const noon = new Date(2026, 2, 4, 12).getTime()
const said = (author: string, minutes: number, kind: Line['kind'] = 'text'): Line => ({
  id: `${author}${minutes}`,
  kind,
  author,
  name: '',
  atMs: noon + minutes * 60_000,
  text: '',
  files: [],
})

test('what somebody says in a row stands together; an event, a pause, another day do not', () => {
  const rows = rowsOf([
    said('a', 0),
    said('a', 1),
    said('a', 20),
    said('b', 21),
    said('b', 22, 'event'),
    said('b', 23),
    said('b', 24 * 60),
  ])
  expect(rows.map(({ isFirst, isLast }) => [isFirst, isLast])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
    [true, true],
    [true, true],
    [true, true],
  ])
  expect(rows.map(({ isNewDay }) => isNewDay)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    true,
  ])
})
