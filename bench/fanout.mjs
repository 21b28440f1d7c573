// One channel, many subscribers: deliveries per CPU second and writes per delivery of our server, beside two peers that
// do nothing but fan out. All three hold their subscribers all the time and are measured back to back in each round.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cpuSeconds, startNode } from './lib/child.mjs'
import { Crowd, crowdSize } from './lib/crowd.mjs'
import { ratio, spread, withSpread } from './lib/numbers.mjs'
import { ROUNDS, run, say } from './lib/run.mjs'
import { KEY_PATH, personPath, STAGE, startServer } from './lib/server.mjs'

const WINDOWS = [1, 64]
const PHASE_MS = 1_000
const WARM_UP_MS = 700
const PEOPLE = 5
const PEER = fileURLToPath(new URL('./lib/peer.mjs', import.meta.url))

async function openOurs(size) {
  const server = await startServer()
  const paths = []
  for (let n = 0; n < PEOPLE; n += 1) paths.push(personPath(await server.signUp(`person${n}`)))
  const { pid, port, writes } = server
  const crowd = await Crowd.open({ port, channel: STAGE, size, paths, publisherPath: KEY_PATH })
  return { name: 'sayso', pid, crowd, writes }
}

async function openPeer(size, name, write) {
  const { pid, port } = await startNode(PEER, { PEER_WRITE: write })
  const crowd = await Crowd.open({ port, channel: STAGE, size, paths: ['/'], publisherPath: '/' })
  return { name, pid, crowd, writes: async () => Number.NaN }
}

async function phase({ pid, crowd, writes }, window, ms) {
  const before = { cpu: cpuSeconds(pid), writes: await writes() }
  const { sent, delivered } = await crowd.closed(window, ms)
  const cpu = cpuSeconds(pid) - before.cpu
  return {
    sent,
    perCpuSecond: delivered / cpu,
    perSecond: delivered / (ms / 1000),
    writesPerDelivery: ((await writes()) - before.writes) / delivered,
  }
}

function openFiles() {
  const limits = readFileSync('/proc/self/limits', 'utf8')
  return Number(/Max open files\s+(\d+)/.exec(limits)?.[1])
}

async function measure(servers) {
  for (const server of servers) for (const w of WINDOWS) await phase(server, w, WARM_UP_MS)
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const results = {}
    // Each goes first once in a while: what a round does to the machine is not always the same one's burden.
    for (let turn = 0; turn < servers.length; turn += 1) {
      const server = servers[(round + turn) % servers.length]
      for (const window of WINDOWS) {
        results[`${server.name}/${window}`] = await phase(server, window, PHASE_MS)
      }
    }
    rounds.push(results)
  }
  return rounds
}

function report(rounds, servers) {
  const kept = {}
  for (const window of WINDOWS) {
    const of = (name, field) => rounds.map((results) => results[`${name}/${window}`][field])
    say(`\n${window} in flight: deliveries per CPU second, median (least–greatest)`)
    for (const { name } of servers) {
      say(`  ${name.padEnd(16)} ${withSpread(spread(of(name, 'perCpuSecond')))}`)
    }
    const ours = of('sayso', 'perCpuSecond')
    const against = {}
    for (const { name } of servers.slice(1)) {
      against[name] = ratio(ours, of(name, 'perCpuSecond'))
      say(`  sayso / ${name.padEnd(16)} ${withSpread(against[name], '×')}`)
    }
    const writes = spread(of('sayso', 'writesPerDelivery'))
    say(`  writes per delivery      ${withSpread(writes)}, counted by the server`)
    kept[`inFlight${window}`] = { against, writesPerDelivery: writes, perCpuSecond: spread(ours) }
  }
  return kept
}

run(90, async () => {
  const size = crowdSize(openFiles(), 3)
  say(`fanout: ${size} subscribers, 100 B payloads, ${ROUNDS} paired rounds`)
  const servers = [
    await openOurs(size),
    await openPeer(size, 'ws.send', 'naive'),
    await openPeer(size, 'shared frame', 'shared'),
  ]
  const rounds = await measure(servers)
  const kept = report(rounds, servers)
  say('\nEvery subscriber of every server heard every message exactly once.')
  return { subscribers: size, payloadBytes: 100, rounds: ROUNDS, ...kept }
})
