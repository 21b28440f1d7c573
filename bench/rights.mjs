// How long a right taken away takes to be gone: from the call to its acknowledgement, and to the two frames in which a
// loss arrives at the person's own socket. Beside it, in the same run, the cheapest REST call there is.

import { connect } from './lib/crowd.mjs'
import { forkCrowd } from './lib/crowd-process.mjs'
import { quantile, ratio, spread, withSpread } from './lib/numbers.mjs'
import { ROUNDS, run, say, wait } from './lib/run.mjs'
import { BACKSTAGE, KEY_PATH, personPath, STAGE, startServer } from './lib/server.mjs'

const CONNECTIONS = 200
const PEOPLE = 10
const LOAD_PER_SECOND = 50
const FLIPS = 60
const PAUSE_MS = 10
const PUBLISH_MODE = 1 << 17

const PHASES = [
  { name: 'load and flips', load: true, flips: true },
  { name: 'load, policy idle', load: true, flips: false },
  { name: 'flips, no load', load: false, flips: true },
]
const MEASURES = {
  time: 'GET /time',
  acknowledged: 'demote acknowledged',
  error: 'ERROR at the socket, channel lost',
  attached: 'ATTACHED at the socket, mode lost',
}

async function openPerson(server) {
  const id = await server.signUp('flipped')
  const socket = await connect(server.port, personPath(id))
  const attach = (channel) =>
    socket.ask({ action: 10, channel }, (frame) => frame.action === 11 && frame.channel === channel)
  await attach(STAGE)
  return { id, socket, attach }
}

const since = async (begunAt, event) => {
  await event
  return performance.now() - begunAt
}

/** One promotion, unmeasured, and one demotion, from the moment it is asked for. */
async function flip(server, { id, socket, attach }) {
  await server.move('promote', id)
  await attach(BACKSTAGE)
  const frames = {
    error: (frame) => frame.action === 9 && frame.channel === BACKSTAGE,
    attached: (frame) =>
      frame.action === 11 && frame.channel === STAGE && (frame.flags & PUBLISH_MODE) === 0,
  }
  const begunAt = performance.now()
  const [acknowledged, error, attached] = await Promise.all([
    since(begunAt, server.move('demote', id)),
    since(begunAt, socket.ask(undefined, frames.error)),
    since(begunAt, socket.ask(undefined, frames.attached)),
  ])
  return { acknowledged, error, attached }
}

async function phase(server, person, crowd, { load, flips }) {
  const taken = { time: [], acknowledged: [], error: [], attached: [] }
  if (load) await crowd.pace(LOAD_PER_SECOND)
  for (let n = 0; n < FLIPS; n += 1) {
    // What the last flip left to do must not be counted to the next call.
    await wait(PAUSE_MS)
    taken.time.push(await since(performance.now(), server.time()))
    if (!flips) continue
    const times = await flip(server, person)
    for (const [name, ms] of Object.entries(times)) taken[name].push(ms)
  }
  const quantiles = Object.fromEntries(
    Object.entries(taken).map(([name, ms]) => [
      name,
      { p50: quantile(ms, 0.5), p99: quantile(ms, 0.99) },
    ]),
  )
  return load ? { ...quantiles, delivery: await crowd.rest() } : quantiles
}

function report(rounds) {
  const kept = {}
  for (const { name, flips } of PHASES) {
    const of = (measure, q) => rounds.map((results) => results[name][measure][q])
    say(`\n${name}: milliseconds, median of ${ROUNDS} rounds (least–greatest); × GET /time`)
    kept[name] = {}
    for (const [measure, title] of Object.entries(MEASURES)) {
      if (measure !== 'time' && !flips) continue
      const figures = ['p50', 'p99'].map((q) => {
        const ms = spread(of(measure, q))
        const toTime = ratio(of(measure, q), of('time', q))
        kept[name][`${measure}.${q}`] = { ms, toTime }
        const times = measure === 'time' ? '' : `, ${withSpread(toTime, '×')}`
        return `${q} ${withSpread(ms)}${times}`
      })
      say(`  ${title.padEnd(34)} ${figures.join('   ')}`)
    }
  }
  return { ...kept, delivery: reportDelivery(rounds) }
}

/** What the flips cost everybody else: the load's own way through the server, with and without them. */
function reportDelivery(rounds) {
  const [busy, idle] = PHASES
  const of = (name, q) => rounds.map((results) => results[name].delivery[q])
  const kept = {}
  say('\na message of the load, publish to delivery: with flips / policy idle')
  for (const q of ['p50', 'p99']) {
    kept[q] = ratio(of(busy.name, q), of(idle.name, q))
    const ms = [busy, idle].map(({ name }) => withSpread(spread(of(name, q)), ' ms'))
    say(`  ${q} ${withSpread(kept[q], '×')}   ${ms.join(' / ')}`)
  }
  return kept
}

run(90, async () => {
  say(`rights: ${CONNECTIONS} connections, ${LOAD_PER_SECOND} messages/s to all of them,`)
  say(`${ROUNDS} rounds of ${FLIPS} demotions in each phase`)
  const server = await startServer()
  const person = await openPerson(server)
  const paths = []
  for (let n = 0; n < PEOPLE; n += 1) paths.push(personPath(await server.signUp(`person${n}`)))
  const { port } = server
  const size = CONNECTIONS - 1
  const crowd = await forkCrowd({ port, channel: STAGE, size, paths, publisherPath: KEY_PATH })
  for (const each of PHASES) await phase(server, person, crowd, each)
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const results = {}
    for (const each of PHASES) results[each.name] = await phase(server, person, crowd, each)
    rounds.push(results)
  }
  const kept = report(rounds)
  return { connections: CONNECTIONS, loadPerSecond: LOAD_PER_SECOND, flips: FLIPS, ...kept }
})
