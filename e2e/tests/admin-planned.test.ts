// A reviewed draft that is not put in force at once: planned for an instant, tried in shadow, waiting for a second person; under
// the eyes of whom it concerns.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin, change } from '../lib/admin.ts'
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
  const viewport = { viewport: { width: 1440, height: 900 } }
  grace = await Seat.take(server, browser, 'Grace Hopper', viewport)
  ada = await Seat.take(server, browser, 'Ada Lovelace', viewport)
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

type Item = Readonly<Record<string, unknown>>

async function idOf({ name }: Seat): Promise<string> {
  const { items } = (await admin(server, 'GET', `/people?q=${encodeURIComponent(name)}`)).body as {
    items: Item[]
  }
  return String(items[0]?.id)
}

const cell = (name: RegExp) => page.getByRole('gridcell', { name })
const sheet = () => page.getByRole('complementary', { name: 'What this changes' })
const reason = () => sheet().getByLabel('Reason, kept in the audit log')
const isSilent = (is: boolean) =>
  ada.page.waitForFunction(
    (wanted) =>
      (globalThis.document.querySelector<HTMLTextAreaElement>('#composer')?.readOnly !== false) ===
      wanted,
    is,
  )

/** Nothing is left of what was tried before. */
async function cleared(): Promise<void> {
  const { items } = (await admin(server, 'GET', '/policy/drafts')).body as { items: Item[] }
  for (const { id } of items) await admin(server, 'DELETE', `/policy/drafts/${id}`)
}

/** In the draft, members no longer write; it is being reviewed. */
async function silenced(): Promise<void> {
  await grace.open(`/admin/policy/matrix/${type}`)
  await cell(new RegExp(`^${memberTitle}, Send: `)).click()
  await page.keyboard.press('f')
  await cell(new RegExp(`^${memberTitle}, Send: forbidden, changed in this draft`)).waitFor()
  await page.getByRole('link', { name: 'Review and apply' }).click()
  await sheet()
    .getByText(/connected now and will notice$/)
    .waitFor()
}

const LOOKS = [
  ['light', 1440],
  ['dark', 360],
] as const

async function looked(path: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    for (const fault of await faults(page)) found.push(`${path} ${colorScheme} ${width}: ${fault}`)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  return found
}

describe('planned', () => {
  test('the review says who is typing and how many hold a role; the plan counts down', async () => {
    const writing = ada.composer().pressSequentially('a'.repeat(36), { delay: 250 })
    await silenced()
    await sheet().getByText('1 of them is typing now').waitFor()
    await writing
    await page.getByRole('rowheader', { name: new RegExp(`^${memberTitle}.*2 people`) }).waitFor()
    await reason().fill('Quiet nights')
    await sheet().getByRole('button', { name: 'Plan…' }).click()
    const dialog = page.getByRole('dialog', { name: 'When is it to hold?' })
    expect(await looked('plan dialog')).toEqual([])
    await dialog.getByRole('button', { name: 'Plan it' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'Quiet nights' })
    // The field tells minutes: what is offered is up to one less than the hour, and looking at it takes a while.
    await row.getByText(/^in (1:00:00|(0:)?5\d:\d\d)$/).waitFor()
    await page.getByRole('navigation').getByText('Planned', { exact: true }).first().waitFor()
    expect(await looked('planned')).toEqual([])
    await isSilent(false)
  })

  test('comes into force at its instant, under everybody’s eyes', async () => {
    const { items } = (await admin(server, 'GET', '/policy/plans')).body as { items: Item[] }
    const at = new Date(Date.now() + 1_500).toISOString()
    await admin(server, 'PATCH', `/policy/plans/${items[0]?.id}`, { at })
    await isSilent(true)
    await page.getByText('Nothing is planned.', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
    await isSilent(false)
  })

  test('one that no longer fits is not carried out, says so, and is taken back as a draft', async () => {
    const { text } = (await admin(server, 'GET', '/policy')).body
    const { id } = (await admin(server, 'POST', '/policy/drafts', { title: 'Too late', text })).body
    const at = new Date(Date.now() + 1_000).toISOString()
    await admin(server, 'POST', `/policy/drafts/${id}/plan`, { at, reason: 'soon' })
    await admin(server, 'PUT', '/policy', { text: JSON.stringify({ ...document, namespaces: {} }) })
    await grace.open('/admin/policy/planned')
    const row = page.getByRole('listitem').filter({ hasText: 'Too late' })
    await row.getByText(/^Not carried out: another policy was in force/).waitFor()
    await page.getByText('Not applied').waitFor()
    await row.getByRole('button', { name: 'Take back…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await row.waitFor({ state: 'detached' })
    await admin(server, 'DELETE', `/policy/drafts/${id}`)
  })
})

test('tried in shadow: what it would refuse appears while it happens, and refuses nobody', async () => {
  await silenced()
  await sheet().getByRole('button', { name: 'Try in shadow…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Try it' }).click()
  await page.getByText('Until now the draft answers all of it').waitFor()
  await ada.composer().fill('Still here')
  await ada.composer().press('Enter')
  const row = page.getByRole('row').filter({ hasText: 'Ada Lovelace' }).first()
  await row.getByText('refused').waitFor()
  await ada.page.getByText('Still here').first().waitFor()
  await isSilent(false)
  expect(await looked('shadow')).toEqual([])
  await page.getByRole('button', { name: 'End it' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
  await page.getByText(/^Ended /).waitFor()
})

test('what explains a refusal goes into the draft as the very change', async () => {
  await cleared()
  const subject = `user:${await idOf(ada)}`
  await grace.open(`/admin/explain?who=${subject}&action=pin&on=${type}:${home}`)
  await page.getByRole('link', { name: 'Add to draft' }).click()
  await cell(new RegExp(`^${memberTitle}, Pin: allowed, changed in this draft`)).waitFor()
  await page.getByText(new RegExp(`^${memberTitle} · Pin is allowed`)).waitFor()
})

test('a second person approves what one asked for, and both are named', async () => {
  await cleared()
  const whole = { ...document, settings: { ...document.settings, second_person: ['apply-policy'] } }
  await admin(server, 'PUT', '/policy', { text: JSON.stringify(whole) })
  const [role] = document.settings?.owner ?? []
  await change(server, { assign: `${role?.on}#${role?.role}@user:${await idOf(ada)}` })
  await silenced()
  await reason().fill('Two of us agree')
  await sheet().getByRole('button', { name: 'Ask a second person' }).click()
  await sheet()
    .getByText(/asked a second person/)
    .waitFor()
  await ada.open('/admin/requests')
  const waiting = ada.page.getByRole('listitem').filter({ hasText: 'Two of us agree' })
  await waiting.getByRole('button', { name: 'Approve…' }).click()
  const dialog = ada.page.getByRole('dialog')
  await grace.open('/admin/requests')
  const own = page.getByRole('listitem').filter({ hasText: 'Two of us agree' })
  await own.getByText('You asked for it: somebody else has to approve it.').waitFor()
  expect(await looked('requests')).toEqual([])
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await own.waitFor({ state: 'detached' })
  const lines = (await admin(server, 'GET', '/audit?command=apply-policy')).body.items as Item[]
  expect(lines[0]).toMatchObject({
    actor: `user:${await idOf(ada)}`,
    reason: 'Two of us agree',
    details: { askedBy: `user:${await idOf(grace)}` },
  })
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})
