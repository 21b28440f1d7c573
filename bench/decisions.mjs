// Decisions over HTTP beside a fan-out in the same server: what each costs the other; and what logging them costs.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cpuSeconds } from './lib/child.mjs'
import { Crowd } from './lib/crowd.mjs'
import { quantile, ratio, spread, withSpread } from './lib/numbers.mjs'
import { ROUNDS, run, say } from './lib/run.mjs'
import { KEY, KEY_PATH, personPath, STAGE, startServer } from './lib/server.mjs'

const ASKER = fileURLToPath(new URL('./lib/asker-process.mjs', import.meta.url))
const PHASE_MS = 1_000
const SUBSCRIBERS = 200
const IN_FLIGHT = 8
const BULK = 100

/** The same question by every door; half of a bulk is denied. */
function doorsFor(person) {
  const [type, key] = STAGE.split(':')
  const authzen = (action) => ({
    subject: { type: 'user', id: person },
    action: { name: action },
    resource: { type, id: key },
  })
  const permit = (action) => ({
    user: { key: person },
    action,
    resource: { type, key },
    context: {},
  })
  const actions = Array.from({ length: BULK }, (_, n) => (n % 2 === 0 ? 'subscribe' : 'promote'))
  const verdicts = actions.map((action) => action === 'subscribe')
  return [
    {
      name: '/allowed',
      path: '/allowed',
      body: permit('subscribe'),
      questions: 1,
      wanted: JSON.stringify({ allow: true, result: true }),
    },
    {
      name: `/allowed/bulk of ${BULK}`,
      path: '/allowed/bulk',
      body: actions.map(permit),
      questions: BULK,
      wanted: JSON.stringify({ allow: verdicts.map((allow) => ({ allow, result: allow })) }),
    },
    {
      name: 'AuthZEN evaluation',
      path: '/access/v1/evaluation',
      body: authzen('subscribe'),
      questions: 1,
      wanted: JSON.stringify({ decision: true }),
    },
    {
      name: `AuthZEN evaluations of ${BULK}`,
      path: '/access/v1/evaluations',
      body: { evaluations: actions.map(authzen) },
      questions: BULK,
      wanted: JSON.stringify({ evaluations: verdicts.map((decision) => ({ decision })) }),
    },
  ]
}

function ask(asker, port, { path, body, wanted }) {
  return new Promise((resolve, reject) => {
    asker.once('message', ({ latencies, error }) =>
      error === undefined ? resolve(latencies) : reject(new Error(error)),
    )
    asker.send({ port, path, body, wanted, key: KEY, ms: PHASE_MS })
  })
}

/** One second of decisions, of fan-out, or of both; rates per CPU second of the server where both share it. */
async function phase({ server, asker, crowd }, door, isFanningOut) {
  const before = cpuSeconds(server.pid)
  const [latencies, fanOut] = await Promise.all([
    door === undefined ? [] : ask(asker, server.port, door),
    isFanningOut ? crowd.closed(IN_FLIGHT, PHASE_MS) : { delivered: 0 },
  ])
  return {
    decisions: (latencies.length * (door?.questions ?? 0)) / (PHASE_MS / 1000),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    deliveries: fanOut.delivered / (PHASE_MS / 1000),
    cpu: cpuSeconds(server.pid) - before,
  }
}

async function measure(parts, doors) {
  for (const door of doors) {
    await phase(parts, door, true)
    for (const quiet of [parts.logged, parts.unlogged]) if (quiet) await phase(quiet, door, false)
  }
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const results = { fanOut: await phase(parts, undefined, true) }
    for (const door of doors) {
      results[door.name] = {
        alone: await phase(parts, door, false),
        beside: await phase(parts, door, true),
        logged: parts.logged && (await phase(parts.logged, door, false)),
        unlogged: parts.unlogged && (await phase(parts.unlogged, door, false)),
      }
    }
    rounds.push(results)
  }
  return rounds
}

/** Decisions for each second of CPU, all threads of the server together. */
const workOf = ({ decisions, cpu }) => (decisions * (PHASE_MS / 1000)) / cpu

function report(rounds, doors) {
  const deliveries = rounds.map(({ fanOut }) => fanOut.deliveries)
  say(`\nfan-out alone: ${withSpread(spread(deliveries))} deliveries a second`)
  const kept = { fanOut: spread(deliveries) }
  for (const { name } of doors) {
    const of = (when, field) => rounds.map((results) => results[name][when][field])
    const share = ratio(of('beside', 'decisions'), of('alone', 'decisions'))
    const left = ratio(of('beside', 'deliveries'), deliveries)
    const perCpu = (when) => rounds.map((results) => workOf(results[name][when]))
    const logged = ratio(of('logged', 'decisions'), of('unlogged', 'decisions'))
    const cpu = ratio(perCpu('unlogged'), perCpu('logged'))
    say(`\n${name}`)
    say(`  decisions a second, alone   ${withSpread(spread(of('alone', 'decisions')))}`)
    say(`  beside the fan-out          ${withSpread(share, '×')} of that`)
    say(`  what the fan-out keeps      ${withSpread(left, '×')} of its deliveries`)
    say(`  answer, alone: p50 ${withSpread(spread(of('alone', 'p50')), ' ms')}`)
    say(`                 p99 ${withSpread(spread(of('alone', 'p99')), ' ms')}`)
    say(`  with the decisions log      ${withSpread(logged, '×')} of what it is without`)
    say(`  CPU of the server for each  ${withSpread(cpu, '×')} of what it is without`)
    const figures = { alone: spread(of('alone', 'decisions')), share, fanOutKeeps: left }
    kept[name] = { ...figures, logged, cpu }
  }
  return kept
}

async function stage(asker, settings) {
  const server = await startServer(undefined, settings)
  const person = await server.signUp('asked')
  const crowd = await Crowd.open({
    port: server.port,
    channel: STAGE,
    size: SUBSCRIBERS,
    paths: [personPath(person)],
    publisherPath: KEY_PATH,
  })
  return { parts: { server, asker, crowd }, doors: doorsFor(person), person }
}

/** The bulk again, by a key that is held to the share every key has unless the settings say otherwise. */
async function held(asker) {
  const { parts, doors } = await stage(asker, {})
  const bulk = doors.filter(({ questions }) => questions > 1)
  const rounds = await measure(parts, bulk)
  const deliveries = rounds.map(({ fanOut }) => fanOut.deliveries)
  say('\nheld to what one key may ask, SAYSO_DECISION_RATE as it is unless said')
  const kept = {}
  for (const { name } of bulk) {
    const beside = rounds.map((results) => results[name].beside)
    const fanOutKeeps = ratio(
      beside.map((each) => each.deliveries),
      deliveries,
    )
    const decisions = spread(beside.map((each) => each.decisions))
    say(`  ${name}: ${withSpread(decisions)} decisions a second beside the fan-out,`)
    say(`  which keeps ${withSpread(fanOutKeeps, '×')} of its deliveries`)
    kept[name] = { decisions, fanOutKeeps }
  }
  return kept
}

run(180, async () => {
  const asker = fork(ASKER)
  process.on('exit', () => asker.kill())
  const stageOf = await stage(asker, { SAYSO_DECISION_RATE: '0' })
  const { doors } = stageOf
  say(`decisions: ${SUBSCRIBERS} subscribers, ${IN_FLIGHT} messages in flight, ${ROUNDS} rounds`)
  const logged = await startServer(undefined, { SAYSO_DECISION_RATE: '0' })
  const unlogged = await startServer(undefined, {
    SAYSO_DECISION_RATE: '0',
    SAYSO_DECISIONS: 'refusals',
  })
  // Nobody else is there; somebody of the same id and rights is asked about.
  const changes = [
    { person: `user:${stageOf.person}`, attributes: { name: 'asked' } },
    { assign: `${STAGE}#listener@user:${stageOf.person}` },
  ]
  for (const quiet of [logged, unlogged]) await quiet.api('POST', '/changes', { changes })
  const quiet = { logged: { server: logged, asker }, unlogged: { server: unlogged, asker } }
  const parts = { ...stageOf.parts, ...quiet }
  const rounds = await measure(parts, doors)
  const kept = report(rounds, doors)
  parts.server.child.kill()
  const limited = await held(asker)
  say('\nEvery answer was the right one; every subscriber heard every message exactly once.')
  return { subscribers: SUBSCRIBERS, inFlight: IN_FLIGHT, rounds: ROUNDS, ...kept, limited }
})
