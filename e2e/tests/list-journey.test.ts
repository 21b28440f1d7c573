// The message list: ten thousand messages, read up and down, while others write, edit and delete above and below.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { drawn, fill, inView, moved, seen, wheel } from '../lib/log-view.ts'
import { keyRest } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelKeys, channelOf, home } from '../lib/words.ts'

const MOST_DRAWN = 150

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
})
afterAll(async () => {
  await grace.context.close()
  await browser.close()
  await server.remove()
})

/** A channel of its own for each test, in one place. */
const channels = channelKeys.values()
let here = home
beforeEach(() => {
  here = channels.next().value ?? home
})

const channel = () => keyRest(server).channels.get(channelOf(here))

async function open(): Promise<void> {
  await grace.open(`/chat/${here}`)
  await grace.composer().waitFor()
}

describe('reading back', () => {
  test('loading older messages moves nothing, and never draws more than a few', async () => {
    await fill(server, here, 600)
    await open()
    await inView(page, 'Message 600.')
    let most = 0
    const isAtStart = async () =>
      (await seen(page)).scrollTop === 0 &&
      (await page.getByText('This is where', { exact: false }).count()) > 0
    while (!(await isAtStart())) {
      await wheel(page, -1_500)
      const before = await seen(page)
      // Whatever is on its way arrives: nothing of it may be felt.
      await page.waitForLoadState('networkidle')
      await drawn(page)
      const after = await seen(page)
      expect(moved(before, after)).toBeLessThanOrEqual(1)
      most = Math.max(most, before.drawn, after.drawn)
    }
    await inView(page, 'Message 1.')
    expect(most).toBeLessThanOrEqual(MOST_DRAWN)
    expect(grace.troubles).toEqual([])
  })

  test('what changes above and below while one reads moves nothing', async () => {
    await fill(server, here, 300)
    await open()
    await inView(page, 'Message 300.')
    for (let turn = 0; turn < 8; turn += 1) await wheel(page, -600)
    const before = await seen(page)
    const { items } = await channel().history({ limit: 300 })
    const first = Number(/\d+/.exec(before.inView[0]?.text ?? '')?.[0])
    const serialOf = (number: number) => items[300 - number]?.serial ?? ''
    await channel().updateMessage({ serial: serialOf(first - 2), data: 'Long.\n'.repeat(30) })
    await channel().deleteMessage({ serial: serialOf(first - 3), data: '' })
    await fill(server, here, 3, { from: 301 })
    await page.getByRole('button', { name: '3 new messages' }).waitFor()
    await drawn(page)
    expect(moved(before, await seen(page))).toBeLessThanOrEqual(1)
    await page.getByRole('button', { name: '3 new messages' }).click()
    await inView(page, 'Message 303.')
    await page.getByRole('button', { name: /new message/ }).waitFor({ state: 'detached' })
  })

  test('at the bottom one stays at the bottom; a step up is a step up', async () => {
    await fill(server, here, 100)
    await open()
    await inView(page, 'Message 100.')
    await fill(server, here, 20, { from: 101 })
    await inView(page, 'Message 120.')
    await wheel(page, -30)
    await fill(server, here, 1, { from: 121 })
    await inView(page, 'Message 121.')
    await wheel(page, -200)
    await fill(server, here, 1, { from: 122 })
    await page.getByRole('button', { name: '1 new message' }).waitFor()
    await grace.say('Mine is always shown.')
    await grace.message('Mine is always shown.').waitFor()
    await page.getByRole('button', { name: '1 new message' }).waitFor({ state: 'detached' })
  })
})

describe('by keyboard', () => {
  test('arrows go through all that is loaded, drawn or not; the focus is never lost', async () => {
    await fill(server, here, 400)
    await open()
    await inView(page, 'Message 400.')
    await grace.composer().focus()
    const focused = () =>
      page.evaluate(() => document.activeElement?.querySelector('.said')?.textContent ?? '')
    // Back over the button that stands before the field.
    for (let back = 0; back < 3 && (await focused()) === ''; back += 1)
      await page.keyboard.press('Shift+Tab')
    await expect.poll(focused).toMatch(/^Message 400\./)
    for (let step = 1; step <= 60; step += 1) {
      await page.keyboard.press('ArrowUp')
      expect(await focused()).toContain(`Message ${400 - step}.`)
    }
    // The row one is at stays, however far one scrolls.
    for (let turn = 0; turn < 10; turn += 1) await wheel(page, -900)
    expect(await focused()).toContain('Message 340.')
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toContain('Message 341.')
    await inView(page, 'Message 341.')
    await page.keyboard.press('End')
    await inView(page, 'Message 400.')
    expect(await focused()).toContain('Message 400.')
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(focused).toContain('Message 400.')
    await page.keyboard.press('Escape')
    expect(await grace.composer().evaluate((field) => field === document.activeElement)).toBe(true)
  })
})
