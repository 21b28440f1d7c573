// The promise of the whole product: when the call that takes a right away has returned, nothing sequenced later reaches
// that person by any path, and nothing they send is accepted. And the proof that this test can fail.

import { afterEach, describe, expect, test } from 'vitest'
import { runFence } from '../lib/fence.ts'
import { buildMutant, MUTANTS } from '../lib/mutant.ts'
import { owner, signUp } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'

const SEED = Number(process.env.SEED ?? 20_261_121)
const FLIPS = Number(process.env.FLIPS ?? 1_000)

let server: Server | undefined
afterEach(async () => {
  await server?.remove()
  server = undefined
})

describe('fence', () => {
  test(`holds over ${FLIPS} random flips under load (seed ${SEED})`, async () => {
    server = await startServer()
    await owner(server)
    const report = await runFence(server, await signUp(server, 'Ada Lovelace'), {
      flips: FLIPS,
      seed: SEED,
    })
    process.stdout.write(
      `fence: ${JSON.stringify({ ...report, violations: report.violations.length })}\n`,
    )
    expect(report.violations).toEqual([])
    expect(report.flips).toBe(FLIPS)
    expect(report.delivered).toBeGreaterThan(0)
    expect(report.accepted).toBeGreaterThan(0)
    expect(report.refused).toBeGreaterThan(0)
  })

  for (const mutant of MUTANTS) {
    test(`is red on a build that ${mutant.wrong}`, async () => {
      server = await startServer({ root: await buildMutant(mutant) })
      await owner(server)
      const person = await signUp(server, 'Ada Lovelace')
      const report = await runFence(server, person, { flips: 400, seed: SEED, untilFirst: true })
      process.stdout.write(
        `mutant ${mutant.name}: caught after ${report.flips} flips: ${report.violations[0]}\n`,
      )
      expect(report.violations).not.toEqual([])
    })
  }
})
