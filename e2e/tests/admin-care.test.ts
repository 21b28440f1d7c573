// Looking after the place in a browser: a key is made, used, revoked, and its connection ends; who promoted whom is found; who
// could read a message is told; connections say how they stand.

import * as Ably from 'ably'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults } from '../lib/axe.ts'
import { openBrowser, Seat } from '../lib/browser.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'

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
  await page().getByRole('textbox', { name: 'Pattern 1' }).fill('chat:*')
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
  await row('pump station')
    .getByRole('button', { name: /What to do with/ })
    .click()
  await page().getByRole('menuitem', { name: 'Revoke' }).click()
  await page()
    .getByText(/by 1 connection now/)
    .waitFor()
  await page().getByLabel('Type pump station to confirm').fill('pump station')
  await page().getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  expect(await failed).toMatchObject({ reason: { statusCode: 401 } })
  client.close()
  await page().getByText('pump station is revoked').waitFor()
})

test('who promoted whom is found, with what it changed; and who could read what was said', async () => {
  await ada.say('Not for everybody')
  await ada.message('Not for everybody').waitFor()
  const session = await ada.context.request.get(`${server.url}/api/v1/session`)
  const { person } = (await session.json()) as { person: { id: string } }
  const promoted = await grace.context.request.post(
    `${server.url}/api/v1/channels/general/promote`,
    { data: { person: person.id, reason: 'keeps order' }, headers: { origin: server.url } },
  )
  expect(promoted.status()).toBe(200)
  await grace.open(`/admin/audit?command=promote&person=user:${person.id}`)
  const line = row('Ada Lovelace')
  await line.getByText('Grace Hopper').waitFor()
  await line.getByRole('gridcell').first().click()
  const sheet = page().getByRole('complementary', { name: 'promote' })
  await sheet.getByText('keeps order').waitFor()
  await sheet
    .getByText(/^(new|is now)$/)
    .first()
    .waitFor()
  await sheet.getByText('1 person').waitFor()
  await page()
    .getByText(/lines are unbroken/)
    .waitFor()
  const rest = new Ably.Rest({ endpoint: '127.0.0.1', port: server.port, tls: false, key: KEY })
  const { items } = await rest.channels.get('chat:general').history()
  const link = `${server.url}/chat/general?at=${encodeURIComponent(items[0]?.serial ?? '')}`
  await grace.open(`/admin/audit?part=readers&link=${encodeURIComponent(link)}`)
  await row('Ada Lovelace').getByText('as it was said').waitFor()
})

test('connections say what runs there, the role and the lag; muting one holds for the person', async () => {
  await grace.open('/admin/connections')
  const hers = row('Ada Lovelace')
  await hers.getByText(/ably-js \d/).waitFor()
  await hers.getByText('Moderator').waitFor()
  await hers.getByText(/\d ms/).waitFor()
  await hers.getByRole('button', { name: /What to do with/ }).click()
  await page()
    .getByRole('menuitem', { name: /^Mute the person/ })
    .click()
  const dialog = page().getByRole('dialog')
  await dialog.getByLabel('For', { exact: true }).selectOption('One hour')
  await dialog.getByRole('button', { name: 'Mute', exact: true }).click()
  await page().getByText('Ada Lovelace is muted').waitFor()
  await ada.composer().waitFor({ state: 'detached' })
})

const SCREENS = [
  'keys',
  'keys?new=1',
  'keys?part=tokens',
  'audit',
  'audit?part=readers',
  'decisions',
  'connections',
  'apps',
  'apps?part=tenants',
  'webhooks',
  'installation',
]
const LOOKS = [
  ['light', 1440],
  ['dark', 360],
] as const

test('nothing automated is found wrong on these screens, and none scrolls sideways', async () => {
  const found: string[] = []
  for (const [colorScheme, width] of LOOKS) {
    await page().emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page().setViewportSize({ width, height: 840 })
    for (const screen of SCREENS) {
      await grace.open(`/admin/${screen}`)
      await page().getByRole('heading', { level: 1 }).waitFor()
      for (const fault of await faults(page())) found.push(`${screen} ${width}: ${fault}`)
    }
  }
  expect(found).toEqual([])
})
