// A clock that jumps, and what the server makes of it.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FOLLOW_AFTER_MS, steadyClock } from '../src/steady-clock.ts'

const START = Date.UTC(2027, 0, 1)
const HOUR = 3_600_000

function bent() {
  let ticks = 500
  let ahead = 0
  const now = steadyClock(
    () => START + ticks + ahead,
    () => ticks,
  )
  return {
    now,
    pass(ms: number) {
      ticks += ms
    },
    jump(ms: number) {
      ahead += ms
    },
    /** What a clock that never jumped would say. */
    true: () => START + ticks,
  }
}

describe('the wall clock', () => {
  test.each([HOUR, -HOUR, 10 * 365 * 24 * HOUR, -10 * 365 * 24 * HOUR])(
    'jumps by %d ms and back: nobody notices',
    (ms) => {
      const clock = bent()
      for (let i = 0; i < 50; i += 1) {
        clock.jump(ms)
        for (let step = 0; step < 20; step += 1) {
          clock.pass(1_000)
          expect(clock.now()).toBe(clock.true())
        }
        clock.jump(-ms)
        clock.pass(1_000)
        expect(clock.now()).toBe(clock.true())
      }
    },
  )

  test.each([HOUR, -HOUR])('was set by %d ms for good: it is followed after a while', (ms) => {
    const clock = bent()
    clock.now()
    clock.jump(ms)
    expect(clock.now()).toBe(clock.true())
    clock.pass(FOLLOW_AFTER_MS - 1)
    expect(clock.now()).toBe(clock.true())
    clock.pass(1)
    expect(clock.now()).toBe(clock.true() + ms)
  })

  test('drifts: it is followed, and never goes back', () => {
    const clock = bent()
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: -900, max: 900 }))),
        (steps) => {
          let before = clock.now()
          for (const [ms, drift] of steps) {
            clock.pass(ms)
            clock.jump(drift)
            const now = clock.now()
            expect(now).toBeGreaterThanOrEqual(before)
            before = now
            clock.jump(-drift)
            clock.now()
          }
        },
      ),
    )
  })
})
