import { expect, test } from 'vitest'
import type { Conversation } from './conversation.ts'
import { reportOf } from './report.ts'
import { type ReportLine, reportLineOf } from './report-lines.ts'

const one = (openedAtMs: number, more: Partial<Conversation> = {}): ReportLine =>
  reportLineOf({
    state: 'closed',
    visitor: 'v',
    openedBy: 'v',
    tenant: 't',
    isOpenedByVisitor: true,
    joined: [],
    watching: [],
    labels: [],
    openedAtMs,
    ...more,
  })

test('each conversation counts on the day it was opened, and for who ended it', () => {
  const rating = { score: 5, atMs: 9 }
  const all = [
    one(10, { claimedAtMs: 14, closedAtMs: 30, closedBy: 'olga', rating }),
    one(19, { claimedAtMs: 25, assignee: 'otto', state: 'open' }),
    one(20, { closedAtMs: 24 }),
    one(9, { closedAtMs: 12 }),
    one(30),
  ]
  const report = reportOf(all, [10, 20, 30])
  expect(report.totals).toEqual({
    opened: 3,
    answered: 2,
    closed: 2,
    missed: 1,
    waitMs: 5,
    resolutionMs: 12,
    wait: { mean: 5, median: 4, p90: 6 },
    firstAnswer: null,
    resolution: { mean: 12, median: 4, p90: 20 },
    rating: 5,
    ratings: 1,
  })
  expect(report.series.map(({ atMs, opened, missed }) => [atMs, opened, missed])).toEqual([
    [10, 2, 0],
    [20, 1, 1],
  ])
  expect(report.operators.map(({ id, opened, rating: score }) => [id, opened, score])).toEqual([
    ['olga', 1, 5],
    ['otto', 1, null],
  ])
})

test('nothing is no number', () => {
  const { totals, series } = reportOf([], [0, 10])
  expect(totals).toMatchObject({ opened: 0, waitMs: null, resolutionMs: null, rating: null })
  expect(series).toHaveLength(1)
})

test('waiting is what visitors do: a conversation that an operator opened has none', () => {
  const times = Array.from({ length: 10 }, (_, n) =>
    one(0, { claimedAtMs: n + 1, answeredAtMs: 10 * (n + 1), team: 'billing', widget: 'w' }),
  )
  const hers = one(0, { isOpenedByVisitor: false, claimedAtMs: 0, answeredAtMs: 0 })
  const { totals, teams, widgets } = reportOf([...times, hers], [0, 10])
  expect(totals.wait).toEqual({ mean: 5.5, median: 5, p90: 9 })
  expect(totals.firstAnswer).toEqual({ mean: 55, median: 50, p90: 90 })
  expect(teams.map(({ id, opened }) => [id, opened])).toEqual([['billing', 10]])
  expect(widgets.map(({ id, opened }) => [id, opened])).toEqual([['w', 10]])
})
