// Random histories against the naive model. A failure prints its seed and the shrunk history; that goes into
// regressions.json, which is replayed first.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Play } from '../test/model.ts'
import { type Op, PEOPLE, REQUESTS, RIGHTS } from '../test/model-parts.ts'

/** Histories per run; set FUZZ_RUNS for a campaign, FUZZ_SEED to repeat one. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 2_000)
const seed = process.env.FUZZ_SEED

const regressions: { readonly why: string; readonly history: Op[] }[] = JSON.parse(
  readFileSync(new URL('regressions.json', import.meta.url), 'utf8'),
)

function play(history: readonly Op[]): void {
  const game = new Play()
  for (const op of history) game.apply(op)
  game.finish()
}

const who = fc.nat(PEOPLE - 1)
const nth = fc.nat(5)
const op = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(
      fc.constant('attach' as const),
      who,
      fc.nat(REQUESTS.length - 1),
      fc.constantFrom('fresh' as const, 'resume', 'resume', 'lost'),
    ),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constant('answer' as const), nth, fc.integer({ min: 1, max: 4 })),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('fail' as const), nth) },
  {
    weight: 10,
    arbitrary: fc.tuple(
      fc.constant('publish' as const),
      fc.nat(PEOPLE),
      fc.constantFrom('stored' as const, 'stored', 'fleeting'),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('elsewhere' as const)) },
  {
    weight: 8,
    arbitrary: fc.tuple(
      fc.constant('rights' as const),
      fc.array(fc.tuple(who, fc.nat(RIGHTS.length - 1)), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('policy' as const, 'policy', 'token'),
    ),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(
      fc.constantFrom(
        'detach' as const,
        'suspend',
        'suspend',
        'suspend',
        'forget',
        'leavePresence',
        'sync',
      ),
      who,
    ),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(
      fc.constant('presence' as const),
      who,
      fc.constantFrom('ann', 'bob'),
      fc.constantFrom('enter' as const, 'enter', 'update', 'leave', 'again'),
    ),
  },
  { weight: 4, arbitrary: fc.tuple(fc.constant('flush' as const)) },
)

describe('random histories', () => {
  test.each(regressions)('[CH56] once failed: $why', ({ history }) => {
    expect(() => play(history)).not.toThrow()
  })

  test('[CH56] every history plays as the rules say', () => {
    const histories = fc.array(op, { maxLength: 80, size: 'max' })
    fc.assert(fc.property(histories, play), {
      numRuns,
      ...(seed === undefined ? {} : { seed: Number(seed) }),
    })
  })
})
