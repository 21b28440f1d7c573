// People in the dashboard, through a real browser: many changed at once, why somebody cannot write and what would help, who gave
// whom what, requests answered, somebody erased, and the chat looked at as somebody else.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin } from '../lib/admin.ts'
import { findings } from '../lib/axe.ts'
import { openBrowser, Seat } from '../lib/browser.ts'
import { type Server, startServer } from '../lib/server.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat
const ids = new Map<string, string>()

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.enter(server.setUpUrl)
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  const linus = await Seat.take(server, browser, 'Linus Torvalds')
  for (const seat of [ada, linus]) {
    await seat.enter()
    await seat.open('/chat/general')
    await seat.composer().waitFor()
  }
  const { body } = await admin(server, 'GET', '/people')
  for (const { id, name } of body.items as { id: string; name: string }[]) ids.set(name, id)
})
afterAll(async () => {
  expect(grace.troubles).toEqual([])
  await browser.close()
  await server.remove()
})

const idOf = (name: string) => ids.get(name) ?? ''

async function pick(page: Page, label: RegExp, text: string): Promise<void> {
  await page.getByRole('button', { name: label }).click()
  await page.getByRole('combobox', { name: label }).fill(text)
  await page.locator('[role=listbox][aria-busy=false]').waitFor()
  await page
    .getByRole('option', { name: new RegExp(text) })
    .first()
    .click()
}

describe('people', () => {
  test('many are given a role at once, and what it changes is said before', async () => {
    const { page } = grace
    await grace.open('/admin/people')
    await page.getByLabel('Name, e-mail or id').fill('l')
    for (const name of ['Ada Lovelace', 'Linus Torvalds'])
      await page.getByRole('checkbox', { name: `Select ${name}` }).check()
    await page.getByRole('button', { name: 'Give a role…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Give a role to 2 people' })
    await pick(page, /^Place/, 'random')
    await dialog.getByLabel('Role').selectOption('moderator')
    await dialog.getByText('2 people change.').waitFor()
    await dialog.getByText(/^Ada Lovelace can .* more in #random/).waitFor()
    await dialog.getByLabel(/^Reason/).fill('they keep order there')
    expect(await findings(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Change 2 people' }).click()
    await page.getByText('Done for all of them. It holds in every open session.').waitFor()
    const { body } = await admin(server, 'GET', '/grants?on=channel:random&role=moderator')
    expect((body.items as { name: string }[]).map(({ name }) => name).sort()).toEqual([
      'Ada Lovelace',
      'Linus Torvalds',
    ])
  })

  test('a page of theirs leads to who promoted whom', async () => {
    const { page } = grace
    await grace.open(`/admin/people/${idOf('Ada Lovelace')}`)
    const link = page.getByRole('link', { name: 'Who promoted them? In the audit log' })
    const query = `/admin/audit?${new URLSearchParams({ person: `user:${idOf('Ada Lovelace')}` })}`
    expect(await link.getAttribute('href')).toBe(query)
    await page.getByText('Moderator').first().waitFor()
    expect(await findings(page)).toEqual([])
  })

  test('an attribute is changed; a wrong one is said where it is', async () => {
    const { page } = grace
    await page.getByRole('button', { name: 'Add attribute' }).click()
    await page.getByLabel('Name', { exact: true }).fill('desk number')
    await page.getByLabel('Value', { exact: true }).fill('7')
    await page.getByRole('button', { name: 'Save' }).click()
    await page
      .getByRole('alert')
      .getByText(/begins with a letter/)
      .first()
      .waitFor()
    await page.getByLabel('Name', { exact: true }).fill('desk')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved: Ada Lovelace').waitFor()
    const { body } = await admin(server, 'GET', `/people/${idOf('Ada Lovelace')}`)
    expect(body.attributes).toMatchObject({ desk: 7 })
  })
})

test('why can’t Ada post: the answer in words, the rule, and the change that helps', async () => {
  const { page } = grace
  await admin(server, 'POST', '/changes', {
    changes: [{ assign: `channel:general#muted@user:${idOf('Ada Lovelace')}` }],
  })
  await grace.open('/admin/explain')
  await pick(page, /^Person/, 'Ada Lovelace')
  await pick(page, /^Place/, 'general')
  await pick(page, /^Action/, 'publish')
  await page.getByRole('heading', { name: 'Forbidden by a rule' }).waitFor()
  await page.getByText('Rule muted forbids publish').waitFor()
  await page.getByRole('heading', { name: 'Take Muted of #general from Ada Lovelace' }).waitFor()
  await page.getByText(/Changes 1 person/).waitFor()
  expect(await findings(page)).toEqual([])
  // It is in the address: somebody else opens the same.
  await page.reload()
  await page.getByRole('button', { name: 'Do it now…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Do it now' }).click()
  await page.getByRole('heading', { name: 'Allowed' }).waitFor()
  await ada.say('I can write again')
  await ada.message('I can write again').waitFor()
})

test('requests of all channels wait in one place, and are answered there', async () => {
  const { page } = grace
  await admin(server, 'PUT', '/resources/channel:launch', {
    attributes: { title: 'Launch', listed: true },
  })
  const asked = await ada.context.request.post(`${server.url}/api/v1/channels/launch/requests`, {
    headers: { origin: server.url },
    data: { note: 'I write the release notes.' },
  })
  expect(asked.ok()).toBe(true)
  await grace.open('/admin/requests')
  await page.getByText('I write the release notes.').waitFor()
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: 'Admit…' }).click()
  await page.getByRole('dialog').getByLabel('For how long').selectOption({ label: '1 day' })
  await page.getByRole('dialog').getByRole('button', { name: 'Admit' }).click()
  await page.getByText('Ada Lovelace is in').waitFor()
  await page.getByText(/No requests\. When somebody asks/).waitFor()
  await grace.open('/admin/grants?on=channel:launch')
  await page.getByText(/23:59:\d\d left/).waitFor()
  expect(await findings(page)).toEqual([])
})

test('a group is made, joined, and given a role', async () => {
  const { page } = grace
  await grace.open('/admin/groups')
  await page.getByRole('button', { name: 'Make a group…' }).first().click()
  await page.getByRole('dialog').getByLabel('Key').fill('crew')
  await page.getByRole('dialog').getByRole('button', { name: 'Make a group' }).click()
  await grace.open('/admin/groups/crew')
  await page.getByRole('button', { name: 'Add somebody…' }).click()
  await pick(page, /^Person or group/, 'Ada Lovelace')
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('Ada Lovelace is in').waitFor()
  await page.getByRole('row', { name: /Ada Lovelace/ }).waitFor()
  expect(await findings(page)).toEqual([])
})

test('the chat as somebody else sees it: framed, read only, with a way out', async () => {
  const { page } = grace
  await grace.open(`/admin/people/${idOf('Ada Lovelace')}/view`)
  await page.getByLabel('Why do you look?').fill('she says that #general is empty')
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await page.getByText('You look at this as Ada Lovelace. Nothing can be sent.').waitFor()
  await page
    .locator('.view-frame')
    .getByRole('link', { name: /general/ })
    .first()
    .click()
  await page.locator('.view-frame').getByText('I can write again').first().waitFor()
  const composer = page.locator('.view-frame').locator('[inert] textarea, [inert] [role=textbox]')
  expect(await composer.count()).toBeGreaterThan(0)
  await page.getByRole('link', { name: 'Leave' }).click()
  await page.getByRole('heading', { name: 'Ada Lovelace', level: 1 }).waitFor()
  const { body } = await admin(server, 'GET', '/audit?command=read.view-as')
  expect((body.items as { reason: string }[]).map(({ reason }) => reason)).toEqual([
    'she says that #general is empty',
  ])
})

test('somebody is erased only by their name, and there is a receipt', async () => {
  const { page } = grace
  await grace.open(`/admin/people/${idOf('Linus Torvalds')}`)
  await page.getByRole('button', { name: 'Erase…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Erase Linus Torvalds?' })
  await dialog.getByText('Their account; they cannot sign in any more').waitFor()
  const erase = dialog.getByRole('button', { name: 'Erase', exact: true })
  expect(await erase.getAttribute('aria-disabled')).toBe('true')
  await dialog.getByLabel('Type Linus Torvalds to confirm').fill('Linus Torvalds')
  await erase.click()
  await page.getByRole('heading', { name: 'Receipt' }).first().waitFor()
  expect((await admin(server, 'GET', `/people/${idOf('Linus Torvalds')}`)).status).toBe(404)
})
