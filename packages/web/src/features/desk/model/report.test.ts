import { expect, test } from 'vitest'
import type { DeskReport } from '../store/calls.ts'
import { figureText, lineOf, timesOf } from './report.ts'

const row: DeskReport['totals'] = {
  opened: 1_200,
  answered: 3,
  closed: 2,
  missed: 0,
  waitMs: 90_000,
  resolutionMs: null,
  wait: { mean: 90_000, median: 60_000, p90: 300_000 },
  firstAnswer: null,
  resolution: null,
  rating: 4.25,
  ratings: 4,
}

test('of times the median stands, and what nine of ten took beside it; what is not known is a dash', () => {
  expect(figureText(row, 'wait')).toBe('1 minute')
  expect(timesOf(row, 'wait')?.p90).toBe(300_000)
  expect(figureText(row, 'firstAnswer')).toBe('–')
  expect(timesOf(row, 'rating')).toBeUndefined()
  expect(figureText(row, 'opened')).toBe('1,200')
})

test('times are drawn in minutes; a day without one is a gap', () => {
  const at = '2026-11-01T00:00:00.000Z'
  const report = {
    totals: row,
    series: [
      { at, ...row },
      { at: '2026-11-02T00:00:00.000Z', ...row, wait: null },
    ],
    operators: [],
    teams: [],
    widgets: [],
  }
  expect(lineOf(report, 'wait')?.now).toEqual([1, null])
  expect(lineOf({ ...report, series: [] }, 'wait')).toBeUndefined()
})
