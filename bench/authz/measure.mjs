// How adapters are held to the oracle and timed: whole batches for rates, single calls for latencies.

import { quantile } from '../lib/numbers.mjs'

const PHASE_MS = 300
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

/** Checks a second. The count of yeses keeps the work from being optimised away. */
export function rateOf(engine, questions) {
  const begunAt = performance.now()
  let asked = 0
  let yes = 0
  let tookMs = 0
  do {
    for (let n = 0; n < 64; n += 1)
      if (engine.check(questions[(asked + n) % questions.length])) yes += 1
    asked += 64
    tookMs = performance.now() - begunAt
  } while (tookMs < PHASE_MS)
  if (yes === 0 || yes === asked) throw new Error('every answer was the same')
  return asked / (tookMs / 1000)
}

/** Microseconds at the median, at 99 of 100 and at worst of calls timed one by one. */
export function latencyOf(call, items) {
  const took = items.map((item) => {
    const begun = nowNs()
    call(item)
    return Number(nowNs() - begun) / 1000
  })
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99), max: Math.max(...took) }
}

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
