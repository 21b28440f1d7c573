// What is drawn for a key, a message, a channel one comes back to: what has changed and nothing else. Durations are measured by
// command (`npm run bench:web`); what makes them is counted here.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { countDrawing, drawingOf } from '../lib/drawing.ts'
import { fill, inView, wheel } from '../lib/log-view.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelKeys, home } from '../lib/words.ts'

/** Rows that fit into the view of these tests, with room for some that are cut. */
const MOST_IN_VIEW = 24

let browser: Browser
let server: Server
let grace: Seat
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  page = grace.page
  await grace.becomeOwner()
  await countDrawing(page)
  await fill(server, home, 400)
  await grace.open(`/chat/${home}`)
  await inView(page, 'Message 400.')
  await page.getByRole('button', { name: 'Emoji' }).first().waitFor()
  await page.waitForLoadState('networkidle')
})
afterAll(async () => {
  await grace.context.close()
  await browser.close()
  await server.remove()
})

test('a key draws nothing before its paint, and no row of the log after it', async () => {
  await grace.composer().focus()
  const drawing = await drawingOf(page, () => page.keyboard.type('what one writes', { delay: 20 }))
  expect(await grace.composer().inputValue()).toBe('what one writes')
  expect(drawing.atOnce).toBe(0)
  expect(drawing.rows).toEqual([])
})

test('what is written is kept with every key, and what follows from it is up to date when a key asks', async () => {
  await grace.composer().fill('')
  await page.keyboard.type('/sh')
  const [kept] = await page.evaluate(() =>
    Object.entries(localStorage).flatMap(([key, value]) =>
      key.includes('.draft.') ? [value] : [],
    ),
  )
  expect(kept).toBe('/sh')
  // No pause: the list of commands is drawn for the key that takes from it.
  await page.keyboard.type('ru')
  await page.keyboard.press('Tab')
  expect(await grace.composer().inputValue()).toBe('/shrug ')
  await grace.composer().fill('')
})

test('a message that arrives draws its own row, and the one that was the last', async () => {
  const drawing = await drawingOf(page, async () => {
    await fill(server, home, 1, { from: 401 })
    await inView(page, 'Message 401.')
  })
  expect(new Set(drawing.rows).size).toBeLessThanOrEqual(2)
  expect(drawing.rows.length).toBeLessThanOrEqual(3)
})

test('scrolling draws each row once', async () => {
  await wheel(page, -300)
  const drawing = await drawingOf(page, async () => {
    for (let turn = 0; turn < 6; turn += 1) await wheel(page, -200)
  })
  const often = drawing.rows.filter((key, at) => drawing.rows.indexOf(key) !== at)
  // The one tab stop moves, and the row under the pointer has its tools.
  expect(new Set(often).size).toBeLessThanOrEqual(12)
  expect(drawing.rows.length).toBeLessThan(60)
})

test('a channel one comes back to is there with the first drawing, and only what is in view', async () => {
  const other = channelKeys.find((key) => key !== home) ?? home
  await grace.channel(other).click()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
  const first = await page.evaluate(async (path) => {
    globalThis.drawing.reset()
    document.querySelector<HTMLElement>(`.nav a[href="${path}"]`)?.click()
    // What a click draws is drawn when its work is done, long before the next picture.
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    return {
      ...globalThis.drawing.counts(),
      isThere: document.querySelector('.log')?.textContent?.includes('Message 401.') === true,
      isHidden: document.querySelector('.log.placing') !== null,
    }
  }, `/chat/${home}`)
  expect(first).toMatchObject({ isThere: true, isHidden: false })
  expect(first.rows.length).toBeLessThanOrEqual(MOST_IN_VIEW)
  expect(grace.troubles).toEqual([])
})
