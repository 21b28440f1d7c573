import { describe, expect, test } from 'vitest'
import { openingAt } from './hours.ts'

const at = (text: string) => Date.parse(text)
const week = {
  mon: [
    ['09:00', '12:00'],
    ['13:00', '17:30'],
  ],
  fri: [['22:00', '24:00']],
  sat: [['00:00', '02:00']],
}
const hours = { zone: 'Europe/Berlin', week, holidays: ['2026-12-21'] } as never

describe('the hours of a widget', () => {
  test('are read by the clocks of their zone', () => {
    // Berlin is an hour ahead in winter, two in summer.
    expect(openingAt(hours, at('2026-11-23T08:00:00Z'))).toEqual({ isOpen: true })
    expect(openingAt(hours, at('2026-11-23T07:59:59Z'))).toEqual({
      isOpen: false,
      backAtMs: at('2026-11-23T08:00:00Z'),
    })
    expect(openingAt(hours, at('2026-07-06T07:00:00Z'))).toEqual({ isOpen: true })
  })

  test('close between spans and open again the same day', () => {
    expect(openingAt(hours, at('2026-11-23T11:00:00Z'))).toEqual({
      isOpen: false,
      backAtMs: at('2026-11-23T12:00:00Z'),
    })
  })

  test('go over midnight as two spans', () => {
    expect(openingAt(hours, at('2026-11-27T22:59:00Z'))).toEqual({ isOpen: true })
    expect(openingAt(hours, at('2026-11-28T00:59:00Z'))).toEqual({ isOpen: true })
    expect(openingAt(hours, at('2026-11-28T01:00:00Z')).isOpen).toBe(false)
  })

  test('leave holidays out, and say the next day of work', () => {
    expect(openingAt(hours, at('2026-12-21T10:00:00Z'))).toEqual({
      isOpen: false,
      backAtMs: at('2026-12-25T21:00:00Z'),
    })
  })

  test('hold over a change of the clocks', () => {
    // On 29 March 2026 clocks go from 2 to 3.
    expect(openingAt(hours, at('2026-03-28T12:00:00Z'))).toEqual({
      isOpen: false,
      backAtMs: at('2026-03-30T07:00:00Z'),
    })
  })

  test('that never open say no time', () => {
    expect(openingAt({ zone: 'UTC', week: {}, holidays: [] }, 0)).toEqual({ isOpen: false })
    expect(openingAt(undefined, 0)).toEqual({ isOpen: true })
  })
})
