import { describe, expect, test } from 'vitest'
import { spanIn } from './spans.ts'

const MINUTE_MS = 60_000

describe('lengths of time as people write them', () => {
  test.each([
    ['30m', 30, ''],
    ['1h', 60, ''],
    ['1h30m', 90, ''],
    ['2D', 2_880, ''],
    ['1w', 10_080, ''],
    ['2std', 120, ''],
    [' 45min  at lunch ', 45, 'at lunch'],
  ])('%j', (text, minutes, rest) => {
    expect(spanIn(text)).toEqual({ ms: minutes * MINUTE_MS, rest })
  })

  test.each(['', 'lunch', '0m', '5', '1x', '-1h', '9999w', '1h!'])('%j is none', (text) => {
    expect(spanIn(text)).toBeUndefined()
  })
})
