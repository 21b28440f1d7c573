// The dashboard's frame: what one may administer is live, tables work by keyboard, nothing is found by an automated finder.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { change } from '../lib/admin.ts'
import { faults } from '../lib/axe.ts'
import { openBrowser, Seat } from '../lib/browser.ts'
import { type Server, startServer } from '../lib/server.ts'
import { document, home } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat

/** What the owner holds on the tenant. */
const owner = document.settings?.owner?.[0]

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.becomeOwner()
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  await ada.signUp()
  await ada.open(`/chat/${home}`)
  await ada.composer().waitFor()
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

test('what one may administer appears and goes as rights do, without a reload', async () => {
  const { page } = ada
  const tab = await ada.tab('/admin')
  await tab.getByRole('heading', { name: 'Nothing here is open to you' }).waitFor()
  const session = await page.request.get(`${server.url}/api/v1/session`)
  const { person } = (await session.json()) as { person: { id: string } }
  const role = `${owner?.on}#${owner?.role}@user:${person.id}`
  await change(server, { assign: role })
  const screens = tab.getByRole('navigation', { name: 'Admin' })
  await screens.getByRole('link', { name: 'Live connections' }).click()
  await tab
    .getByRole('row', { name: /Ada Lovelace/ })
    .first()
    .waitFor()
  await change(server, { unassign: role })
  await tab.getByText('You may no longer see this.').waitFor()
  // The one that is open stays; the others have gone.
  expect(await screens.getByRole('listitem').allTextContents()).toEqual(['Live connections'])
  await tab.close()
})

test('a connection is found, looked into and ended by keyboard alone', async () => {
  await grace.open('/admin/connections')
  const { page } = grace
  // Her other tab is gone, and might come back.
  const row = page.getByRole('row', { name: /Ada Lovelace.*Open/ })
  await row.first().waitFor()
  await page.getByRole('columnheader', { name: 'Person' }).focus()
  const index = Number(await row.first().getAttribute('data-row'))
  for (let step = -1; step < index; step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('complementary', { name: 'Ada Lovelace' }).waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.locator('[role=menuitem]:focus').waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'End this connection of Ada Lovelace?' }).waitFor()
  await page.keyboard.type('Closing for the night')
  await page.keyboard.press('Enter')
  await page.getByText('The connection has ended').waitFor()
  await row.waitFor({ state: 'detached' })
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})

test('nothing is found on the frame, in both themes and at three widths', async () => {
  const { page } = grace
  const found: string[] = []
  for (const path of ['/admin/overview', '/admin/connections']) {
    await grace.open(path)
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const width of [360, 768, 1440]) {
        await page.setViewportSize({ width, height: 860 })
        for (const fault of await faults(page))
          found.push(`${path} ${colorScheme} ${width}: ${fault}`)
      }
    }
  }
  expect(found).toEqual([])
})
