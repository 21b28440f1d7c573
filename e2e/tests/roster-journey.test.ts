// A list of ten thousand people in a browser: what stands in the view is drawn, all are counted, the last one is found.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { pathsOf, raw } from '../lib/permit.ts'
import { type Server, startServer } from '../lib/server.ts'

const PEOPLE = 10_000
const GENERAL = 'channel:general'

let browser: Browser
let server: Server
let grace: Seat

const nameOf = (n: number) => ({ first_name: 'Person', last_name: String(n).padStart(5, '0') })

async function fill(): Promise<void> {
  const keys = Array.from({ length: PEOPLE }, (_, n) => `crowd-${n}`)
  const operations = keys.map((key, n) => ({ key, ...nameOf(n), attributes: {} }))
  const { facts } = await pathsOf(server)
  const made = await raw(server, 'POST', `${facts}/bulk/users`, { operations })
  expect(made.status).toBe(200)
  const held = keys.map((user, n) => ({
    user,
    role: n % 10 === 0 ? 'moderator' : 'participant',
    resource_instance: GENERAL,
    tenant: 'default',
  }))
  const done = await raw(server, 'POST', `${facts}/role_assignments/bulk`, held)
  expect(done.status).toBe(200)
}

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  await fill()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.becomeOwner()
  await grace.open('/chat/general')
  await grace.composer().waitFor()
}, 180_000)
afterAll(async () => {
  await grace.context.close()
  await browser.close()
  await server.remove()
})

const pane = () => grace.page.getByRole('complementary', { name: 'People' })
const drawn = () => pane().locator('li[data-place]').count()
const focused = () => grace.page.evaluate(() => document.activeElement?.textContent ?? '')

test('all are counted by role, few are drawn, wherever one scrolls', async () => {
  await pane().getByText('10,001 here').waitFor()
  const groups = await pane().getByRole('heading', { level: 3 }).allTextContents()
  expect(groups).toEqual(['Admin1', 'Moderator1,000', 'Participant9,000'])
  await pane().getByText('Person 00000').waitFor()
  expect(await drawn()).toBeLessThanOrEqual(80)
  const scroller = pane().locator('.people')
  for (const part of [0.5, 0.9, 1]) {
    await scroller.evaluate((element, at) => element.scrollTo(0, element.scrollHeight * at), part)
    await pane()
      .getByText(/^Person \d+/)
      .first()
      .waitFor()
    expect(await drawn()).toBeLessThanOrEqual(80)
  }
  await pane().getByText('Person 09999').waitFor()
  await scroller.evaluate((element) => element.scrollTo(0, 0))
  await pane().getByText('Person 00000').waitFor()
})

test('by keyboard: from the field into the list, to the very end and back', async () => {
  const field = pane().getByRole('searchbox', { name: 'Search people' })
  await field.focus()
  await field.press('ArrowDown')
  await expect.poll(focused).toContain('Grace Hopper')
  await grace.page.keyboard.press('ArrowDown')
  await expect.poll(focused).toContain('Person 00000')
  await grace.page.keyboard.press('End')
  await expect.poll(focused).toContain('Person 09999')
  await grace.page.keyboard.press('ArrowUp')
  await expect.poll(focused).toContain('Person 09998')
  await grace.page.keyboard.press('Home')
  await expect.poll(focused).toContain('Grace Hopper')
})

test('the last one is found, said in numbers, and promoted in place', async () => {
  const field = pane().getByRole('searchbox', { name: 'Search people' })
  await field.fill('person 09999')
  await pane().getByRole('status').getByText('1 person found').waitFor()
  await pane().getByText('Person 09999').waitFor()
  expect(await drawn()).toBe(1)
  await (await grace.menuItem('Person 09999', /^Promote to moderator/)).click()
  await pane()
    .getByRole('heading', { level: 3, name: /Moderator/ })
    .waitFor()
  await field.fill('nobody at all')
  await pane().getByText('Nobody of that name is here.').waitFor()
  await field.press('Escape')
  await pane().getByText('1,001', { exact: true }).waitFor()
  expect(grace.troubles).toEqual([])
})

test('the last of all is completed by an `@`, called by the message, and known after a reload', async () => {
  const composer = grace.composer()
  await composer.fill('')
  await composer.pressSequentially('hello @09999')
  const option = grace.page.getByRole('option', { name: /Person 09999/ })
  await option.waitFor()
  await composer.press('Enter')
  expect(await composer.inputValue()).toBe('hello @Person 09999 ')
  await grace.page.reload()
  await composer.waitFor()
  expect(await composer.inputValue()).toBe('hello @Person 09999 ')
  await grace.page.waitForResponse((answer) => answer.url().includes('q=Person'))
  await composer.press('Enter')
  await grace.page.getByRole('log').getByRole('button', { name: '@Person 09999' }).waitFor()
  expect(grace.troubles).toEqual([])
})

test('search: filters complete by keyboard, names by the server, channels and people beside messages', async () => {
  await grace.open('/chat/general?pane=search')
  const search = grace.page.getByRole('search')
  const field = search.getByRole('combobox', { name: 'Search messages' })
  await field.press('ArrowDown')
  await field.press('Enter')
  expect(await field.inputValue()).toBe('from:')
  await field.pressSequentially('09999')
  await search.getByRole('option', { name: 'Person 09999' }).waitFor()
  await field.press('Enter')
  expect(await field.inputValue()).toBe('from:"Person 09999" ')
  await field.pressSequentially('has:li')
  await field.press('Tab')
  expect(await field.inputValue()).toBe('from:"Person 09999" has:link ')
  await search.getByText('Nothing found in the channels you can read.').waitFor()
  expect(await search.getByText(/^Not known/).count()).toBe(0)
  await field.fill('gener')
  await search.getByRole('list', { name: 'Channels' }).getByRole('link').first().waitFor()
  await field.fill('hopper')
  const people = search.getByRole('list', { name: 'People' })
  await people.getByRole('button', { name: 'Grace Hopper' }).waitFor()
  await field.press('ArrowDown')
  await expect.poll(focused).toContain('Grace Hopper')
  await grace.page.keyboard.press('ArrowUp')
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(grace.troubles).toEqual([])
})
