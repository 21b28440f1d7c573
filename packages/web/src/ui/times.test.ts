import { describe, expect, test } from 'vitest'
import { clockTime, dayOf, dayTitle, shortTime } from './times.ts'

const at = (text: string) => new Date(text).getTime()

describe('times', () => {
  test('days by name while they are near', () => {
    const now = at('2026-11-21T15:00:00')
    expect(dayTitle(at('2026-11-21T00:01:00'), now)).toMatch(/^Today, /)
    expect(dayTitle(at('2026-11-20T23:59:00'), now)).toMatch(/^Yesterday, /)
    expect(dayTitle(at('2026-11-17T12:00:00'), now)).toMatch(/^Tuesday, /)
    expect(dayTitle(at('2025-11-17T12:00:00'), now)).toContain('2025')
  })

  test('in short the nearer the more exact', () => {
    const now = at('2026-11-21T15:00:00')
    const today = at('2026-11-21T00:01:00')
    expect(shortTime(today, now)).toBe(clockTime(today))
    expect(shortTime(at('2026-11-20T23:59:00'), now)).toBe('Fri')
    expect(shortTime(at('2026-11-14T12:00:00'), now)).toMatch(/14/)
    expect(shortTime(at('2026-11-14T12:00:00'), now)).not.toMatch(/26/)
    expect(shortTime(at('2025-11-14T12:00:00'), now)).toMatch(/25/)
  })

  test('days compare as text', () => {
    expect(dayOf(at('2026-03-04T23:59:00'))).toBe('2026-03-04')
  })
})
