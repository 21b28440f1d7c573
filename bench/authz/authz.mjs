// Checks, memory, latency, flips and simulation of the policy engine on a chat workload, beside plain maps, CASL, casbin and
// Cedar in the same run. Nothing is timed before it agrees with an oracle. `--keep` writes docs/results/authz.md as well.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parsePolicy } from '@sayso/policy/document'
import { ratio, short, spread } from '../lib/numbers.mjs'
import { ROUNDS, run, say } from '../lib/run.mjs'
import { grantFlips, policyEdit } from './impact.mjs'
import { changesOf, faultsOf, latencyOf, rateOf } from './measure.mjs'
import { ours } from './ours.mjs'
import { casbin, casl, cedarWasm, floor } from './peers.mjs'
import { line, ratesTable, spreadOf, tableOf } from './report.mjs'
import { factsOf, oracleOf, requestsOf } from './workload.mjs'

const MEDIUM = { people: 10_000, guilds: 200 }
const LARGE = { people: 80_000, guilds: 1_000 }
const REQUESTS = 20_000
const VERIFIED = 3_000
const WITH_REASONS = 'sayso, with reasons'
const here = (path) => fileURLToPath(new URL(path, import.meta.url))

async function compare({ people, guilds }) {
  const facts = factsOf(people, guilds)
  const requests = requestsOf(facts, REQUESTS)
  const oracle = oracleOf(facts)
  const engines = {}
  for (const adapter of [ours(parsePolicy), floor, casl, casbin, cedarWasm]) {
    const begunAt = performance.now()
    const engine = await adapter.load(facts)
    const load = performance.now() - begunAt
    const faults = await faultsOf(engine, facts, requests.slice(0, VERIFIED), oracle)
    if (faults.wrong + faults.stale > 0)
      throw new Error(`${adapter.name}: ${JSON.stringify(faults)}`)
    const questions = requests.map((request) => engine.prepare(request))
    engines[adapter.name] = { engine, questions, load, faults, rates: [] }
    say(`  ${adapter.name} loaded in ${short(load)} ms, agrees with the oracle`)
  }
  const { sayso } = engines
  const reasoning = { ...sayso.engine, check: sayso.engine.checkWithReasons }
  const faults = await faultsOf(reasoning, facts, requests.slice(0, VERIFIED), oracle)
  engines[WITH_REASONS] = { ...sayso, engine: reasoning, faults, rates: [] }
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const one of Object.values(engines)) {
      const perSecond = rateOf(one.engine, one.questions)
      if (round >= 0) one.rates.push(perSecond)
    }
  }
  const rates = {}
  for (const [name, { engine, questions, load, faults, rates: perSecond }] of Object.entries(
    engines,
  )) {
    const change = await changesOf(engine, facts, questions, name.startsWith('sayso') ? 3_000 : 300)
    const against = name === 'sayso' ? undefined : ratio(engines.sayso.rates, perSecond)
    rates[name] = { perSecond: spread(perSecond), ours: against, load, change, ...faults }
  }
  const assignments = facts.guildRoles.length + facts.hallRoles.length
  const { engine, questions } = engines.sayso
  return { assignments, rates, facts, engine, questions }
}

function targets({ medium, large, latency, memory, grants, edit }) {
  const lines = []
  const times = (rates, name) => rates[name].ours
  for (const [size, { assignments, rates }] of Object.entries({ medium, large })) {
    const at = `${size}, ${short(assignments)} assignments`
    const add = (name, least) => {
      const against = times(rates, name)
      lines.push(
        line(
          `checks against ${name} (${at})`,
          `${spreadOf(against)} ×`,
          `≥ ${short(least)} ×`,
          against.median >= least,
        ),
      )
    }
    add('@casl/ability', 5)
    add('casbin', 100)
    add('packed maps', 1 / 6)
    lines.push(
      line(`without reasons against with (${at})`, `${spreadOf(times(rates, WITH_REASONS))} ×`),
      line(`checks against cedar-wasm (${at})`, `${spreadOf(times(rates, 'cedar-wasm'))} ×`),
    )
  }
  const perAssignment = memory.bytes / memory.assignments
  const inHall = grants['a role in a hall']
  const inGuild = grants['a role in a guild of 25 halls']
  const us = ({ least, raw }) =>
    `p50 ${short(least.p50)} µs, p99 ${short(least.p99)} µs (as they came: ${short(raw.p50)}, ${short(raw.p99)})`
  lines.push(
    line(
      `one decision with its reasons at ${short(large.assignments)}`,
      us(latency),
      'p99 ≤ 5 µs',
      latency.least.p99 <= 5,
    ),
    line(
      `memory at ${short(memory.assignments)}`,
      `${short(perAssignment)} bytes each`,
      '≤ 150',
      perAssignment <= 150,
    ),
    line(
      'flips of a role in a hall',
      us(inHall.walk),
      'p99 ≤ 100 µs',
      inHall.walk.least.p99 <= 100,
    ),
    line('  folding it', us(inHall.fold)),
    line('flips of a role in a guild of 25 halls', us(inGuild.walk)),
    line(
      `a policy edit simulated for ${short(edit.people)} people, ${short(edit.assignments)} assignments, ${short(edit.lost)} flips`,
      `${short(edit.tookMs / 1000)} s`,
      '≤ 3 s',
      edit.tookMs <= 3_000,
    ),
    line('  its longest step', `${short(edit.longestMs)} ms (p99 ${short(edit.p99Ms)} ms)`),
  )
  return lines
}

function page({ medium, large, lines }) {
  const machine = `${cpus().length} cores of ${cpus()[0]?.model}, Node ${process.version}, load average ${loadavg()[0].toFixed(1)}`
  return `# The policy engine beside others

Written by \`node bench/authz/authz.mjs --keep\` on ${new Date().toISOString().slice(0, 10)}; ${machine}. Other work was
running: compare ratios within the run, never rates between runs. Rates are checks in a second of
processor time, medians of ${ROUNDS} paired rounds; ratios are medians with the least and the greatest. Every engine agreed with the oracle on ${VERIFIED} requests and saw each grant and revoke in
the next check before it was timed.

## Against the targets

${tableOf(lines)}

## Checks, ${short(medium.assignments)} assignments

${ratesTable(medium.rates)}

## Checks, ${short(large.assignments)} assignments

${ratesTable(large.rates)}

"sayso" answers yes or no, as the others do; "with reasons" is \`decide\`, which says why, by which role and way, and when that
may change. Latencies are the least of three passes over all questions, and in brackets the first pass as it came, other work
included. Everybody is asked with ids as text (\`user:p7\`, \`hall:h3\`) except the packed maps: the same rules written out by hand,
asked with numbers, a floor and not an engine. Ours finds the hall's guild and attributes itself; CASL and casbin are handed them
with the question, as their users have loaded them. The same ${short(REQUESTS)} questions come round again, so that what engines keep
of earlier answers counts: ours the roles of up to 65 k pairs, for as long as no fact changes, and the numbers of up to 131 k names each of people and of
places (at most 2 MB each for names of 12 letters and less, 6 MB for longer ones; not in the bytes above); CASL an ability per person, which it
builds anew after a change. Cedar parses policies and schema beforehand; what it costs here is its bridge from Node, not
its engine.
`
}

run(900, async () => {
  say('memory, in a process of its own')
  const args = ['--expose-gc', here('./memory.mjs'), String(LARGE.people), String(LARGE.guilds)]
  const memory = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  say('medium')
  const medium = await compare(MEDIUM)
  say('large')
  const large = await compare(LARGE)
  const { engine, questions } = large
  const latency = latencyOf((question) => engine.checkWithReasons(question), questions)
  say('flips')
  const grants = grantFlips(engine.world(), large.facts, 2_000)
  say('simulation')
  const edit = policyEdit(100_000, 1_250)
  const lines = targets({ medium, large, latency, memory, grants, edit })
  const text = page({ medium, large, lines })
  say(`\n${text}`)
  if (process.argv.includes('--keep')) writeFileSync(here('../../docs/results/authz.md'), text)
  const kept = ({ assignments, rates }) => ({ assignments, rates })
  return { medium: kept(medium), large: kept(large), latency, memory, grants, edit }
})
