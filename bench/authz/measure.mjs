// How adapters are held to the oracle and timed: whole batches for rates, single calls for latencies.

import { quantile } from '../lib/numbers.mjs'

const PHASE_US = 300_000
const nowNs = () => process.hrtime.bigint()

/** Wrong answers, and grants or revokes that the very next check did not see. Both must be 0 before anything is timed. */
export async function faultsOf(engine, facts, requests, oracle) {
  let wrong = 0
  for (const request of requests) {
    if (engine.check(engine.prepare(request)) !== oracle(request)) wrong += 1
  }
  const barred = new Set(
    facts.hallRoles
      .filter(([, role]) => role === 'barred')
      .map(([person, , hall]) => person * facts.halls + hall),
  )
  let stale = 0
  for (const { person, hall, action } of requests.slice(0, 300)) {
    const request = { person, hall, action, author: person }
    const ask = () => engine.check(engine.prepare(request))
    const before = oracle(request)
    if (barred.has(person * facts.halls + hall)) continue
    await engine.grant(person, 'barred', hall)
    if (ask()) stale += 1
    await engine.revoke(person, 'barred', hall)
    if (ask() !== before) stale += 1
  }
  return { wrong, stale }
}

const cpuUs = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/**
 * Checks in a second of processor time, all threads of the process counted: other processes take time away, not that.
 * The count of yeses keeps the work from being optimised away.
 */
export function rateOf(engine, questions) {
  const begun = cpuUs()
  let asked = 0
  let yes = 0
  let tookUs = 0
  do {
    for (let n = 0; n < 64; n += 1) {
      if (engine.check(questions[(asked + n) % questions.length])) yes += 1
    }
    asked += 64
    tookUs = cpuUs() - begun
  } while (tookUs < PHASE_US)
  if (yes === 0 || yes === asked) throw new Error('every answer was the same')
  return asked / (tookUs / 1_000_000)
}

/** All items are timed so often, in passes; the least of an item is its cost when nothing else takes the processor away. */
const PASSES = 3

/** Microseconds of calls timed one by one: of the first pass (`raw`), and the least of three passes (`least`). */
export function latencyOf(call, items) {
  const passes = Array.from({ length: PASSES }, () =>
    items.map((item) => {
      const begun = nowNs()
      call(item)
      return Number(nowNs() - begun) / 1000
    }),
  )
  return passesOf(passes)
}

export function passesOf(passes) {
  const least = passes[0].map((_, n) => Math.min(...passes.map((pass) => pass[n])))
  return { raw: quantilesOf(passes[0]), least: quantilesOf(least) }
}

const quantilesOf = (values) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99) })

/** A change, two checks that must see it, and the change back: microseconds each time. */
export async function changesOf(engine, facts, questions, count) {
  const begunAt = performance.now()
  for (let n = 0; n < count; n += 1) {
    const person = (n * 7919) % facts.people
    const hall = (n * 104_729) % facts.halls
    await engine.grant(person, 'keeper', hall)
    engine.check(questions[n % questions.length])
    engine.check(questions[(n + 1) % questions.length])
    await engine.revoke(person, 'keeper', hall)
  }
  return ((performance.now() - begunAt) * 1000) / count
}
