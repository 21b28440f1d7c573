// What the widget costs a page that nobody chats on: the time of its main thread, what it asks for and what it moves, beside the
// same page with an empty script in the widget's place. Limit: 20 ms, one request, nothing moved.

import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { findBrowser } from '../scripts/browser.mjs'
import { quantile } from './lib/numbers.mjs'
import { run, say } from './lib/run.mjs'
import { KEY, startServer } from './lib/server.mjs'

const POLICY = fileURLToPath(new URL('../packages/server/default-policy.yaml', import.meta.url))
const LOADS = Number(process.env.LOADS ?? 30)
/** Milliseconds of the main thread. */
const LIMIT = 20

/** A page with one script, from another origin, as on somebody's site. */
const pageWith = (script) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title>${script}<h1>A shop</h1>${'<p>Things that are made by hand.</p>'.repeat(40)}</html>`

async function openSite(pages) {
  const site = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://here').pathname
    const isScript = path.endsWith('.js')
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(isScript ? ';' : (pages.get(path) ?? ''))
  })
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve))
  return { site, origin: `http://127.0.0.1:${site.address().port}` }
}

/** Milliseconds that the main thread was busy, requests of others, and what moved, of one load in a new browser profile. */
async function load(browser, address, own) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const asked = []
  page.on('request', (request) => {
    if (!request.url().startsWith(own)) asked.push(request.url())
  })
  await page.addInitScript(() => {
    globalThis.shifts = 0
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) globalThis.shifts += value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(address, { waitUntil: 'networkidle' })
  const { metrics } = await devtools.send('Performance.getMetrics')
  const shifts = await page.evaluate(() => globalThis.shifts)
  await context.close()
  const busy = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
  return { busyMs: busy * 1_000, asked: asked.length, shifts }
}

async function makeWidget(server, sites) {
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/desk/widgets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'A shop', sites }),
  })
  if (!answer.ok) throw new Error(`widget: ${answer.status} ${await answer.text()}`)
  return (await answer.json()).id
}

async function measure() {
  const server = await startServer(undefined, { SAYSO_POLICY: POLICY })
  const pages = new Map()
  const { site, origin } = await openSite(pages)
  const widget = await makeWidget(server, [origin])
  const from = `http://127.0.0.1:${server.port}/widget.js`
  pages.set('/empty', pageWith('<script async src="/nothing.js"></script>'))
  pages.set('/widget', pageWith(`<script async src="${from}" data-widget="${widget}"></script>`))
  const executablePath = findBrowser()
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  const loads = { empty: [], widget: [] }
  for (let round = 0; round < LOADS; round += 1)
    for (const name of Object.keys(loads))
      loads[name].push(await load(browser, `${origin}/${name}`, origin))
  await browser.close()
  site.close()
  return loads
}

await run(600, async () => {
  const loads = await measure()
  const busy = (name, q) =>
    quantile(
      loads[name].map(({ busyMs }) => busyMs),
      q,
    )
  const most = (name) => Math.max(...loads.widget.map((one) => one[name]))
  const median = busy('widget', 0.5) - busy('empty', 0.5)
  say(`${LOADS} loads of each, in turn`)
  for (const name of ['empty', 'widget'])
    say(
      `${name.padEnd(10)} median ${busy(name, 0.5).toFixed(1)} ms, p95 ${busy(name, 0.95).toFixed(1)} ms`,
    )
  say(`the widget adds ${median.toFixed(1)} ms of ${LIMIT} (${(median / LIMIT).toFixed(2)})`)
  say(`requests ${most('asked')} of 1, layout shift ${most('shifts')}`)
  return {
    loads: LOADS,
    addedMs: median,
    limitMs: LIMIT,
    asked: most('asked'),
    shifts: most('shifts'),
  }
})
