// The list of live connections in a browser, with ten thousand of them: each is heard from once a second, and once a second a
// right changes, so that each row has news. How smooth the page stays while one looks and while one scrolls, beside an idle page in
// the same browser.
//   CONNECTIONS=10000 BEAT_MS=1000 node admin-live.mjs [--keep]

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { findBrowser } from '../scripts/browser.mjs'
import { forkLiving } from './lib/living-process.mjs'
import { quantile, short } from './lib/numbers.mjs'
import { run, say, wait } from './lib/run.mjs'
import { startServer } from './lib/server.mjs'

const POLICY = fileURLToPath(new URL('../packages/server/default-policy.yaml', import.meta.url))
const LARGEST = Number(process.env.CONNECTIONS ?? 10_000)
/** Between two beats of one connection. */
const BEAT_MS = Number(process.env.BEAT_MS ?? 1_000)
const FOR_MS = 15_000
const MOST_CHANGES = 1_000
const CHANNEL = 'chat:general'
const OWNER = { email: 'grace@example.com', password: 'four unrelated words here' }
/** Frames a second while one scrolls, and the longest task: as for the chat. */
const LIMITS = { framesPerSecond: 55, longestTaskMs: 50 }

function crowdSize() {
  const limit = /Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  return Math.min(LARGEST, Number(limit) - 500)
}

async function people(server, size) {
  for (let at = 0; at < size; at += MOST_CHANGES / 2) {
    const some = Array.from({ length: Math.min(MOST_CHANGES / 2, size - at) }, (_, n) => at + n)
    const changes = some.flatMap((n) => [
      { person: `user:p${n}`, attributes: { name: `Person ${n}` } },
      { assign: `channel:general#participant@user:p${n}` },
    ])
    await server.api('POST', '/changes', { changes })
  }
}

/** Once a second a right of somebody changes: the revision of every connection goes on. */
function changing(server) {
  let isOn = true
  const done = (async () => {
    for (let n = 0; isOn; n += 1) {
      const verb = n % 2 === 0 ? 'assign' : 'unassign'
      await server.api('POST', '/changes', {
        changes: [{ [verb]: 'channel:random#moderator@user:p1' }],
      })
      await wait(1_000)
    }
  })()
  return async () => {
    isOn = false
    await done
  }
}

/** Runs in the page: frames and long tasks for a time, while a region scrolls by so much in each frame. */
async function watched([forMs, pxPerFrame]) {
  const tasks = []
  const observer = new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map(({ duration }) => duration)),
  )
  observer.observe({ type: 'longtask' })
  const region = document.querySelector('.table-region')
  const frames = []
  const begunAt = performance.now()
  let mostDrawn = 0
  for (let before = begunAt; before - begunAt < forMs; ) {
    if (region !== null) region.scrollTop += pxPerFrame
    const at = await new Promise(requestAnimationFrame)
    frames.push(at - before)
    before = at
    mostDrawn = Math.max(mostDrawn, document.querySelectorAll('[role=row]').length)
  }
  observer.disconnect()
  return { frames, tasks, mostDrawn, top: region?.scrollTop ?? 0 }
}

function figures({ frames, tasks, mostDrawn, top }) {
  return {
    framesPerSecond: (1_000 * frames.length) / frames.reduce((sum, one) => sum + one, 0),
    frameP95Ms: quantile(frames, 0.95),
    longTasks: tasks.length,
    longestTaskMs: Math.max(0, ...tasks),
    ...(mostDrawn > 0 && { mostDrawn, scrolledPx: top }),
  }
}

async function openPages(server) {
  const base = `http://127.0.0.1:${server.port}`
  const executablePath = findBrowser()
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  const page = await browser.newPage({ viewport: { width: 1440, height: 860 } })
  const signedIn = await page.request.post(`${base}/api/auth/sign-in/email`, {
    headers: { origin: base },
    data: OWNER,
  })
  if (!signedIn.ok()) throw new Error(`sign-in: ${signedIn.status()} ${await signedIn.text()}`)
  return { browser, page, base }
}

/** How many different revisions the first row shows while one looks: it is told anew. */
async function news(page, forMs) {
  return page.evaluate(async (ms) => {
    const seen = new Set()
    const endsAt = performance.now() + ms
    while (performance.now() < endsAt) {
      seen.add(document.querySelectorAll('[role=row]')[1]?.textContent)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return seen.size
  }, forMs)
}

async function lists(server) {
  const ms = []
  for (let n = 0; n < 40; n += 1) {
    const began = performance.now()
    await server.api('GET', '/connections?limit=100')
    ms.push(performance.now() - began)
  }
  return quantile(ms, 0.95)
}

function line(name, one, idle) {
  const share = one.framesPerSecond / idle.framesPerSecond
  say(
    `${name.padEnd(26)} ${one.framesPerSecond.toFixed(1)} frames/s (${share.toFixed(2)} of an idle page), 95 of 100 within ${short(one.frameP95Ms)} ms; ${one.longTasks} long tasks, the longest ${short(one.longestTaskMs)} ms`,
  )
  return { ...one, toIdle: share }
}

run(900, async () => {
  const size = crowdSize()
  const server = await startServer(undefined, {
    SAYSO_POLICY: POLICY,
    SAYSO_OWNER_EMAIL: OWNER.email,
    SAYSO_OWNER_PASSWORD: OWNER.password,
  })
  await people(server, size)
  const { browser, page, base } = await openPages(server)
  const living = await forkLiving({ port: server.port, size, channel: CHANNEL, everyMs: BEAT_MS })
  await page.goto('data:text/html,<title>idle</title>')
  const idle = figures(await page.evaluate(watched, [FOR_MS, 0]))
  const stop = changing(server)
  await page.goto(`${base}/admin/connections`)
  await page.getByRole('row').nth(5).waitFor({ timeout: 120_000 })
  await wait(3_000)
  await living.beats()
  const looking = figures(await page.evaluate(watched, [FOR_MS, 0]))
  const told = await news(page, 5_000)
  const scrolling = figures(await page.evaluate(watched, [FOR_MS, 6]))
  const { perSecond, open } = await living.beats()
  const listP95Ms = await lists(server)
  await stop()
  await browser.close()
  say(`${open} connections, ${short(perSecond)} beats a second; milliseconds of the page's clock`)
  line('an idle page', idle, idle)
  const result = {
    connections: open,
    beatsPerSecond: perSecond,
    limits: LIMITS,
    idle,
    looking: line('looking on', looking, idle),
    scrolling: line('scrolling', scrolling, idle),
    newsInFiveSeconds: told,
    listP95Ms,
  }
  say(
    `the first row was told anew ${told} times in 5 s; a page of 100 takes ${short(listP95Ms)} ms (95 of 100)`,
  )
  return result
})
