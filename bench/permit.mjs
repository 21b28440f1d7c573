// The Permit-shaped API over 10 000 users and 20 000 role assignments, as its SDK asks: each call beside `GET /time`.

import { quantile, ratio, short, spread, withSpread } from './lib/numbers.mjs'
import { ROUNDS, run, say } from './lib/run.mjs'
import { startServer } from './lib/server.mjs'

const USERS = 10_000
const ROOMS = 500
const CALLS = 60
const BULK = 100

const user = (n) => ({
  key: `user-${n}`,
  email: `user-${n}@example.com`,
  first_name: `First ${n}`,
  last_name: 'Last',
  attributes: {},
})
/** Each user speaks in one room and listens in another. */
const speaks = (n) => `room-${n % ROOMS}`
const listens = (n) => `room-${(n * 7 + 1) % ROOMS}`
const held = (n, role, room) => ({
  user: `user-${n}`,
  role,
  resource_instance: `hall:${room}`,
  tenant: 'theatre',
})
const question = (n, action) => ({
  user: { key: `user-${n}` },
  action,
  resource: { type: 'hall', key: speaks(n), tenant: 'theatre' },
  context: {},
})

async function fill(server) {
  const begunAt = performance.now()
  const operations = Array.from({ length: USERS }, (_, n) => user(n))
  await server.permit('POST', '/facts/bulk/users', { operations })
  const usersAt = performance.now()
  const assignments = operations.flatMap((_, n) => [
    held(n, 'speaker', speaks(n)),
    held(n, 'listener', listens(n)),
  ])
  await server.permit('POST', '/facts/role_assignments/bulk', assignments)
  return { usersMs: usersAt - begunAt, assignmentsMs: performance.now() - usersAt }
}

function wanted(answer, allow) {
  if (JSON.parse(answer.text).allow !== allow) throw new Error(`wrong answer: ${answer.text}`)
}

/** One call each, for the n-th time; n rises over all rounds, so that nothing is asked twice in a row. */
function callsOf(server) {
  const { permit } = server
  const some = (n) => (n * 7919) % USERS
  return {
    'check, allowed': async (n) =>
      wanted(await permit('POST', '/allowed', question(some(n), 'publish')), true),
    'check, denied': async (n) => {
      const denied = { ...question(some(n), 'publish'), resource: { type: 'hall', key: 'stage' } }
      wanted(await permit('POST', '/allowed', denied), false)
    },
    [`bulk check of ${BULK}`]: async (n) => {
      const body = Array.from({ length: BULK }, (_, each) => question(some(n + each), 'publish'))
      const { text } = await permit('POST', '/allowed/bulk', body)
      if (!JSON.parse(text).allow.every(({ allow }) => allow)) throw new Error(text)
    },
    'user permissions': (n) =>
      permit('POST', '/user-permissions', { user: { key: `user-${some(n)}` } }),
    'sync, nothing new': (n) => permit('PUT', `/facts/users/user-${some(n)}`, user(some(n))),
    'sync, a new name': (n) =>
      permit('PUT', `/facts/users/user-${some(n)}`, { ...user(some(n)), last_name: `${n}` }),
    'sync, a new user': (n) => permit('PUT', `/facts/users/new-${n}`, { key: `new-${n}` }),
    'role assigned and taken back': async (n) => {
      const body = held(some(n), 'speaker', listens(some(n)))
      await permit('POST', '/facts/role_assignments', body)
      await permit('DELETE', '/facts/role_assignments', body)
    },
    'users, a page of 100': (n) => permit('GET', `/facts/users?page=${1 + (n % 100)}&per_page=100`),
    'users, found by a part of the key': (n) =>
      permit('GET', `/facts/users?search=user-${some(n)}&per_page=10`),
    'roles of one user': (n) => permit('GET', `/facts/role_assignments?user=user-${some(n)}`),
  }
}

async function measured(work, from) {
  const latencies = []
  for (let n = from; n < from + CALLS; n += 1) {
    const sentAt = performance.now()
    await work(n)
    latencies.push(performance.now() - sentAt)
  }
  return quantile(latencies, 0.5)
}

run(300, async () => {
  const server = await startServer()
  const filled = await fill(server)
  say(`permit: ${USERS} users, ${2 * USERS} role assignments, ${ROUNDS} rounds of ${CALLS} calls`)
  say(
    `filled by two calls: users ${short(filled.usersMs)} ms, roles ${short(filled.assignmentsMs)} ms`,
  )
  const calls = callsOf(server)
  const floors = { time: () => server.time(), publish: (n) => server.publish('hall:stage', `${n}`) }
  const all = { ...floors, ...calls }
  const rounds = []
  for (let round = -1; round < ROUNDS; round += 1) {
    const medians = {}
    for (const [name, work] of Object.entries(all))
      medians[name] = await measured(work, (round + 1) * CALLS)
    // The first is for warming up.
    if (round >= 0) rounds.push(medians)
  }
  const of = (name) => rounds.map((medians) => medians[name])
  say(`\nGET /time: p50 ${withSpread(spread(of('time')), ' ms')}`)
  say(`a publish: p50 ${withSpread(spread(of('publish')), ' ms')}\n`)
  const kept = {}
  for (const name of Object.keys(calls)) {
    const toTime = ratio(of(name), of('time'))
    const toPublish = ratio(of(name), of('publish'))
    say(
      `${name}: ${withSpread(toTime, '×')} of GET /time, ${withSpread(toPublish, '×')} of a publish`,
    )
    kept[name] = { p50: spread(of(name)), toTime, toPublish }
  }
  return { users: USERS, rounds: ROUNDS, ...filled, time: spread(of('time')), ...kept }
})
