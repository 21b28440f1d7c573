// Looking after the place in a browser: a key is made, used, revoked, and its connection ends; who promoted whom is found; who
// could read a message is told; connections say how they stand.

import { AxeBuilder } from '@axe-core/playwright'
import * as Ably from 'ably'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { type Server, startServer } from '../lib/server.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.becomeOwner()
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  await ada.signUp()
  await ada.open('/chat/general')
  await ada.composer().waitFor()
})
afterAll(async () => {
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
  await grace.context.close()
  await ada.context.close()
  await browser.close()
  await server.remove()
})

const page = () => grace.page
const row = (text: string | RegExp) => page().getByRole('row').filter({ hasText: text })

function connected(key: string): Ably.Realtime {
  return new Ably.Realtime({
    endpoint: '127.0.0.1',
    port: server.port,
    tls: false,
    disableConnectivityCheck: true,
    logLevel: 0,
    clientId: 'pump',
    key,
  })
}

test('a key is made from patterns, shown once, used, and its end ends its connection', async () => {
  await grace.open('/admin/keys?new=1')
  await page().getByLabel('Name', { exact: true }).fill('pump station')
  await page().getByLabel('Pattern 1').fill('chat:*')
  const covers = page().getByRole('region', { name: 'What this covers' })
  await covers.getByText('chat:general', { exact: true }).waitFor()
  await page().getByRole('button', { name: 'New key' }).click()
  const secret = await page().getByLabel('Key with its secret').inputValue()
  expect(secret).toMatch(/^e2eapp\.[^:]+:.+$/)
  await page().getByRole('button', { name: 'I have kept it' }).click()
  const client = connected(secret)
  await client.connection.once('connected')
  const failed = new Promise((resolve) => client.connection.once('failed', resolve))
  await grace.open('/admin/keys')
  await row('pump station').getByRole('button', { name: /What to do with/ }).click()
  await page().getByRole('menuitem', { name: 'Revoke' }).click()
  await page().getByText(/Used by 1 connection now/).waitFor()
  await page().getByLabel('Type pump station to confirm').fill('pump station')
  await page().getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  expect(await failed).toMatchObject({ reason: { statusCode: 401 } })
  client.close()
  await page().getByText('pump station is revoked').waitFor()
})

test('who promoted whom is found, with what it changed; and who could read what was said', async () => {
  await ada.say('Not for everybody')
  await ada.message('Not for everybody').waitFor()
  await grace.open('/admin/audit?command=sign-in')
  await row('Ada Lovelace').first().getByRole('gridcell').first().click()
  const sheet = page().getByRole('complementary', { name: 'sign-in' })
  await sheet.getByText('1 person').waitFor()
  await sheet.getByText(/^(new|is now)$/).first().waitFor()
  await page().getByText(/lines are unbroken/).waitFor()
  const serial = await ada.page.evaluate(async () => {
    const log = document.querySelector('[role=log]')
    return log?.querySelector('[data-serial]')?.getAttribute('data-serial') ?? ''
  })
  if (serial !== '') {
    await grace.open(
      `/admin/audit?part=readers&link=${encodeURIComponent(`${server.url}/chat/general?at=${encodeURIComponent(serial)}`)}`,
    )
    await row('Ada Lovelace').waitFor()
  }
})

test('connections say what runs there, the role and the lag', async () => {
  await grace.open('/admin/connections')
  const hers = row('Ada Lovelace')
  await hers.getByText(/ably-js \d/).waitFor()
  await hers.getByText('Participant').waitFor()
  await hers.getByText(/\d ms/).waitFor()
})

const SCREENS = ['keys?new=1', 'keys?part=tokens', 'audit', 'decisions', 'apps', 'webhooks', 'installation']

test('nothing automated is found wrong on these screens, light and dark', async () => {
  for (const screen of SCREENS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page().emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await grace.open(`/admin/${screen}`)
      await page().getByRole('heading', { level: 1 }).waitFor()
      const found = await new AxeBuilder({ page: page() }).analyze()
      const said = found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
      expect([screen, colorScheme, said]).toEqual([screen, colorScheme, []])
    }
  }
})
