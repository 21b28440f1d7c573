import { describe, expect, test } from 'vitest'
import { dayIn, lastDays, lineOf, type Report, stepFor, totalOf, weekOf } from './report.ts'

const report = (some: Partial<Report>): Report => ({
  report: 'messages',
  zone: 'UTC',
  by: 'day',
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-03-03T00:00:00.000Z',
  rows: [],
  ...some,
})

describe('a report', () => {
  test('of the desk is drawn in minutes; where nobody was answered there is a gap, and nothing is summed', () => {
    const rows = [
      { at: '2026-03-01T00:00:00.000Z', answerMs: 90_000 },
      { at: '2026-03-02T00:00:00.000Z', answerMs: null },
    ]
    const desk = report({ report: 'desk', rows })
    expect(lineOf(desk)?.now).toEqual([1.5, null])
    expect(totalOf(desk)).toBeUndefined()
  })

  test('is a line over time, with the span before beside it; what is not told is a gap', () => {
    const rows = [
      { at: '2026-03-01T00:00:00.000Z', people: 7 },
      { at: '2026-03-02T00:00:00.000Z', people: null, few: true },
    ]
    expect(lineOf(report({ report: 'active-people', rows, previous: [{ people: 9 }] }))).toEqual({
      at: [1_772_323_200, 1_772_409_600],
      now: [7, null],
      before: [9, null],
    })
    expect(lineOf(report({ rows: [] }))).toBeUndefined()
    expect(
      lineOf(report({ report: 'busiest-hours', rows: [{ weekday: 1, hour: 0 }] })),
    ).toBeUndefined()
  })

  test('reports by rule are drawn by their series', () => {
    const series = [{ at: '2026-03-01T00:00:00.000Z', denials: 4 }]
    const denials = report({ report: 'denials', rows: [{ action: 'publish', denials: 4 }], series })
    expect(lineOf(denials)?.now).toEqual([4])
    expect(totalOf(denials)).toBe(4)
  })

  test('people are not summed: the same come on many days', () => {
    expect(totalOf(report({ report: 'active-people', rows: [{ people: 3 }] }))).toBeUndefined()
    expect(totalOf(report({ rows: [{ messages: 3 }, { messages: 4 }] }))).toBe(7)
  })

  test('a week has 168 hours, whatever was sent', () => {
    const rows = [
      { weekday: 7, hour: 23, messages: 5 },
      { weekday: 9, hour: 1, messages: 1 },
    ]
    const week = weekOf(report({ report: 'busiest-hours', rows }))
    expect([week.length, week[6]?.[23], week.flat().length]).toEqual([7, 5, 168])
  })
})

describe('a span', () => {
  test('is made of whole days of the zone', () => {
    const now = Date.parse('2026-03-10T23:30:00Z')
    expect(lastDays(7, now, 'UTC')).toEqual({ from: '2026-03-04', to: '2026-03-11' })
    expect(lastDays(1, now, 'Europe/Berlin')).toEqual({ from: '2026-03-11', to: '2026-03-12' })
    expect(dayIn(now, 'America/New_York')).toBe('2026-03-10')
  })

  test('has steps that fit it', () => {
    const days = (count: number) =>
      stepFor({ from: '2026-01-01', to: new Date(Date.UTC(2026, 0, 1 + count)).toISOString() })
    expect([days(1), days(30), days(300)]).toEqual(['hour', 'day', 'week'])
  })
})
