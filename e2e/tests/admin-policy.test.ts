// The policy screens: a role made, a right taken, the draft looked over, put in force under somebody's eyes, and undone.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin } from '../lib/admin.ts'
import { faults } from '../lib/axe.ts'
import { openBrowser, Seat } from '../lib/browser.ts'
import { type Server, startServer } from '../lib/server.ts'
import { document, home, promotion } from '../lib/words.ts'

const type = String(promotion?.type)
const member = String(promotion?.replaces)
const memberTitle = document.types[type]?.roles[member]?.title ?? member

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper', {
    viewport: { width: 1440, height: 900 },
  })
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  await grace.becomeOwner()
  await ada.signUp()
  await ada.open(`/chat/${home}`)
  await ada.composer().waitFor()
  page = grace.page
})
afterAll(async () => {
  await grace.context.close()
  await ada.context.close()
  await browser.close()
  await server.remove()
})

const bar = () => page.getByRole('region', { name: 'Draft', exact: true })
const cell = (name: RegExp) => page.getByRole('gridcell', { name })
const isSilent = (is: boolean) =>
  ada.page.waitForFunction(
    (wanted) =>
      (globalThis.document.querySelector<HTMLTextAreaElement>('#composer')?.readOnly !== false) ===
      wanted,
    is,
  )

describe('a draft', () => {
  test('a role is made and a right taken by keyboard, both only in the draft', async () => {
    await grace.open(`/admin/policy/matrix/${type}`)
    await page.getByRole('button', { name: 'New role' }).click()
    const dialog = page.getByRole('dialog', { name: /New role/ })
    await dialog.getByLabel('What it is called').fill('Guest speaker')
    await dialog.getByRole('button', { name: 'Put into the draft' }).click()
    await page.getByRole('rowheader', { name: /Guest speaker/ }).waitFor()
    await cell(/^Guest speaker, Send: never granted/).click()
    await page.keyboard.press('a')
    await cell(/^Guest speaker, Send: allowed.*changed in this draft/).waitFor()
    await cell(new RegExp(`^${memberTitle}, Send: `)).click()
    await page.keyboard.press('f')
    await cell(new RegExp(`^${memberTitle}, Send: forbidden, changed in this draft`)).waitFor()
    await bar()
      .getByText(/^2 changes/)
      .waitFor()
    expect((await admin(server, 'GET', '/policy')).body.text).not.toContain('guest-speaker')
    const { items } = (await admin(server, 'GET', '/policy/drafts')).body as { items: unknown[] }
    expect(items).toHaveLength(1)
  })

  test('is kept: another page shows it', async () => {
    await page.reload()
    await cell(new RegExp(`^${memberTitle}, Send: forbidden, changed in this draft`)).waitFor()
  })

  test('tests are kept with the policy and played against it', async () => {
    const text = `name: Members write
resources: { ${type}:one: {} }
tuples: [${type}:one#${member}@user:ada]
assertions:
  - { subject: user:ada, on: ${type}:one, can: [publish] }
`
    await admin(server, 'PUT', '/policy/tests/members', { text })
    const { items } = (await admin(server, 'GET', '/policy/drafts')).body as {
      items: { id: string }[]
    }
    const played = await admin(server, 'POST', `/policy/drafts/${items[0]?.id}/test`)
    expect(played.body).toMatchObject({ passed: 0, failed: 1, invalid: 0 })
    expect((await admin(server, 'POST', '/policy/test', {})).body).toMatchObject({ passed: 1 })
    expect((await admin(server, 'PUT', '/policy/tests/-', { text })).body.code).toBe('invalid')
    expect((await admin(server, 'DELETE', '/policy/tests/none')).body.code).toBe('test_unknown')
  })

  test('is looked over: in words, for whom, and what the tests say', async () => {
    await bar().getByRole('link', { name: 'Review and apply' }).click()
    const sheet = page.getByRole('complementary', { name: 'What this changes' })
    await sheet.getByText('person is connected now and will notice').waitFor()
    await sheet.getByText('Ada Lovelace').first().waitFor()
    await sheet.getByText('0 of 1 expectations are met by the draft').waitFor()
    expect(await sheet.getByRole('listitem').count()).toBeGreaterThan(1)
    await admin(server, 'DELETE', '/policy/tests/members')
  })

  test('is put in force with a reason, under the eyes of whom it concerns, and undone', async () => {
    await page.reload()
    const sheet = page.getByRole('complementary', { name: 'What this changes' })
    await sheet.getByText('No tests are kept with the policy.').waitFor()
    const apply = sheet.getByRole('button', { name: 'Apply now to 1 person' })
    await apply.click()
    await sheet.getByText('Say why.').waitFor()
    await isSilent(false)
    await sheet.getByLabel('Reason, kept in the audit log').fill('Only speakers speak')
    await apply.click()
    await isSilent(true)
    await page.getByText(/min left to undo it/).waitFor()
    const policy = await admin(server, 'GET', '/policy')
    expect(policy.body.text).toContain('guest-speaker')
    expect(policy.body.text).toContain('# ')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
    await isSilent(false)
    await page.goto(`${server.url}/admin/policy/history`)
    await page.getByRole('gridcell', { name: 'Only speakers speak' }).waitFor()
    expect(ada.troubles).toEqual([])
  })
})

describe('rules and text', () => {
  test('a condition is checked as it is written, and told at its character', async () => {
    await page.goto(`${server.url}/admin/policy/rules/${type}?rule=new&action=publish&to=${member}`)
    const dialog = page.getByRole('dialog', { name: 'Add rule' })
    await dialog.getByLabel('When').fill('resource.quiet &&')
    await dialog.getByText(/^At character \d+:/).waitFor()
    await dialog.getByLabel('When').fill('has(resource.quiet) && resource.quiet == true')
    await dialog.getByText('It fits.').waitFor()
    await dialog.getByRole('button', { name: 'Put into the draft' }).click()
    await bar()
      .getByText(/^1 change/)
      .waitFor()
  })

  test('the same draft is edited as text, with problems at their line', async () => {
    await page.getByRole('link', { name: 'Text', exact: true }).click()
    const editor = page.getByRole('textbox', { name: 'The policy as text' })
    await editor.click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('colour: red\n')
    await page.getByText(/^Line 1, column 1/).waitFor()
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.getByText('It is a whole policy.').waitFor()
    await bar().getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
    await bar().waitFor({ state: 'detached' })
  })
})

test('50 roles and 200 actions: only what is in view is drawn, the keyboard reaches every cell', async () => {
  const actions = Array.from({ length: 200 }, (_, at) => `act-${at}`)
  const roles = Object.fromEntries(
    Array.from({ length: 50 }, (_, at) => [`r${at}`, { can: [`act-${at}`] }]),
  )
  const whole = { ...document, types: { ...document.types, big: { actions, roles } } }
  const made = await admin(server, 'POST', '/policy/drafts', {
    title: 'Big',
    text: JSON.stringify(whole),
  })
  await page.goto(`${server.url}/admin/policy/matrix/big?draft=${made.body.id}`)
  await cell(/^r0, Act 0: allowed/).click()
  expect(await page.getByRole('gridcell').count()).toBeLessThan(1_000)
  await page.keyboard.press('Control+End')
  await page.waitForFunction(
    () =>
      globalThis.document.activeElement?.getAttribute('aria-label') ===
      'r49, Act 199: never granted',
  )
  await admin(server, 'DELETE', `/policy/drafts/${made.body.id}`)
})

describe('resources', () => {
  test('are made, found, changed, and removed with what follows', async () => {
    await page.goto(`${server.url}/admin/resources`)
    await page.getByRole('button', { name: 'New resource' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Key').fill('harbour')
    await form.getByLabel('title').fill('Harbour')
    await form.getByLabel('Listed').check()
    await form.getByRole('button', { name: 'Save' }).click()
    const sheet = page.getByRole('complementary', { name: 'Harbour' })
    await sheet.getByText('Nobody has a role on it itself.').waitFor()
    await page.getByLabel('Part of its name').fill('harb')
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await sheet.getByRole('button', { name: 'Remove' }).click()
    const ask = page.getByRole('dialog')
    await ask.getByLabel(/^Type .* to confirm/).fill(`${type}:harbour`)
    await ask.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('Nothing fits.').waitFor()
    expect(grace.troubles).toEqual([])
  })
})

test('no automated finding, no sideways scroll', async () => {
  await admin(server, 'PUT', '/policy/tests/one', { text: 'name: One\nassertions: []\n' })
  const found: string[] = []
  for (const path of [
    `policy/matrix/${type}`,
    `policy/rules/${type}`,
    'policy/tests/one',
    'policy/graph',
    'policy/text',
    'policy/history',
    `resources/${type}:${home}`,
  ]) {
    await page.setViewportSize({ width: 1440, height: 840 })
    await page.goto(`${server.url}/admin/${path}`)
    await page.getByRole('main').getByRole('heading').first().waitFor()
    for (const each of await looked(path)) found.push(each)
  }
  expect(found).toEqual([])
}, 120_000)

/** Rules of WCAG 2.2 A and AA in both themes, at every width. */
async function looked(path: string): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 768, 360]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 840 })
      for (const fault of await faults(page))
        found.push(`${path} ${colorScheme} ${width}: ${fault}`)
    }
  }
  return found
}
