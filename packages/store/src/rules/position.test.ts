import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatSerial,
  messageSerial,
  nextInstant,
  ORIGIN,
  parseEntrySerial,
  parseMessageSerial,
  siteOrRandom,
} from './position.ts'

const LAST = 99_999_999_999_999

describe('serials', () => {
  test('[ST6] rise strictly, whatever the clock does', () => {
    const clock = fc.oneof(
      fc.integer({ min: 990, max: 1_010 }),
      fc.constantFrom(
        Number.NaN,
        Number.NEGATIVE_INFINITY,
        Number.POSITIVE_INFINITY,
        -1,
        0,
        1.5,
        1e300,
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(clock, fc.option(clock, { nil: undefined }))), (ticks) => {
        let last = ORIGIN
        for (const [nowMs, aboveMs] of ticks) {
          if (last.ms >= LAST) return
          const above = Number.isInteger(aboveMs) ? Math.min(aboveMs ?? 0, last.ms) : undefined
          const next = nextInstant(last, nowMs, above)
          expect(formatSerial(next, 's') > formatSerial(last, 's')).toBe(true)
          expect(next.ms).toBeGreaterThan(above ?? -1)
          last = next
        }
      }),
    )
  })

  test('[ST5] are read back as they were written', () => {
    const serial = formatSerial({ ms: 1_234, counter: 7 }, 'x-Y_9')
    expect(serial).toBe('00000000001234-007@x-Y_9')
    expect(parseEntrySerial(serial)).toEqual({ ms: 1_234, counter: 7, site: 'x-Y_9' })
    expect(parseMessageSerial(messageSerial(serial, 42))).toEqual({
      entrySerial: serial,
      index: 42,
    })
  })

  test.each([
    '',
    'x',
    '1-1@s',
    '00000000001234-007@',
    '00000000001234-007@s:000',
    '00000000001234-007@s\n',
  ])('[ST35] `%s` is no position of an entry', (text) =>
    expect(parseEntrySerial(text)).toBeUndefined(),
  )

  test('[ST43] a site is given or random, and fits into a serial', () => {
    expect(siteOrRandom('here')).toBe('here')
    expect(siteOrRandom(undefined)).not.toBe(siteOrRandom(undefined))
    for (const wrong of ['', 'a:b', 'a@b', 'x'.repeat(33)]) {
      expect(() => siteOrRandom(wrong)).toThrow(RangeError)
    }
  })
})
