// Questions per second: `decide` (the policy alone) and `authorize` (key, token and policy) at two sizes, beside the
// least any answer can cost: two look-ups in Maps that already hold every role.

import { readFileSync } from 'node:fs'
import { authorize, decide, emptyWorld, foldRights } from '@sayso/policy'
import { parsePolicy } from '@sayso/policy/document'
import { ratio, spread, withSpread } from './lib/numbers.mjs'
import { ROUNDS, run, say } from './lib/run.mjs'

const SIZES = [10_000, 100_000]
const ROLES_EACH = 10
const HALLS = 500
const QUESTIONS = 8_192
const PHASE_MS = 250
const ACTIONS = ['subscribe', 'publish', 'history', 'demote']
const KEY = 'k1'

/** The same numbers in every run (mulberry32). */
function seeded(seed) {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const hall = (n) => `hall:room${n}`

/** Every person holds a role in ten halls next to each other; every other one the stronger role. */
function tuplesOf(assignments) {
  return Array.from({ length: assignments }, (_, n) => {
    const person = Math.floor(n / ROLES_EACH)
    const resource = hall((person * 7 + (n % ROLES_EACH)) % HALLS)
    return { resource, role: n % 2 === 0 ? 'speaker' : 'listener', subject: `user:p${person}` }
  })
}

function worldOf(tuples) {
  const text = readFileSync(new URL('./policy.yaml', import.meta.url), 'utf8')
  const key = { id: KEY, name: 'bench', sealedSecret: '', createdAtMs: 0, scopes: [] }
  const halls = Array.from({ length: HALLS }, (_, n) => ({
    kind: 'put-resource',
    resource: hall(n),
    attributes: {},
  }))
  const changes = [
    { kind: 'put-policy', document: parsePolicy(text), text },
    { kind: 'put-key', key: { ...key, capability: { '*': ['*'] } } },
    ...halls,
    ...tuples.map((tuple) => ({ kind: 'assign', tuple })),
  ]
  return foldRights(emptyWorld, changes, 1)
}

/** Half about a hall where the person holds a role, half about any. */
function questionsOf(tuples) {
  const random = seeded(20_261_122)
  return Array.from({ length: QUESTIONS }, (_, n) => {
    const { subject, resource: held } = tuples[random(tuples.length)]
    const resource = n % 2 === 0 ? held : hall(random(HALLS))
    const credential = { kind: 'token', key: KEY, capability: { 'hall:*': ['*'] }, subject }
    const action = ACTIONS[random(ACTIONS.length)]
    return { subject, resource, action, credential, channel: resource }
  })
}

function floorOf(tuples) {
  const floor = new Map()
  for (const { subject, resource, role } of tuples) {
    const held = floor.get(subject) ?? new Map()
    floor.set(subject, held.set(resource, role))
  }
  return ({ subject, resource }) => floor.get(subject)?.get(resource) !== undefined
}

/** Asks for so long; answers with questions per second. The count of yeses keeps the work from being optimised away. */
function rate(ask, questions) {
  const begunAt = performance.now()
  let asked = 0
  let yes = 0
  while (performance.now() - begunAt < PHASE_MS) {
    for (const question of questions) if (ask(question)) yes += 1
    asked += questions.length
  }
  if (yes === 0 || yes === asked) throw new Error('every answer was the same')
  return asked / ((performance.now() - begunAt) / 1000)
}

function measure(assignments) {
  const tuples = tuplesOf(assignments)
  const world = worldOf(tuples)
  const questions = questionsOf(tuples)
  const asks = {
    'Map look-up': floorOf(tuples),
    decide: (question) => decide(world, question).allowed,
    authorize: ({ credential, action, channel }) =>
      authorize(world, credential, action, channel).allowed,
  }
  const rates = Object.fromEntries(Object.keys(asks).map((name) => [name, []]))
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [name, ask] of Object.entries(asks)) {
      const perSecond = rate(ask, questions)
      if (round >= 0) rates[name].push(perSecond)
    }
  }
  return rates
}

run(60, async () => {
  say(`decide: ${ROUNDS} paired rounds, median (least–greatest)`)
  const kept = {}
  for (const size of SIZES) {
    const rates = measure(size)
    const floor = rates['Map look-up']
    say(`\n${size} role assignments: questions per second; look-ups that cost as much as one`)
    kept[size] = {}
    for (const [name, perSecond] of Object.entries(rates)) {
      const lookUps = ratio(floor, perSecond)
      kept[size][name] = { perSecond: spread(perSecond), lookUps }
      say(`  ${name.padEnd(12)} ${withSpread(spread(perSecond))}   ${withSpread(lookUps, '×')}`)
    }
  }
  return { rounds: ROUNDS, assignments: kept }
})
