// The dashboard's lists in a browser: why it was so then, from a rule and from a sum to the refusals, where somebody is signed in,
// what is declared of people, and a list of another app taken along.

import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { admin } from '../lib/admin.ts'
import { openBrowser, Seat } from '../lib/browser.ts'
import { type Server, startServer } from '../lib/server.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat
let page: Page
let id = ''

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.enter(server.setUpUrl)
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  await ada.enter()
  await ada.open('/chat/general')
  await ada.composer().waitFor()
  page = grace.page
  const { body } = await admin(server, 'GET', '/people?q=Ada')
  id = (body.items as { id: string }[])[0]?.id ?? ''
})
afterAll(async () => {
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
  await browser.close()
  await server.remove()
})

const row = (text: string | RegExp) => page.getByRole('row').filter({ hasText: text })

async function changed(change: object): Promise<number> {
  const { body } = await admin(server, 'POST', '/changes', { changes: [change] })
  const at = Number(body.atMs)
  while (Date.now() <= at) await fetch(`${server.url}/time`)
  return at
}

test('why it was so then is answered with the way of then, and leads to now', async () => {
  const grant = `channel:general#moderator@user:${id}`
  const given = await changed({ assign: grant })
  await changed({ unassign: grant })
  const question = new URLSearchParams({
    who: `user:${id}`,
    action: 'message-delete-any',
    on: 'channel:general',
    at: new Date(given).toISOString(),
  })
  await grace.open(`/admin/explain?${question}`)
  await page.getByRole('heading', { name: 'Allowed' }).waitFor()
  await page.getByText('Moderator in #general').waitFor()
  const was = page.getByRole('complementary', { name: 'As it was' })
  await was.getByText('Now it is refused.').waitFor()
  await was.getByRole('link', { name: 'Explain the answer of now' }).click()
  await page.getByRole('heading', { name: 'Never granted' }).waitFor()
})

test('a rule and a sum of refusals lead to exactly those refusals', async () => {
  await changed({ assign: `channel:general#muted@user:${id}` })
  await admin(server, 'POST', '/explain', {
    subject: `user:${id}`,
    action: 'publish',
    resource: 'channel:general',
  })
  await admin(server, 'POST', '/explain', {
    subject: `user:${id}`,
    action: 'pin',
    resource: 'channel:general',
  })
  await grace.open('/admin/policy/rules/channel')
  await page.getByRole('listitem').filter({ hasText: 'muted' }).getByRole('link').first().click()
  await row('Ada Lovelace').getByText('publish').waitFor()
  expect(await row('pin').count()).toBe(0)
  await grace.open('/admin/analytics?report=denials')
  await page
    .getByRole('row')
    .filter({ hasText: 'types.channel.rules.muted' })
    .getByRole('link')
    .click()
  await row('Ada Lovelace').getByText('publish').waitFor()
  expect(await row('pin').count()).toBe(0)
})

test('a matrix of 50 roles and 200 actions is walked by keyboard, with no more drawn than is seen', async () => {
  const text = String((await admin(server, 'GET', '/policy')).body.text)
  const actions = Array.from({ length: 200 }, (_, n) => `act-${String(n).padStart(3, '0')}`)
  const roles = Array.from(
    { length: 50 },
    (_, n) => `      role-${String(n).padStart(2, '0')}: { can: [${actions[n]}] }`,
  )
  const type = `  yard:\n    actions: [${actions.join(', ')}]\n    roles:\n${roles.join('\n')}\n`
  const answer = await admin(server, 'PUT', '/policy', {
    text: text.replace(/^types:\n/m, `types:\n${type}`),
  })
  expect(answer.status).toBe(200)
  await grace.open('/admin/policy/matrix/yard')
  const at = () =>
    page.evaluate(() =>
      (globalThis.document.activeElement as HTMLElement).getAttribute('aria-label'),
    )
  await page.getByRole('gridcell').first().click()
  const first = await at()
  await page.keyboard.press('Control+End')
  await page.waitForFunction(
    (before) => globalThis.document.activeElement?.getAttribute('aria-label') !== before,
    first,
  )
  const last = String(await at())
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  expect(await at()).toBe(last)
  // The keys change what has the focus, into the draft.
  await page.keyboard.press('a')
  await page.getByRole('region', { name: 'Draft', exact: true }).waitFor()
  expect(String(await at())).toContain('allowed')
  await page.keyboard.press('Control+Home')
  await page
    .getByRole('rowheader', { name: /role-00/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.press('ArrowRight')
  await page
    .getByRole('gridcell', { name: String(first) })
    .and(page.locator(':focus'))
    .waitFor()
  expect(await page.getByRole('gridcell').count()).toBeLessThan(2_000)
})

test('what is declared of people goes into the draft, and draws the form of a person', async () => {
  await grace.open('/admin/policy/people')
  await page.getByRole('button', { name: 'Declare an attribute…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('team')
  await dialog.getByLabel(/^Title on the form/).fill('Team')
  await dialog.getByLabel(/^Only these values/).fill('red\nblue')
  await dialog.getByRole('button', { name: 'Into the draft' }).click()
  await row('team').getByText('red, blue').waitFor()
  await page.getByRole('region', { name: 'Draft', exact: true }).waitFor()
  const text = String((await admin(server, 'GET', '/policy')).body.text)
  const people =
    'people: { attributes: { team: string }, fields: { team: { title: Team, one_of: [red, blue] } } }\n'
  await admin(server, 'PUT', '/policy', { text: `${text}\n${people}` })
  await grace.open(`/admin/people/${id}`)
  await page.getByLabel('Team').selectOption('blue')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved: Ada Lovelace').waitFor()
  const { body } = await admin(server, 'GET', `/people/${id}`)
  expect(body.attributes).toMatchObject({ team: 'blue' })
})

test('where somebody is signed in is listed, and signing them out cuts them off', async () => {
  await grace.open(`/admin/people/${id}`)
  const there = page.getByRole('region', { name: 'Signed in at' })
  await there.getByText(/127\.0\.•\.•/).waitFor()
  await there.getByRole('button', { name: 'Show addresses' }).click()
  await there.getByText(/127\.0\.0\.1/).waitFor()
  await there.getByRole('button', { name: 'Sign out everywhere…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign Ada Lovelace out everywhere?' })
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click()
  await there.getByText('They are signed in nowhere.').waitFor()
  await ada.composer().waitFor({ state: 'detached' })
})

test('a list of another app is taken along as a file of that app', async () => {
  const { body } = await admin(server, 'POST', '/apps', { name: 'Shop' })
  const shop = String(body.id)
  await grace.open(`/admin/audit?app=${shop}`)
  await row('found-app').waitFor()
  await page.getByRole('button', { name: 'Take along' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /As JSON lines/ }).click(),
  ])
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n')
  const founded = lines
    .map((line) => JSON.parse(line))
    .find(({ command }) => command === 'found-app')
  expect(founded).toMatchObject({ target: shop })
})
