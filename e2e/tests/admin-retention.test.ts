// How long messages are kept, set in the dashboard while somebody reads them: what goes is said before, leaves the open page at
// once, and stays where a legal hold keeps it until that has ended.

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChannelName } from '@sayso/policy'
import { openSqliteStore } from '@sayso/store/sqlite'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults } from '../lib/axe.ts'
import { openBrowser, Seat } from '../lib/browser.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelKeys, channelOf, home, titleOf } from '../lib/words.ts'

const DAY_MS = 86_400_000
const OLD = ['Long ago one', 'Long ago two', 'Long ago three']
const HELD = 'Long ago and held'

/** Another channel both may write in. */
const elsewhere = channelKeys.find((key) => key !== home) ?? ''

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat
/** Ada's second tab, in the channel that is held. */
let tab: Page

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer({ data: await longAgo() })
  grace = await Seat.take(server, browser, 'Grace Hopper')
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  await grace.enter(server.setUpUrl)
  await ada.enter()
  await ada.open(`/chat/${home}`)
  await ada.composer().waitFor()
  tab = await ada.tab(`/chat/${elsewhere}`)
  await said(tab, HELD).waitFor()
})
afterAll(async () => {
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
  await grace.context.close()
  await ada.context.close()
  await browser.close()
  await server.remove()
})

/** A folder in which people wrote a hundred days ago. */
async function longAgo(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sayso-e2e-'))
  const store = await openSqliteStore({ folder, now: () => Date.now() - 100 * DAY_MS })
  const say = (key: string, data: string) => ({
    kind: 'publish' as const,
    channel: channelOf(key) as ChannelName,
    messages: [{ name: 'message', data, clientId: 'zoe' }],
  })
  await store.transact({
    entries: [...OLD.map((text) => say(home, text)), say(elsewhere, HELD)],
  })
  await store.close()
  return folder
}

const said = (page: Page, text: string) => page.getByRole('log').getByText(text, { exact: true })
const dialog = () => grace.page.getByRole('dialog').filter({ visible: true }).first()
const pressed = (name: string) => dialog().getByRole('button', { name, exact: true })
const row = (key: string) => grace.page.getByRole('row').filter({ hasText: key })

async function part(name: 'days' | 'holds' | 'sweeps'): Promise<void> {
  await grace.open(`/admin/retention?part=${name}`)
}

/** Chooses a channel in the open dialog. */
async function choose(label: string, key: string): Promise<void> {
  await dialog()
    .getByRole('button', { name: `${label} Choose…` })
    .click()
  await grace.page.getByRole('combobox', { name: label }).fill(key)
  await grace.page.locator('[role=listbox][aria-busy=false]').waitFor()
  await grace.page.getByRole('option', { name: `#${key}` }).click()
  await dialog()
    .getByRole('button', { name: `${label} #${key}` })
    .waitFor()
}

/** Sets thirty days for a channel, up to what would go. */
async function setThirty(key: string): Promise<Locator> {
  await part('days')
  await grace.page.getByRole('button', { name: 'Set for a channel' }).click()
  await choose('Channel', key)
  await dialog().getByLabel('Days', { exact: true }).fill('30')
  return dialog().getByRole('status')
}

async function ofRow(key: string, item: string): Promise<void> {
  await row(key)
    .getByRole('button', { name: /What to do with/ })
    .click()
  await grace.page.getByRole('menuitem', { name: item, exact: true }).click()
  await dialog().waitFor()
}

test('a hold is made; what a shorter time would remove is held', async () => {
  await part('holds')
  await grace.page.getByText('Nothing is under a legal hold.').waitFor()
  await grace.page.getByRole('button', { name: 'New hold' }).click()
  await dialog().getByRole('alert').getByText('Say on what, and why.').waitFor()
  await choose('Channel, conversation, tenant', elsewhere)
  await dialog().getByLabel('Why').fill('Case 4711')
  await dialog().getByLabel('Until', { exact: true }).selectOption({ label: '7 days' })
  await pressed('New hold').click()
  await row(elsewhere).getByText('Case 4711').waitFor()
  await row(elsewhere).getByText('Grace Hopper').waitFor()
  const preview = await setThirty(elsewhere)
  await preview.getByText('A legal hold keeps all of it until it ends.').waitFor()
  expect(
    await dialog()
      .getByLabel(/^Type /)
      .count(),
  ).toBe(0)
  await pressed('Save').click()
  await row(elsewhere).getByText('30 days').waitFor()
})

test('what goes is said, asks for the name, and leaves the page of whoever reads it', async () => {
  for (const text of OLD) await ada.message(text).waitFor()
  await ada.say('Said today')
  await ada.message('Said today').waitFor()
  const preview = await setThirty(home)
  await preview.getByText(`${OLD.length} messages and 0 files go for good, now.`).waitFor()
  // Without the name nothing is done.
  await dialog().getByLabel('Days', { exact: true }).press('Enter')
  expect(await pressed('Save').getAttribute('aria-disabled')).toBe('true')
  expect(await faults(grace.page)).toEqual([])
  await dialog().getByLabel(`Type #${home} to confirm`).fill(`#${home}`)
  await pressed('Save').click()
  await row(home).getByText('30 days').waitFor()
  for (const text of OLD) await ada.message(text).waitFor({ state: 'detached' })
  await ada.message('Said today').waitFor()
  await part('sweeps')
  await row(home).getByText('3', { exact: true }).waitFor()
  await said(tab, HELD).waitFor()
})

test('a hold is extended, and what it kept goes when it has ended', async () => {
  await part('holds')
  await ofRow(elsewhere, 'Extend…')
  await dialog().getByLabel('Until', { exact: true }).selectOption({ label: 'For good' })
  await pressed('Save').click()
  await row(elsewhere).getByText('Somebody ends it').waitFor()
  await ofRow(elsewhere, 'End…')
  await dialog()
    .getByText(/goes for good soon after/)
    .waitFor()
  await said(tab, HELD).waitFor()
  const title = titleOf(elsewhere)
  await dialog().getByLabel(`Type ${title} to confirm`).fill(title)
  await pressed('End it').click()
  await row(elsewhere).waitFor({ state: 'detached' })
  await part('sweeps')
  await grace.page.getByRole('button', { name: 'Remove what is past now' }).click()
  await pressed('Remove what is past now').click()
  await said(tab, HELD).waitFor({ state: 'detached' })
  await row(elsewhere).getByText('1', { exact: true }).waitFor()
})
