// What is measured on the chat's own pages: the same things as on a bare one, and what only a chat has.

import { ARRIVING_PER_SECOND, FLING_MS, KEY_MS, KEYS, PX_PER_FRAME } from './page-load.mjs'
import { wait } from './run.mjs'

const OWN = 30
const SWITCHES = 20
const UNCACHED = 10
const FLIPS = 40
const FLOOD_PER_SECOND = 200
const FLOOD_EVERY_MS = 100
const FLOOD_MS = Number(process.env.FLOOD_MS ?? 60_000)
const WARM_SWITCHES = 40
const LONG_SWITCHES = Number(process.env.LONG_SWITCHES ?? 200)
const CHANNEL = 'chat:general'

/** Live objects of the page after its garbage is collected; MB. */
async function heapMb({ page, devtools }) {
  await devtools.send('HeapProfiler.collectGarbage')
  return page.evaluate(() => performance.memory.usedJSHeapSize / 2 ** 20)
}

export async function scrolling(seat) {
  const fling = await seat.page.evaluate(
    ([px, ms]) => globalThis.probe.fling(px, ms),
    [PX_PER_FRAME, FLING_MS],
  )
  return { ...fling, memoryMb: await heapMb(seat) }
}

export async function toNewest({ page }) {
  await page.locator('.pill .btn').first().click()
}

export async function typing(server, { page, field }, everyMs = KEY_MS) {
  await field.focus()
  let isOver = false
  const arriving = (async () => {
    for (; !isOver; await wait(1_000 / ARRIVING_PER_SECOND))
      await server.publish(CHANNEL, 'One more while somebody types.')
  })()
  await page.evaluate(() => {
    globalThis.probe.keys.length = 0
  })
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press('e')
    await wait(everyMs)
  }
  isOver = true
  await arriving
  await field.fill('')
  return page.evaluate(() => [...globalThis.probe.keys])
}

export async function own({ page, field }) {
  const times = []
  for (let count = 0; count < OWN; count += 1) {
    const text = `Mine, number ${count}.`
    await field.fill(text)
    const shown = page.evaluate((said) => globalThis.probe.afterKey('.log article', said), text)
    await wait(50)
    await field.press('Enter')
    times.push(await shown)
  }
  return times
}

/** Goes to a channel by its link; milliseconds until something of it has been painted. */
function goTo({ page }, path, text) {
  return page.evaluate(
    async ([to, said]) => {
      const begun = performance.now()
      document.querySelector(`.nav a[href="/chat/${to}"]`).click()
      return (await globalThis.probe.shown('.log', said)).at - begun
    },
    [path, text],
  )
}

export async function switching(seat, textOfNewest) {
  const times = []
  for (let count = 0; count < SWITCHES; count += 1) {
    await goTo(seat, 'random', '')
    await wait(150)
    times.push(await goTo(seat, 'general', textOfNewest))
    await wait(150)
  }
  return times
}

/** The page begins in another channel: nothing of this one is held yet. */
export async function uncached(seat, base, textOfNewest) {
  const times = []
  for (let count = 0; count < UNCACHED; count += 1) {
    await seat.page.goto(`${base}/chat/random`)
    await seat.field.waitFor()
    await seat.page.waitForLoadState('networkidle')
    times.push(await goTo(seat, 'general', textOfNewest))
  }
  return times
}

export async function rights(server, { page, person }) {
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

/** Two hundred messages a second in the open channel, while one types a key now and then. */
export async function flood(seat, publishMany) {
  const { page, field } = seat
  await field.focus()
  const batch = (FLOOD_PER_SECOND * FLOOD_EVERY_MS) / 1_000
  let sent = 0
  const fromMs = Date.now()
  let isWarm = false
  let beforeMb = 0
  const arriving = (async () => {
    while (Date.now() - fromMs < FLOOD_MS) {
      const due = Math.floor((Date.now() - fromMs) / FLOOD_EVERY_MS) * batch
      if (sent < due + batch) sent += await publishMany(batch)
      else await wait(5)
    }
  })()
  await page.evaluate(() => {
    globalThis.probe.keys.length = 0
  })
  while (Date.now() - fromMs < FLOOD_MS) {
    // What is held while one reads at the bottom is full after a third of the time: from there on it must stay as it is.
    if (!isWarm && Date.now() - fromMs > FLOOD_MS / 3) {
      beforeMb = await heapMb(seat)
      isWarm = true
    }
    await page.keyboard.press('e')
    await wait(150)
  }
  await arriving
  const keys = await page.evaluate(() => [...globalThis.probe.keys])
  await field.fill('')
  await page.waitForFunction(() => document.querySelectorAll('.log article').length > 0)
  const afterMb = await heapMb(seat)
  return { keys, sentPerSecond: (1_000 * sent) / FLOOD_MS, growth: afterMb / beforeMb - 1 }
}

/** Hours of use as a number of switches: how much more is held after them than when everything was seen once. */
export async function longUse(seat) {
  const { page } = seat
  const switchTimes = async (count) => {
    for (let at = 0; at < count; at += 1) {
      await goTo(seat, at % 2 === 0 ? 'random' : 'general', '')
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    }
  }
  await switchTimes(WARM_SWITCHES)
  const beforeMb = await heapMb(seat)
  await switchTimes(LONG_SWITCHES)
  const afterMb = await heapMb(seat)
  return { switches: LONG_SWITCHES, beforeMb, afterMb, growth: afterMb / beforeMb - 1 }
}
