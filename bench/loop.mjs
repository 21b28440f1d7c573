// How long the event loop is held by changes of rights that concern very many at once, seen from inside the server
// process, and how long it takes until the last connection has its new answer.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ATTACHED, Audience, ERROR, MESSAGE, viewOf } from './lib/audience.mjs'
import { spread, withSpread } from './lib/numbers.mjs'
import { run, say, wait } from './lib/run.mjs'
import { POLICY, STAGE, startServer } from './lib/server.mjs'

const PROBE = fileURLToPath(new URL('./lib/loop-probe.mjs', import.meta.url))
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const LIMIT_MS = 50
const LARGEST = Number(process.env.CONNECTIONS ?? 10_000)
/** Changes of one call at most, and as many with an end as fit its body. */
const MOST_CHANGES = 1_000
const MOST_WITH_END = 500
const QUIET_MS = 300
/** Between two messages of those who talk; milliseconds. */
const TALK_MS = 50
/** From giving grants to the instant at which all end: so long, and so many times as long as giving them takes. */
const LEAD_MS = 4_000
const LEAD_TIMES = 3
/** Watched before that instant; milliseconds. */
const EARLY_MS = 500

const text = readFileSync(POLICY, 'utf8')
const DOCUMENTS = {
  usual: text,
  silent: text.replace('can: [subscribe, history]', 'can: [history]'),
  looking: text.replace(
    'settings:',
    `    rules:
      - { allow: publish, to: [listener], when: 'lookup("hall:backstage").open == true' }
settings:`,
  ),
}

/** Sockets both processes may hold. */
function crowdSize() {
  const limit = /Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  return Math.min(LARGEST, Number(limit) - 200)
}

/** What the cases are made of. `answers` are the frames to wait for when so many are answered anew. */
function toolsOf(server, audience) {
  const view = viewOf(STAGE)
  return {
    put: (name) => server.api('PUT', '/policy', { text: DOCUMENTS[name] }),
    changeAll: (changeOf, most) => inCalls(server, audience.size, changeOf, most),
    change: (...changes) => server.api('POST', '/changes', { changes }),
    speaker: (verb) => (n) => ({ [verb]: `${STAGE}#speaker@user:p${n}` }),
    open: (value) => ({ resource: 'hall:backstage', attributes: { open: value } }),
    told: () => audience.heard(MESSAGE, audience.size, view),
    answers: (start, count) => () => [
      audience.heard(start, count),
      audience.heard(MESSAGE, count, view),
    ],
  }
}

/** Cases of messages and facts; each ends as it began. `heard` are the frames to wait for before a case is over. */
function casesOfFacts(server, audience) {
  const { change, changeAll, speaker, answers } = toolsOf(server, audience)
  const all = audience.size
  return [
    {
      name: 'message',
      title: 'one message to all, rights at rest',
      act: () => server.publish(STAGE, 'a line'),
      heard: () => [audience.heard(MESSAGE)],
    },
    {
      name: 'one-role',
      title: 'a role of one person',
      act: () => change(speaker('assign')(0)),
      heard: answers(ATTACHED, 1),
      after: () => change(speaker('unassign')(0)),
    },
    {
      name: 'moderator',
      title: 'a moderator is demoted before all',
      before: () => server.move('promote', 'p1'),
      act: () => server.move('demote', 'p1'),
      heard: () => [audience.heard(ATTACHED, 1), audience.heard(MESSAGE)],
    },
    {
      name: 'facts',
      title: 'assignments to all, 1,000 a call',
      act: () => changeAll(speaker('assign')),
      heard: answers(ATTACHED, all),
      after: () => changeAll(speaker('unassign')),
    },
    {
      name: 'ends',
      title: 'grants to all end at one instant',
      async before() {
        const begunAt = Date.now()
        await changeAll(speaker('assign'), MOST_WITH_END)
        // Given again with an end they take about as long; the end must lie behind that on a busy machine too.
        this.at = Date.now() + LEAD_MS + LEAD_TIMES * (Date.now() - begunAt)
        const ends = new Date(this.at).toISOString()
        await changeAll((n) => ({ ...speaker('assign')(n), expires_at: ends }), MOST_WITH_END)
        await wait(this.at - Date.now() - EARLY_MS)
      },
      async act() {
        await wait(this.at - Date.now())
        return { begunAt: performance.now() }
      },
      heard: answers(ATTACHED, all),
    },
  ]
}

/** Cases of policies. */
function casesOfPolicies(server, audience) {
  const { put, change, open, told, answers } = toolsOf(server, audience)
  const all = audience.size
  return [
    {
      name: 'policy-takes',
      title: 'a policy takes `subscribe` from all',
      act: () => put('silent'),
      heard: answers(ERROR, all),
    },
    {
      name: 'policy-gives',
      title: 'a policy gives it back',
      act: () => put('usual'),
      heard: () => [told()],
      after: () => audience.attachAgain(),
    },
    {
      name: 'simulation',
      title: 'a policy edit tried out',
      act: () => server.api('POST', '/simulate', { text: DOCUMENTS.silent, flips: 1_000 }),
      heard: () => [],
    },
    {
      name: 'lookup-policy',
      title: 'a policy that looks up gives to all',
      before: () => change(open(true)),
      act: () => put('looking'),
      heard: answers(ATTACHED, all),
    },
    {
      name: 'lookup-fact',
      title: 'what it looks up takes from all',
      act: () => change(open(false)),
      heard: answers(ATTACHED, all),
      after: () => put('usual'),
    },
    {
      name: 'policy-talk',
      title: 'a policy gives to all and takes while they hear others talk',
      before: () => change(open(true)),
      async act() {
        const talk = talking(server)
        await put('looking')
        await put('usual')
        await talk.end()
      },
      heard: () => [audience.heard(MESSAGE)],
      after: () => change(open(false)),
    },
  ]
}

/** A message every few milliseconds, one after the other, until it is ended. */
function talking(server) {
  let isOver = false
  const said = (async () => {
    for (let n = 0; !isOver; n += 1) {
      await server.publish(STAGE, `line ${n}`)
      await wait(TALK_MS)
    }
  })()
  return {
    end() {
      isOver = true
      return said
    },
  }
}

async function inCalls(server, size, changeOf, most = MOST_CHANGES) {
  for (let at = 0; at < size; at += most) {
    const length = Math.min(most, size - at)
    const changes = Array.from({ length }, (_, i) => changeOf(at + i))
    await server.api('POST', '/changes', { changes })
  }
}

async function measure(server, each) {
  await each.before?.()
  await wait(QUIET_MS)
  await tell(server, 'begin')
  const frames = Promise.all(each.heard())
  let begunAt = performance.now()
  const acted = await each.act()
  const acknowledgedAt = performance.now()
  if (acted?.begunAt !== undefined) begunAt = acted.begunAt
  const last = Math.max(acknowledgedAt, ...(await inTime(frames, each.name)))
  await wait(QUIET_MS)
  const loop = await tell(server, 'end')
  await each.after?.()
  return { ...loop, acknowledgedMs: acknowledgedAt - begunAt, lastMs: last - begunAt }
}

function inTime(frames, name) {
  const late = wait(60_000).then(() => {
    throw new Error(`${name}: not everybody has heard in 60 s`)
  })
  return Promise.race([frames, late])
}

function tell({ child }, message) {
  return new Promise((resolve) => {
    child.once('message', resolve)
    child.send(message)
  })
}

function report(cases, rounds) {
  const kept = {}
  say('\nmedian (least–greatest) of the rounds; the limit is 50 ms')
  for (const { name, title } of cases) {
    const of = (field) => spread(rounds.map((results) => results[name][field]))
    const [longest, whole, gc] = ['longestMs', 'wholeMs', 'gcMs'].map(of)
    const toLimit = spread(rounds.map((results) => results[name].longestMs / LIMIT_MS))
    const [p99, acknowledged, last] = ['p99Ms', 'acknowledgedMs', 'lastMs'].map(of)
    kept[name] = { toLimit, longest, whole, gc, p99, acknowledged, last }
    say(`\n  ${title}`)
    say(`    longest hold / limit ${withSpread(toLimit, '×')}   p99 ${withSpread(p99, ' ms')}`)
    say(`    with pauses ${withSpread(whole, ' ms')}   of that gc ${withSpread(gc, ' ms')}`)
    say(`    acknowledged ${withSpread(acknowledged, ' ms')}   last ${withSpread(last, ' ms')}`)
  }
  return kept
}

run(900, async () => {
  const size = crowdSize()
  say(`loop: ${size} connections of as many people on one channel, ${ROUNDS} rounds`)
  const server = await startServer(PROBE)
  await inCalls(server, size, (n) => ({ assign: `${STAGE}#listener@user:p${n}` }))
  const audience = await Audience.open(server.port, STAGE, size)
  const only = process.env.ONLY?.split(',')
  const every = [...casesOfFacts(server, audience), ...casesOfPolicies(server, audience)]
  const cases = every.filter(({ name }) => only?.includes(name) ?? true)
  const rounds = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const results = {}
    for (const each of cases) results[each.name] = await measure(server, each)
    // The first is for warming up.
    if (round > 0) rounds.push(results)
  }
  return { connections: size, rounds: ROUNDS, ...report(cases, rounds) }
})
