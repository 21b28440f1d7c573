// Three people, three browsers: a visitor on the owner's pages, and two operators at the desk between whom the conversation goes.

import type { FrameLocator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Seat } from '../lib/browser.ts'
import { makeWidget, ownerOf } from '../lib/desk.ts'
import { openSite, widgetPage } from '../lib/site.ts'
import { eachWithTwo, type Two } from '../lib/two.ts'

let two: Two

eachWithTwo((made) => {
  two = made
})

const panel = (page: Page): FrameLocator => page.frameLocator('sayso-widget iframe')
const reply = ({ page }: Seat) => page.getByRole('textbox', { name: /^Reply to/ })
const log = ({ page }: Seat) => page.getByRole('log')
const row = ({ page }: Seat, text: string) =>
  page.getByRole('region', { name: 'Inbox' }).getByRole('link', { name: new RegExp(text) })

async function writes(page: Page, text: string): Promise<void> {
  const field = panel(page).getByRole('textbox', { name: 'Write a message' })
  await field.fill(text)
  await field.press('Enter')
}

async function hears(page: Page, text: string): Promise<void> {
  await panel(page).getByRole('log').getByText(text, { exact: true }).waitFor()
}

/** Ada is an operator, who sees what waits and what is hers; Grace owns the place. Returns the id of Grace. */
async function seatOperators({ server, grace, ada }: Two): Promise<string> {
  const owner = ownerOf(server)
  const { items } = await owner<{ items: { id: string; name: string }[] }>('GET', '/people')
  const idOf = (name: string) => items.find((one) => one.name === name)?.id ?? ''
  const person = idOf('Ada Lovelace')
  await owner('POST', '/role_assignments', { person, role: 'operator', on: 'tenant:default' })
  for (const { page } of [grace, ada]) {
    const data = { status: 'available' }
    const headers = { origin: server.url }
    const answer = await page.request.put(`${server.url}/api/v1/desk/me`, { data, headers })
    expect(answer.status()).toBe(200)
  }
  await Promise.all([grace.open('/desk'), ada.open('/desk')])
  await ada.page.getByText(/^Nobody waits/).waitFor()
  return idOf('Grace Hopper')
}

test('a visitor is answered, walks on, is handed from one operator to the other, ends, and begins anew', async () => {
  const { server, browser, grace, ada } = two
  const site = await openSite()
  const widget = await makeWidget(server, { sites: [site.origin] })
  for (const path of ['/', '/studio'])
    site.put(path, { html: widgetPage({ server: server.url, widget }) })
  const graceId = await seatOperators(two)
  const context = await browser.newContext()
  context.setDefaultTimeout(15_000)
  const visitor = await context.newPage()
  await visitor.goto(site.origin)
  await visitor.getByRole('button', { name: 'Chat with us' }).click()
  await writes(visitor, 'My order is not here.')
  // It waits at both, by itself; one takes it and the other reads who.
  await row(ada, 'My order is not here').click()
  await row(grace, 'My order is not here').click()
  await ada.page.getByRole('button', { name: 'Take it' }).click()
  await grace.page.getByText(/Ada Lovelace has it/).waitFor()
  await reply(ada).fill('I am looking.')
  await reply(ada).press('Enter')
  await hears(visitor, 'I am looking.')
  // A word among operators, by one who does not have it.
  const note = grace.page.getByRole('textbox', { name: 'Note for the desk' })
  await grace.page.getByRole('radio', { name: 'Note' }).check({ force: true })
  await note.fill('Two parcels went astray.')
  await note.press('Enter')
  await log(ada).getByText('Two parcels went astray.').waitFor()
  await visitor.goto(`${site.origin}/studio`)
  await hears(visitor, 'I am looking.')
  // Handed on: it closes here, with who has it now and the draft, and opens there with all that was said.
  await reply(ada).fill('half a sentence')
  await ada.page.getByRole('button', { name: 'Transfer…' }).click()
  const dialog = ada.page.getByRole('dialog')
  await dialog.getByLabel('To', { exact: true }).selectOption(`user:${graceId}`)
  await dialog.getByRole('button', { name: 'Hand it on' }).click()
  await ada.page.getByText(/Grace Hopper has it now/).waitFor()
  await ada.page.getByText('half a sentence').waitFor()
  expect(await ada.page.getByText('I am looking.').count()).toBe(0)
  await log(grace).getByText('I am looking.').waitFor()
  await reply(grace).fill('It comes today.')
  await reply(grace).press('Enter')
  await hears(visitor, 'It comes today.')
  const frame = await (await visitor.locator('sayso-widget iframe').elementHandle())?.contentFrame()
  expect(await frame?.content()).not.toContain('astray')
  await grace.page.getByRole('button', { name: 'Close', exact: true }).click()
  await grace.page.getByRole('button', { name: 'Close it' }).click()
  await panel(visitor).getByText('Grace Hopper closed the conversation').waitFor()
  await panel(visitor).getByRole('button', { name: 'Start a new conversation' }).click()
  await writes(visitor, 'One more thing.')
  await row(ada, 'One more thing').waitFor()
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
  await context.close()
  await site.close()
})
