// The chat in a browser slowed down four times: scrolling back through a hundred thousand messages, typing while messages
// arrive, one's own message, another channel, a right that changes. Each beside the limit set for it.

import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { findBrowser } from '../scripts/browser.mjs'
import { quantile } from './lib/numbers.mjs'
import { installProbe } from './lib/page-probe.mjs'
import { run, say, wait } from './lib/run.mjs'
import { KEY, startServer } from './lib/server.mjs'

const POLICY = fileURLToPath(new URL('../packages/server/default-policy.yaml', import.meta.url))
const MESSAGES = Number(process.env.MESSAGES ?? 100_000)
const SLOWER = Number(process.env.SLOWER ?? 4)
const BATCH = 500
const FLING_MS = 10_000
const PX_PER_FRAME = 100
const KEYS = 150
const ARRIVING_PER_SECOND = 20
const OWN = 30
const SWITCHES = 20
const FLIPS = 40
const PERSON = { email: 'ada@example.com', password: 'four unrelated words here' }

/** Milliseconds, but for frames a second, drawn messages and megabytes. */
const LIMITS = {
  framesPerSecond: 55,
  drawn: 150,
  memoryMb: 150,
  typingP95: 32,
  ownP95: 50,
  cachedP95: 100,
  rightsP95: 200,
}

async function fill(server, count) {
  const authorization = `Basic ${Buffer.from(KEY).toString('base64')}`
  for (let at = 0; at < count; at += BATCH) {
    const body = Array.from({ length: Math.min(BATCH, count - at) }, (_, index) => ({
      name: 'message',
      clientId: `author-${Math.floor((at + index) / 4) % 5}`,
      data: `Message ${at + index + 1}.${' and some words more'.repeat((at + index) % 7)}`,
    }))
    const answer = await fetch(`http://127.0.0.1:${server.port}/channels/chat:general/messages`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`publish: ${answer.status} ${await answer.text()}`)
  }
}

async function openPage(server) {
  const executablePath = findBrowser()
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--enable-precise-memory-info'],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  await page.addInitScript(installProbe)
  const base = `http://127.0.0.1:${server.port}`
  await page.request.post(`${base}/api/auth/sign-up/email`, {
    headers: { origin: base },
    data: { name: 'Ada Lovelace', ...PERSON },
  })
  await page.goto(`${base}/chat/general`)
  const field = page.locator('#composer')
  await field.waitFor()
  await page.getByText(`Message ${MESSAGES}.`).first().waitFor()
  const session = await (await page.request.get(`${base}/api/v1/session`)).json()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return { browser, page, field, devtools, person: session.person.id }
}

async function scrolling({ page, devtools }) {
  const fling = await page.evaluate(
    ([px, ms]) => globalThis.probe.fling(px, ms),
    [PX_PER_FRAME, FLING_MS],
  )
  await devtools.send('HeapProfiler.collectGarbage')
  const memoryMb = await page.evaluate(() => performance.memory.usedJSHeapSize / 2 ** 20)
  const { frames, mostDrawn, longestTaskMs } = fling
  const framesPerSecond = (1_000 * frames.length) / frames.reduce((sum, one) => sum + one, 0)
  return { framesPerSecond, drawn: mostDrawn, longestTaskMs, memoryMb }
}

async function typing(server, { page, field }) {
  await page.locator('.pill .btn').first().click()
  await field.focus()
  let isOver = false
  const arriving = (async () => {
    for (; !isOver; await wait(1_000 / ARRIVING_PER_SECOND))
      await server.publish('chat:general', 'One more while somebody types.')
  })()
  await page.evaluate(() => {
    globalThis.probe.keys.length = 0
  })
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press('e')
    await wait(30)
  }
  isOver = true
  await arriving
  await field.fill('')
  return page.evaluate(() => globalThis.probe.keys)
}

async function own({ page, field }) {
  const times = []
  for (let count = 0; count < OWN; count += 1) {
    const text = `Mine, number ${count}.`
    await field.fill(text)
    const shown = page.evaluate(async (said) => {
      const begun = await new Promise((resolve) =>
        addEventListener('keydown', (event) => resolve(event.timeStamp), { once: true }),
      )
      return (await globalThis.probe.shown('.log article', said)).at - begun
    }, text)
    await wait(50)
    await field.press('Enter')
    times.push(await shown)
  }
  return times
}

async function switching({ page }) {
  const times = []
  for (let count = 0; count < SWITCHES; count += 1) {
    const [to, text] = count % 2 === 0 ? ['random', ''] : ['general', 'Mine, number']
    const shown = page.evaluate(
      async ([path, said]) => {
        const link = document.querySelector(`.nav a[href="/chat/${path}"]`)
        const begun = performance.now()
        link.click()
        return (await globalThis.probe.shown('.log', said)).at - begun
      },
      [to, text],
    )
    const ms = await shown
    if (to === 'general') times.push(ms)
    await wait(150)
  }
  return times
}

async function rights(server, { page, person }) {
  const times = []
  for (let count = 0; count < FLIPS; count += 1) {
    const [command, title] = count % 2 === 0 ? ['promote', 'Moderator'] : ['demote', 'Participant']
    const shown = page.evaluate((word) => globalThis.probe.shown('.whoami', word), title)
    await server.api('POST', `/channels/general/${command}`, { person })
    const acknowledgedAt = Date.now()
    times.push(Math.max(0, (await shown).dateMs - acknowledgedAt))
    await wait(50)
  }
  return times
}

function line(name, value, limit, unit, isLeast = false) {
  const share = isLeast ? limit / value : value / limit
  say(
    `${name.padEnd(44)} ${value.toFixed(1).padStart(8)} ${unit.padEnd(4)} ${share.toFixed(2).padStart(6)} of ${limit}`,
  )
  return share
}

await run(300, async () => {
  const server = await startServer(undefined, { SAYSO_POLICY: POLICY })
  say(
    `${MESSAGES} messages, a processor ${SLOWER} times slower; shares of the limit, below 1 is within\n`,
  )
  await fill(server, MESSAGES)
  const seat = await openPage(server)
  const scroll = await scrolling(seat)
  const keys = await typing(server, seat)
  const mine = await own(seat)
  const cached = await switching(seat)
  const settled = await rights(server, seat)
  await seat.browser.close()
  const p95 = (values) => quantile(values, 0.95)
  const toLimit = {
    frames: line(
      'frames a second while scrolling back',
      scroll.framesPerSecond,
      LIMITS.framesPerSecond,
      '',
      true,
    ),
    drawn: line('messages in the page, most', scroll.drawn, LIMITS.drawn, ''),
    memory: line('memory of the page', scroll.memoryMb, LIMITS.memoryMb, 'MB'),
    typing: line('key to paint, 20 messages a second, p95', p95(keys), LIMITS.typingP95, 'ms'),
    own: line('own message on screen, p95', p95(mine), LIMITS.ownP95, 'ms'),
    cached: line('another channel, cached, p95', p95(cached), LIMITS.cachedP95, 'ms'),
    rights: line(
      'a right, from acknowledged to painted, p95',
      p95(settled),
      LIMITS.rightsP95,
      'ms',
    ),
  }
  say(`longest task while scrolling ${scroll.longestTaskMs.toFixed(0)} ms`)
  return { messages: MESSAGES, slower: SLOWER, toLimit, longestTaskMs: scroll.longestTaskMs }
})
