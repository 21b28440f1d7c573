// Hours, days, weeks and months by the clocks of a zone, where they are put forward and back, and where they differ by halves.

import { SLOT_MS } from '@sayso/store'
import { describe, expect, test } from 'vitest'
import { boundsOf, type Step, spanBefore, weekHourOf, zoneNamed } from './zone.ts'

const slot = (text: string) => Math.floor(Date.parse(text) / SLOT_MS)
const iso = (at: number) => new Date(at * SLOT_MS).toISOString().slice(0, 16)

function zone(name: string) {
  const found = zoneNamed(name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found
}
const bounds = (name: string, step: Step, from: string, to: string) =>
  boundsOf({ from: slot(from), to: slot(to) }, step, zone(name)).map(iso)

test('a zone that nobody knows is none', () => {
  expect(zoneNamed('Europe/Nowhere')).toBeUndefined()
  expect(zoneNamed('')).toBeUndefined()
})

describe('steps', () => {
  test('a day that clocks are put forward has 23 hours', () => {
    const days = bounds('Europe/Berlin', 'day', '2026-03-27T23:00Z', '2026-03-30T22:00Z')
    expect(days).toEqual([
      '2026-03-27T23:00',
      '2026-03-28T23:00',
      '2026-03-29T22:00',
      '2026-03-30T22:00',
    ])
    const hours = bounds('Europe/Berlin', 'hour', '2026-03-28T23:00Z', '2026-03-29T22:00Z')
    expect(hours.length - 1).toBe(23)
  })

  test('a day that clocks are put back has 25 hours, two of the same name', () => {
    const hours = bounds('Europe/Berlin', 'hour', '2026-10-24T22:00Z', '2026-10-25T23:00Z')
    expect(hours.length - 1).toBe(25)
    expect(hours.slice(2, 5)).toEqual(['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00'])
  })

  test('hours of zones that differ by a half or a quarter begin there', () => {
    const india = bounds('Asia/Kolkata', 'hour', '2026-01-01T00:00Z', '2026-01-01T02:00Z')
    expect(india).toEqual([
      '2026-01-01T00:00',
      '2026-01-01T00:30',
      '2026-01-01T01:30',
      '2026-01-01T02:00',
    ])
    const nepal = bounds('Asia/Kathmandu', 'day', '2026-01-01T18:15Z', '2026-01-03T18:15Z')
    expect(nepal).toEqual(['2026-01-01T18:15', '2026-01-02T18:15', '2026-01-03T18:15'])
  })

  test('where clocks move by half an hour, an hour is cut or named twice, and none is lost', () => {
    const hours = bounds('Australia/Lord_Howe', 'hour', '2026-04-04T13:00Z', '2026-04-05T13:30Z')
    const lengths = hours
      .slice(1)
      .map((at, index) => Date.parse(`${at}Z`) - Date.parse(`${hours[index]}Z`))
    expect(lengths.reduce((sum, ms) => sum + ms, 0)).toBe(24.5 * 3_600_000)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(5_400_000)
  })

  test('weeks begin on Monday, months with their first', () => {
    expect(bounds('UTC', 'week', '2026-03-01T00:00Z', '2026-03-16T00:00Z')).toEqual([
      '2026-03-01T00:00',
      '2026-03-02T00:00',
      '2026-03-09T00:00',
      '2026-03-16T00:00',
    ])
    expect(bounds('America/New_York', 'month', '2026-02-01T05:00Z', '2026-04-01T04:00Z')).toEqual([
      '2026-02-01T05:00',
      '2026-03-01T05:00',
      '2026-04-01T04:00',
    ])
  })

  test('hold as many slots as the span, whatever the zone and the step', () => {
    const span = { from: slot('2025-12-20T00:00Z'), to: slot('2026-12-31T00:00Z') }
    const some = Intl.supportedValuesOf('timeZone').filter((_, index) => index % 25 === 0)
    for (const name of some) {
      for (const step of ['day', 'month'] as const) {
        const found = boundsOf(span, step, zone(name))
        expect([found[0], found.at(-1)]).toEqual([span.from, span.to])
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b))
      }
      const days = boundsOf(span, 'day', zone(name)).length - 1
      expect([376, 377]).toContain(days)
    }
  })
})

describe('the span before', () => {
  const before = (name: string, from: string, to: string) => {
    const { from: start, to: end } = spanBefore({ from: slot(from), to: slot(to) }, zone(name))
    return [iso(start), iso(end)]
  }

  test('of days has as many days, also over a change of the clocks', () => {
    expect(before('Europe/Berlin', '2026-03-29T22:00Z', '2026-04-05T22:00Z')).toEqual([
      '2026-03-22T23:00',
      '2026-03-29T22:00',
    ])
  })

  test('of a month is the month before', () => {
    expect(before('UTC', '2026-03-01T00:00Z', '2026-04-01T00:00Z')).toEqual([
      '2026-02-01T00:00',
      '2026-03-01T00:00',
    ])
  })

  test('of anything else is as long', () => {
    expect(before('UTC', '2026-03-01T00:15Z', '2026-03-01T02:00Z')).toEqual([
      '2026-02-28T22:30',
      '2026-03-01T00:15',
    ])
  })
})

test('days begin where the clocks of the zone say so, even where midnight is skipped', () => {
  const day = Date.UTC(2026, 8, 6)
  // In Chile clocks go from midnight to one.
  expect(iso(zone('America/Santiago').startOf(day))).toBe('2026-09-06T04:00')
  expect(iso(zone('Pacific/Apia').startOf(day))).toBe('2026-09-05T11:00')
})

test('the hour of the week', () => {
  expect(weekHourOf(Date.UTC(2026, 2, 2, 13, 45))).toEqual({ weekday: 1, hour: 13 })
  expect(weekHourOf(Date.UTC(2026, 2, 1, 0))).toEqual({ weekday: 7, hour: 0 })
})
