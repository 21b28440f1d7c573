// Around a message, in two browsers: reactions, answers, threads, undo, pins, saved ones, reports, earlier versions.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Seat, seatTwo } from '../lib/browser.ts'
import { type Server, startServer } from '../lib/server.ts'
import { home } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  ;[grace, ada] = await seatTwo(server, browser, `/chat/${home}`)
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

const row = (seat: Seat, text: string) =>
  seat.page.getByRole('article').filter({ hasText: text }).first()
async function choose(seat: Seat, text: string, item: RegExp): Promise<void> {
  await row(seat, text).click({ button: 'right' })
  await seat.page.getByRole('menuitem', { name: item }).click()
}

describe('around a message', () => {
  test('a reaction shows at both, with who gave it, and is taken back by another press', async () => {
    await ada.say('The build is out.')
    await row(grace, 'The build is out.').hover()
    await row(grace, 'The build is out.').getByRole('button', { name: 'React with 👍' }).click()
    const chip = row(ada, 'The build is out.').getByRole('button', { name: '👍, 1 person' })
    await chip.click()
    const both = row(grace, 'The build is out.').getByRole('button', { name: '👍, 2 people' })
    expect(await both.getAttribute('aria-pressed')).toBe('true')
    await choose(grace, 'The build is out.', /^Who reacted/)
    await grace.page.getByRole('dialog').getByText(ada.name).waitFor()
    await grace.page.keyboard.press('Escape')
    await row(ada, 'The build is out.').getByRole('button', { name: '👍, 2 people' }).click()
    await row(grace, 'The build is out.').getByRole('button', { name: '👍, 1 person' }).waitFor()
    await grace.page.reload()
    await row(grace, 'The build is out.').getByRole('button', { name: '👍, 1 person' }).waitFor()
  })

  test('an answer quotes what it answers; the menu opens by keyboard and gives the focus back', async () => {
    const page = grace.page
    await grace.composer().focus()
    await page.keyboard.press('Shift+Tab')
    const answered = row(grace, 'The build is out.')
    await answered.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    expect(await answered.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: /^Reply/ }).click()
    await page.getByText(`Answering ${ada.name}`).waitFor()
    await grace.say('At last.')
    const quote = row(ada, 'At last.').getByRole('link', { name: /The build is out/ })
    expect(await quote.getAttribute('href')).toContain('?at=')
  })

  test('a thread stands beside the channel, and its root says how many answers there are', async () => {
    await choose(grace, 'At last.', /^Answer in a thread/)
    const field = grace.page.getByRole('textbox', { name: 'Answer' })
    await field.fill('Only in the thread.')
    await field.press('Enter')
    await row(ada, 'At last.')
      .getByRole('link', { name: /1 answer/ })
      .click()
    const pane = ada.page.getByRole('complementary', { name: 'Thread' })
    await pane.getByText('Only in the thread.').waitFor()
    const log = ada.page.getByRole('main').getByRole('log')
    expect(await log.getByText('Only in the thread.').count()).toBe(0)
    const answer = pane.getByRole('textbox', { name: 'Answer' })
    await pane.getByLabel(/^Also in/).check()
    await answer.fill('For everybody.')
    await answer.press('Enter')
    await row(grace, 'At last.')
      .getByRole('link', { name: /2 answers/ })
      .waitFor()
    await grace.page.getByRole('main').getByRole('log').getByText('For everybody.').waitFor()
  })

  test('what is deleted can be had back; nobody else has heard of it', async () => {
    await ada.say('Not meant.')
    await row(grace, 'Not meant.').waitFor()
    await choose(ada, 'Not meant.', /^Delete/)
    await ada.page.getByText(/Deleted in/).waitFor()
    await ada.page.getByRole('button', { name: 'Undo' }).click()
    await ada.message('Not meant.').waitFor()
    expect(await grace.message('Not meant.').count()).toBe(1)
    expect(await grace.page.getByText(/^Message deleted/).count()).toBe(0)
  })

  test('pinned by who may, found by everybody; saved for oneself; reported to who looks after it', async () => {
    await row(ada, 'At last.').click({ button: 'right' })
    expect(await ada.page.getByRole('menuitem', { name: /^Pin/ }).count()).toBe(0)
    await ada.page.keyboard.press('Escape')
    await choose(grace, 'At last.', /^Pin/)
    await ada.page
      .getByText(/pinned a message/)
      .first()
      .waitFor()
    // Its row says so, to everybody.
    for (const seat of [ada, grace])
      await row(seat, 'At last.').getByText('Pinned', { exact: true }).waitFor()
    await ada.page.getByRole('link', { name: 'Pinned' }).click()
    await ada.page
      .getByRole('complementary', { name: 'Pinned' })
      .getByRole('link', { name: /At last/ })
      .waitFor()
    await choose(ada, 'At last.', /^Save/)
    await ada.page.getByRole('link', { name: 'Saved' }).click()
    await ada.page
      .getByRole('complementary', { name: 'Saved' })
      .getByRole('link', { name: /At last/ })
      .waitFor()
    await choose(ada, 'At last.', /^Report/)
    await ada.page.getByLabel('A note for them (optional)').fill('Please look.')
    await ada.page.getByRole('button', { name: 'Report', exact: true }).click()
    await ada.page.getByRole('dialog').waitFor({ state: 'detached' })
    await grace.page.getByRole('link', { name: 'Reported' }).click()
    const reports = grace.page.getByRole('complementary', { name: 'Reported' })
    await reports.getByText(/Please look/).waitFor()
    await reports.getByRole('button', { name: 'Keep it' }).click()
    await reports.getByText('Nothing is reported here.').waitFor()
  })

  test('earlier versions are shown to who may see them', async () => {
    await ada.composer().focus()
    await ada.page.keyboard.press('ArrowUp')
    const edit = ada.page.getByRole('textbox', { name: /edit/i })
    await edit.fill('Well meant.')
    await edit.press('Enter')
    await choose(grace, 'Well meant.', /^Earlier versions/)
    await grace.page.getByRole('dialog').locator('del', { hasText: 'Not' }).waitFor()
    await grace.page.keyboard.press('Escape')
    expect([...grace.troubles, ...ada.troubles]).toEqual([])
  })
})
