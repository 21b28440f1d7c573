// The first pages of the dashboard at 10 000 people, 1 000 channels and 1 000 000 audit lines: how long each takes, beside the
// limit of 500 ms and beside the cheapest call there is.
//   node admin.mjs [folder of seed-admin.mjs] [--keep]   without a folder one is filled first (minutes)

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { quantile, short } from './lib/numbers.mjs'
import { run, say } from './lib/run.mjs'
import { KEY, personPath, startServer } from './lib/server.mjs'
import { Socket } from './lib/socket.mjs'
import { seed } from './seed-admin.mjs'

const LIMIT_MS = 500
const ASKED = Number(process.env.ASKED ?? 40)
const CONNECTIONS = 500
const FOLDERS = fileURLToPath(new URL('../.tmp/', import.meta.url))

const PAGES = {
  people: '/people?limit=100',
  'people, found': '/people?limit=100&q=Person%20999',
  channels: '/resources?type=channel&limit=100',
  grants: '/grants?limit=100',
  'grants of one': '/grants?limit=100&subject=user:p77',
  'grants on one': '/grants?limit=100&on=channel:c7',
  roles: '/roles',
  audit: '/audit?limit=100',
  'audit, actor': '/audit?limit=100&actor=user:p77',
  'audit, command': '/audit?limit=100&command=promote',
  'audit, actor and command': '/audit?limit=100&actor=user:p77&command=promote',
  'audit, place': '/audit?limit=100&resource=channel:c7',
  'audit, person': '/audit?limit=100&person=user:p77',
  'audit, place and command': '/audit?limit=100&resource=channel:c7&command=promote',
  'audit, span': '/audit?limit=100&since=2026-11-10T00:00:00Z&until=2026-11-11T00:00:00Z',
  'audit, nothing found': '/audit?limit=100&actor=user:nobody',
  decisions: '/decisions?limit=100',
  'decisions, subject': '/decisions?limit=100&subject=user:p77',
  'decisions, action': '/decisions?limit=100&action=mute',
  connections: '/connections?limit=100',
  overview: '/overview',
  'active people by day': '/analytics/active-people?by=day&zone=Europe/Berlin&compare=previous',
  'active people by hour': '/analytics/active-people?by=hour&zone=Europe/Berlin',
  messages: '/analytics/messages?by=hour&zone=Asia/Kolkata&compare=previous',
  'messages by channel': '/analytics/messages-by-channel?zone=Europe/Berlin&compare=previous',
  'busiest hours': '/analytics/busiest-hours?zone=Europe/Berlin',
  denials: '/analytics/denials?zone=Europe/Berlin',
  moderation: '/analytics/moderation?zone=Europe/Berlin',
  installation: '/installation',
}

async function timed(call) {
  const began = performance.now()
  const answer = await call()
  return { ms: performance.now() - began, bytes: answer.text.length }
}

async function measure(server) {
  const figures = {}
  for (const [name, path] of Object.entries(PAGES)) {
    const call = () => server.api('GET', path)
    const first = await timed(call)
    const [asked, peer] = [[], []]
    for (let n = 0; n < ASKED; n += 1) {
      asked.push((await timed(call)).ms)
      peer.push((await timed(server.time)).ms)
    }
    const p95 = quantile(asked, 0.95)
    const toTime = quantile(asked, 0.5) / quantile(peer, 0.5)
    figures[name] = { firstMs: first.ms, p50Ms: quantile(asked, 0.5), p95Ms: p95, toTime }
    const verdict = Math.max(p95, first.ms) <= LIMIT_MS ? '' : '   beyond the limit'
    say(
      `  ${name.padEnd(26)} first ${short(first.ms).padStart(6)}  p95 ${short(p95).padStart(6)} ms  ${short(toTime).padStart(5)}× GET /time${verdict}`,
    )
  }
  return figures
}

run(1_800, async () => {
  const given = process.argv.slice(2).find((each) => !each.startsWith('--'))
  mkdirSync(FOLDERS, { recursive: true })
  const folder =
    given === undefined ? join(mkdtempSync(`${FOLDERS}admin-`), 'data') : resolve(given)
  if (given === undefined)
    process.on('exit', () => rmSync(join(folder, '..'), { recursive: true, force: true }))
  const seeded = given === undefined ? await seed(folder, 1) : {}
  const server = await startServer(undefined, {
    SAYSO_DATA: folder,
    SAYSO_POLICY: fileURLToPath(new URL('../packages/server/default-policy.yaml', import.meta.url)),
    SAYSO_ROOT_KEY: KEY,
  })
  const sockets = []
  for (let n = 0; n < CONNECTIONS; n += 1)
    sockets.push(await Socket.open(server.port, personPath(`p${n}`)))
  say(`first pages, ${ASKED} times each; milliseconds as the client sees them`)
  const pages = await measure(server)
  return { limitMs: LIMIT_MS, connections: sockets.length, ...seeded, pages }
})
