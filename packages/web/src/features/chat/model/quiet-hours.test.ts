import { describe, expect, test } from 'vitest'
import {
  clockOf,
  EVERY_DAY,
  isQuiet,
  minuteOf,
  type QuietHours,
  quietHoursIn,
} from './quiet-hours.ts'

function hours(from: string, to: string, zone: string, days: readonly number[] = EVERY_DAY) {
  const quiet: QuietHours = {
    isOn: true,
    from: minuteOf(from) ?? -1,
    to: minuteOf(to) ?? -1,
    days,
    zone,
  }
  return (at: string) => isQuiet(quiet, Date.parse(at))
}

describe('quiet hours', () => {
  test('over midnight, by the clocks of the place', () => {
    const quiet = hours('22:00', '07:00', 'Europe/Berlin')
    // 22 November 2026 is winter: one hour ahead of UTC.
    expect(quiet('2026-11-22T20:59:59Z')).toBe(false)
    expect(quiet('2026-11-22T21:00:00Z')).toBe(true)
    expect(quiet('2026-11-23T05:59:00Z')).toBe(true)
    expect(quiet('2026-11-23T06:00:00Z')).toBe(false)
    // The same in summer: two hours ahead.
    expect(quiet('2026-07-22T20:00:00Z')).toBe(true)
    expect(quiet('2026-07-22T05:00:00Z')).toBe(false)
  })

  test('the same instant is quiet in one place and not in another', () => {
    const at = '2026-11-22T15:00:00Z'
    expect(hours('22:00', '07:00', 'Asia/Tokyo')(at)).toBe(true)
    expect(hours('22:00', '07:00', 'Europe/Berlin')(at)).toBe(false)
    expect(hours('20:00', '21:00', 'Asia/Kolkata')('2026-11-22T14:45:00Z')).toBe(true)
  })

  test('a night belongs to the day on which it begins', () => {
    // Friday and Saturday: 27 and 28 November 2026.
    const quiet = hours('23:00', '09:00', 'Europe/Berlin', [5, 6])
    expect(quiet('2026-11-26T22:30:00Z')).toBe(false)
    expect(quiet('2026-11-27T07:00:00Z')).toBe(false)
    expect(quiet('2026-11-27T22:30:00Z')).toBe(true)
    expect(quiet('2026-11-28T07:00:00Z')).toBe(true)
    expect(quiet('2026-11-29T07:00:00Z')).toBe(true)
    expect(quiet('2026-11-29T22:30:00Z')).toBe(false)
    // From Saturday into Sunday, where the week begins anew.
    expect(hours('23:00', '09:00', 'UTC', [6])('2026-11-29T08:00:00Z')).toBe(true)
  })

  test('when clocks are set back, the hour that comes twice is quiet twice', () => {
    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
    const quiet = hours('02:00', '03:00', 'Europe/Berlin')
    expect(quiet('2026-10-24T23:59:00Z')).toBe(false)
    expect(quiet('2026-10-25T00:30:00Z')).toBe(true)
    expect(quiet('2026-10-25T01:30:00Z')).toBe(true)
    expect(quiet('2026-10-25T02:00:00Z')).toBe(false)
  })

  test('when clocks are set forward, a night is an hour shorter', () => {
    // New York, 8 March 2026: 02:00 becomes 03:00 at 07:00 UTC.
    const quiet = hours('22:00', '06:30', 'America/New_York')
    expect(quiet('2026-03-08T06:59:00Z')).toBe(true)
    expect(quiet('2026-03-08T07:00:00Z')).toBe(true)
    expect(quiet('2026-03-08T10:29:00Z')).toBe(true)
    expect(quiet('2026-03-08T10:30:00Z')).toBe(false)
    // Begins in the hour that does not come: from the first instant after it.
    const missing = hours('02:15', '04:00', 'America/New_York')
    expect(missing('2026-03-08T06:59:00Z')).toBe(false)
    expect(missing('2026-03-08T07:00:00Z')).toBe(true)
  })

  test('from and to alike: the whole day; off, or no day: never', () => {
    expect(hours('08:00', '08:00', 'UTC', [0])('2026-11-22T12:00:00Z')).toBe(true)
    expect(hours('08:00', '08:00', 'UTC', [])('2026-11-22T12:00:00Z')).toBe(false)
    expect(isQuiet(undefined, 0)).toBe(false)
    const quiet = { isOn: false, from: 0, to: 0, days: EVERY_DAY, zone: 'UTC' }
    expect(isQuiet(quiet, 0)).toBe(false)
  })

  test('what is kept is read as far as it makes sense', () => {
    const kept = { isOn: true, from: 1_320, to: 420, days: [1, 9, 'x'], zone: 'Europe/Berlin' }
    expect(quietHoursIn(kept)).toEqual({ ...kept, days: [1] })
    for (const wrong of [
      { ...kept, zone: 'Atlantis/Centre' },
      { ...kept, from: 1_440 },
      { ...kept, to: -1 },
      { ...kept, days: 3 },
      null,
      7,
    ])
      expect(quietHoursIn(wrong)).toBeUndefined()
  })

  test('times of day, there and back', () => {
    expect(minuteOf('22:05')).toBe(1_325)
    expect(clockOf(1_325)).toBe('22:05')
    expect(minuteOf('24:00')).toBeUndefined()
    expect(minuteOf('')).toBeUndefined()
  })
})
