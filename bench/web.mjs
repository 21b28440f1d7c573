// The chat in a browser slowed down four times: scrolling back through a hundred thousand messages, typing while messages
// arrive, one's own message, another channel, a right that changes, a flood, hours of use. Each beside the limit set for it,
// and beside the same on a bare page in the same browser: below that floor nobody comes on this machine.

import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { findBrowser } from '../scripts/browser.mjs'
import { bareMeasures } from './lib/bare-page.mjs'
import * as chat from './lib/chat-page.mjs'
import { quantile } from './lib/numbers.mjs'
import { TYPIST_KEY_MS } from './lib/page-load.mjs'
import { installProbe } from './lib/page-probe.mjs'
import { run, say } from './lib/run.mjs'
import { KEY, startServer } from './lib/server.mjs'

const POLICY = fileURLToPath(new URL('../packages/server/default-policy.yaml', import.meta.url))
const MESSAGES = Number(process.env.MESSAGES ?? 100_000)
const SLOWER = Number(process.env.SLOWER ?? 4)
const BATCH = 500
const PERSON = { email: 'ada@example.com', password: 'four unrelated words here' }

/** Milliseconds, but for frames a second, drawn messages, megabytes and shares. */
const LIMITS = {
  framesPerSecond: 55,
  drawn: 150,
  memoryMb: 150,
  typingP95: 32,
  ownP95: 50,
  cachedP95: 100,
  uncachedP95: 400,
  rightsP95: 200,
  floodP95: 50,
  growth: 0.1,
}

function publisher(server) {
  const authorization = `Basic ${Buffer.from(KEY).toString('base64')}`
  return async (messages) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/channels/chat:general/messages`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(messages),
    })
    if (!answer.ok) throw new Error(`publish: ${answer.status} ${await answer.text()}`)
    return messages.length
  }
}

async function fill(publish, count) {
  for (let at = 0; at < count; at += BATCH) {
    await publish(
      Array.from({ length: Math.min(BATCH, count - at) }, (_, index) => ({
        name: 'message',
        clientId: `author-${Math.floor((at + index) / 4) % 5}`,
        data: `Message ${at + index + 1}.${' and some words more'.repeat((at + index) % 7)}`,
      })),
    )
  }
}

async function openBrowser() {
  const executablePath = findBrowser()
  return chromium.launch({
    args: ['--no-sandbox', '--enable-precise-memory-info'],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
}

/** A page with the probe in it. It is slowed down by `slow`, once it is open. */
async function newPage(browser) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  await page.addInitScript(installProbe)
  const devtools = await page.context().newCDPSession(page)
  return { page, devtools }
}

const slow = (devtools, rate) => devtools.send('Emulation.setCPUThrottlingRate', { rate })

async function openChat(browser, base) {
  const seat = await newPage(browser)
  const { page, devtools } = seat
  await page.request.post(`${base}/api/auth/sign-up/email`, {
    headers: { origin: base },
    data: { name: 'Ada Lovelace', ...PERSON },
  })
  await page.goto(`${base}/chat/general`)
  const field = page.locator('#composer')
  await field.waitFor()
  await page.getByText(`Message ${MESSAGES}.`).first().waitFor()
  const session = await (await page.request.get(`${base}/api/v1/session`)).json()
  await slow(devtools, SLOWER)
  return { ...seat, field, person: session.person.id }
}

async function measureChat(server, browser) {
  const base = `http://127.0.0.1:${server.port}`
  const seat = await openChat(browser, base)
  const publish = publisher(server)
  const fling = await chat.scrolling(seat)
  await chat.toNewest(seat)
  const keys = await chat.typing(server, seat)
  const typist = await chat.typing(server, seat, TYPIST_KEY_MS)
  const mine = await chat.own(seat)
  const cached = await chat.switching(seat, 'Mine, number')
  const uncached = await chat.uncached(seat, base, 'Mine, number')
  const settled = await chat.rights(server, seat)
  const flood = await chat.flood(seat, (count) =>
    publish(Array.from({ length: count }, () => ({ name: 'message', data: 'One of a flood.' }))),
  )
  await slow(seat.devtools, 1)
  const long = await chat.longUse(seat)
  await seat.page.close()
  return { fling, keys, typist, mine, cached, uncached, settled, flood, long }
}

async function measureBare(browser) {
  return bareMeasures(async () => {
    const { page, devtools } = await newPage(browser)
    await slow(devtools, SLOWER)
    return page
  })
}

const perSecond = ({ frames }) =>
  (1_000 * frames.length) / frames.reduce((sum, one) => sum + one, 0)
const p95 = (values) => quantile(values, 0.95)

/** One line: the figure, its share of the limit and of the bare page. Of what should be high, the shares are turned. */
function line(name, { value, limit, unit = 'ms', bare, isLeast = false }) {
  const share = (other) => (isLeast ? other / value : value / other)
  const toLimit = share(limit)
  const toBare = bare === undefined ? undefined : share(bare)
  const beside =
    toBare === undefined ? '' : `   ${toBare.toFixed(2)} of ${bare.toFixed(1)} on a bare page`
  say(
    `${name.padEnd(44)} ${value.toFixed(1).padStart(8)} ${unit.padEnd(4)} ${toLimit.toFixed(2).padStart(6)} of ${limit}${beside}`,
  )
  return { value, toLimit, ...(toBare === undefined ? {} : { bare, toBare }) }
}

function report(own, bare) {
  const ms = (values, limit, floor) => ({
    value: p95(values),
    limit,
    ...(floor === undefined ? {} : { bare: p95(floor) }),
  })
  const frames = {
    value: perSecond(own.fling),
    limit: LIMITS.framesPerSecond,
    unit: '',
    bare: perSecond(bare.fling),
    isLeast: true,
  }
  return {
    frames: line('frames a second while scrolling back', frames),
    drawn: line('messages in the page, most', {
      value: own.fling.mostDrawn,
      limit: LIMITS.drawn,
      unit: '',
    }),
    memory: line('memory of the page', {
      value: own.fling.memoryMb,
      limit: LIMITS.memoryMb,
      unit: 'MB',
    }),
    typing: line(
      'key to paint, 20 messages a second, p95',
      ms(own.keys, LIMITS.typingP95, bare.keys),
    ),
    typist: line('the same, ten keys a second, p95', ms(own.typist, LIMITS.typingP95, bare.typist)),
    own: line('own message on screen, p95', ms(own.mine, LIMITS.ownP95, bare.mine)),
    cached: line('another channel, cached, p95', ms(own.cached, LIMITS.cachedP95, bare.cached)),
    uncached: line('another channel, not cached, p95', ms(own.uncached, LIMITS.uncachedP95)),
    rights: line('a right, from acknowledged to painted, p95', ms(own.settled, LIMITS.rightsP95)),
    flood: line(
      `key to paint, ${own.flood.sentPerSecond.toFixed(0)} messages a second, p95`,
      ms(own.flood.keys, LIMITS.floodP95, bare.keys),
    ),
    floodGrowth: line('memory of the flood, growth', {
      value: Math.max(0, own.flood.growth),
      limit: LIMITS.growth,
      unit: '',
    }),
    growth: line(`memory of ${own.long.switches} switches, growth`, {
      value: Math.max(0, own.long.growth),
      limit: LIMITS.growth,
      unit: '',
    }),
  }
}

await run(900, async () => {
  const server = await startServer(undefined, { SAYSO_POLICY: POLICY })
  say(
    `${MESSAGES} messages, a processor ${SLOWER} times slower; shares of the limit, below 1 is within\n`,
  )
  await fill(publisher(server), MESSAGES)
  const browser = await openBrowser()
  const bare = await measureBare(browser)
  const own = await measureChat(server, browser)
  await browser.close()
  const figures = report(own, bare)
  const longestTaskMs = own.fling.longestTaskMs
  say(
    `longest task while scrolling ${longestTaskMs.toFixed(0)} ms (${bare.fling.longestTaskMs.toFixed(0)} on a bare page)`,
  )
  return { messages: MESSAGES, slower: SLOWER, figures, longestTaskMs }
})
