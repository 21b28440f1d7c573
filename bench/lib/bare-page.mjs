// The same measures on a page with nothing in it but rows of text and a field: what the browser and the machine take by
// themselves. Runs the probe of the chat, so that both are measured alike.

import {
  ARRIVING_PER_SECOND,
  FLING_MS,
  KEY_MS,
  KEYS,
  PX_PER_FRAME,
  TYPIST_KEY_MS,
} from './page-load.mjs'
import { wait } from './run.mjs'

const ROWS = 2_000
const DRAWN = 140
const OWN = 15
const SWITCHES = 10

const HTML = `<!doctype html><meta charset="utf-8"><title>bare</title><style>
body { margin: 0; font: 16px/22px sans-serif; height: 100vh; display: flex; flex-direction: column }
.log { flex: 1; min-height: 0; overflow-y: auto; overflow-anchor: none; background: #fff; padding: 0 16px }
.log article { margin: 0; padding: 14px 0 }
textarea { font: inherit; margin: 12px; height: 44px }
</style><body><div class="log"></div><textarea></textarea></body>`

/** Puts what the measures need into the bare page, as `bare`. Runs inside the page. */
function installRows() {
  const log = document.querySelector('.log')
  const row = (text) => {
    const one = document.createElement('article')
    one.textContent = text
    return one
  }
  const words = (at) => `Message ${at}.${' and some words more'.repeat(at % 7)}`
  const fill = (count, said = words) => {
    log.replaceChildren(...Array.from({ length: count }, (_, at) => row(said(at))))
    log.scrollTop = log.scrollHeight
  }
  const append = (text) => {
    log.firstElementChild.remove()
    log.append(row(text))
    log.scrollTop = log.scrollHeight
  }
  const field = document.querySelector('textarea')
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    append(field.value)
    field.value = ''
  })
  globalThis.bare = { fill, append }
}

/**
 * @param newPage opens a page with the probe in it, slowed down as the chat's is
 * @returns the samples of each measure, named as the chat's
 */
export async function bareMeasures(newPage) {
  const page = await newPage()
  // Not `setContent`: it would take the probe's listeners away.
  await page.goto(`data:text/html,${encodeURIComponent(HTML)}`)
  await page.evaluate(installRows)
  await page.evaluate((rows) => globalThis.bare.fill(rows), ROWS)
  const fling = await page.evaluate(
    ([px, ms]) => globalThis.probe.fling(px, ms),
    [PX_PER_FRAME, FLING_MS],
  )
  await page.evaluate((rows) => globalThis.bare.fill(rows), DRAWN)
  const keys = await typing(page, KEY_MS)
  const typist = await typing(page, TYPIST_KEY_MS)
  const mine = await own(page)
  const cached = await switching(page)
  await page.close()
  return { fling, keys, typist, mine, cached }
}

async function typing(page, everyMs) {
  const field = page.locator('textarea')
  await field.focus()
  await page.evaluate((arrivingMs) => {
    globalThis.bare.timer = setInterval(
      () => globalThis.bare.append('One more while somebody types.'),
      arrivingMs,
    )
    globalThis.probe.keys.length = 0
  }, 1_000 / ARRIVING_PER_SECOND)
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press('e')
    await wait(everyMs)
  }
  await page.evaluate(() => clearInterval(globalThis.bare.timer))
  await field.fill('')
  return page.evaluate(() => [...globalThis.probe.keys])
}

async function own(page) {
  const field = page.locator('textarea')
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

/** The rows of a view, made anew. */
async function switching(page) {
  const times = []
  for (let count = 0; count < SWITCHES; count += 1) {
    times.push(
      await page.evaluate(async (said) => {
        const begun = performance.now()
        globalThis.bare.fill(40, (at) => `${said} row ${at}`)
        return (await globalThis.probe.shown('.log', said)).at - begun
      }, `Switch ${count}.`),
    )
    await wait(150)
  }
  return times
}
