// The desk's own screens by a user's hands: statuses and capacities, canned replies, widgets, and every screen in German.

import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Seat } from '../lib/browser.ts'
import { makeWidget } from '../lib/desk.ts'
import {
  button,
  callAs,
  type DeskPlace,
  dialog,
  inbox,
  type Named,
  openDesk,
  reply,
  taken,
} from '../lib/desk-place.ts'
import { closeClients } from '../lib/stock.ts'
import { WidgetVisitor } from '../lib/widget-visitor.ts'

type Own = Named & {
  readonly status: string
  readonly capacity: number
  readonly closing?: { readonly afterSeconds: number; readonly warnSeconds?: number }
}

let desk: DeskPlace
let grace: Seat
let ada: Seat
let widget: string
let comes: DeskPlace['comes']

beforeAll(async () => {
  desk = await openDesk()
  ;({ grace, ada, widget, comes } = desk)
})
afterEach(() => {
  closeClients()
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})
afterAll(async () => desk.close())

/** Words that are the same in both languages, what people are called and said, and the names that languages have for themselves. */
const SAME = new Set([
  ...['Desk', 'Widgets', 'Team', 'Teams', 'Name', 'Logo', 'Gus', 'Guten Tag!', 'Bakery', 'name'],
  ...[
    'Ada Lovelace',
    'Grace Hopper',
    'GU',
    'AL',
    'GH',
    'English',
    'Deutsch',
    'français',
    'español',
  ],
  ...['italiano', 'Nederlands', 'polski', 'português', 'العربية', 'עברית'],
])

/** Everything that can be read or heard on a screen of the desk, line by line. */
async function linesOf(page: Page, path: string): Promise<readonly string[]> {
  await page.goto(`${desk.server.url}/desk${path}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
  return page.locator('body').evaluate((body: HTMLElement) => {
    const names = ['aria-label', 'placeholder', 'title']
    const said = [...body.querySelectorAll('*')].flatMap((one) =>
      names.map((name) => one.getAttribute(name) ?? ''),
    )
    const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode())
      if (!/SCRIPT|STYLE/.test(node.parentElement?.tagName ?? '')) said.push(node.nodeValue ?? '')
    return said.map((one) => one.trim())
  })
}

test('in German no screen says anything as the English one does', async () => {
  const gus = await comes('Gus', 'Guten Tag!')
  const storageState = await grace.context.storageState()
  const contexts = await Promise.all(
    ['en-GB', 'de-DE'].map((locale) => desk.browser.newContext({ locale, storageState })),
  )
  const pages = await Promise.all(contexts.map((context) => context.newPage()))
  const found = new Set<string>()
  const screens = ['', `/inbox/${gus.key}`, '/visitors', '/operators', '/replies', '/reports']
  for (const path of [...screens, '/widgets', `/widgets/${widget}`, '/teams']) {
    const [english = [], german = []] = await Promise.all(pages.map((page) => linesOf(page, path)))
    expect(german.length, path).toBeGreaterThan(10)
    const both = german.filter((line) => english.includes(line) && /\p{L}{2}/u.test(line))
    for (const line of both) if (!SAME.has(line)) found.add(`${path}: ${line}`)
  }
  expect([...found]).toEqual([])
  for (const context of contexts) await context.close()
})

const dock = ({ page }: Seat) => page.getByRole('navigation', { name: 'Desk' })

const own = () => callAs<Own>(desk, ada, 'GET', '/desk/me')

test('how one is seen, how much one takes, and that silent ones close', async () => {
  await grace.open('/desk/operators')
  const line = grace.page.getByRole('listitem').filter({ hasText: ada.name })
  await ada.open('/desk')
  await inbox(ada)
    .getByRole('button', { name: /^Taking chats/ })
    .click()
  await ada.page.getByRole('menuitemradio', { name: /^Busy/ }).click()
  await line.getByText('Busy').waitFor()
  expect((await own()).status).toBe('busy')
  await line.getByRole('button', { name: 'Capacity…' }).click()
  const capacity = dialog(grace, 'Capacity of Ada Lovelace')
  await capacity.getByLabel('Conversations at once').fill('0')
  await capacity.getByRole('button', { name: 'Save' }).click()
  await capacity.getByText('A whole number from 1 to 100.').waitFor()
  await capacity.getByLabel('Conversations at once').fill('40')
  await capacity.getByRole('button', { name: 'Save' }).click()
  await line.getByText(/of 40 conversations/).waitFor()
  await inbox(ada)
    .getByRole('button', { name: /^Busy .*\/40/ })
    .waitFor()
  expect((await own()).capacity).toBe(40)
  const rule = async () => {
    await inbox(ada).getByRole('button', { name: /^Busy/ }).click()
    await ada.page.getByRole('menuitem', { name: /^Close silent ones/ }).click()
    return dialog(ada, /^Close silent conversations/)
  }
  const asked = await rule()
  await asked.getByLabel('Close mine by themselves').check()
  await asked.getByLabel('Minutes of silence').fill('45')
  await asked.getByLabel('Say so before, minutes').fill('5')
  await asked.getByRole('button', { name: 'Save' }).click()
  await asked.waitFor({ state: 'hidden' })
  expect((await own()).closing).toMatchObject({ afterSeconds: 2_700, warnSeconds: 300 })
  await ada.page.reload()
  const again = await rule()
  expect(await again.getByLabel('Minutes of silence').inputValue()).toBe('45')
  await again.getByLabel('Close mine by themselves').uncheck()
  await again.getByRole('button', { name: 'Save' }).click()
  await again.waitFor({ state: 'hidden' })
  expect((await own()).closing).toBeUndefined()
})

type Replies = { readonly items: readonly { readonly shortcut: string; readonly text: string }[] }

test('a canned reply is written, put in by a slash with names filled in, changed and removed', async () => {
  const remy = await comes('Remy', 'Hello?')
  await taken(desk, remy)
  await grace.open('/desk/replies')
  await button(grace, 'New reply').click()
  const made = dialog(grace, 'New reply')
  await made.getByLabel('Shortcut').fill('hi')
  await made.getByLabel('Text').fill('Hello {visitor.name}, {operator.name} of {widget.name} here.')
  await made.getByRole('button', { name: 'Save' }).click()
  await grace.page.getByText('/hi', { exact: true }).waitFor()
  await reply(ada).pressSequentially('/hi')
  await ada.page.getByRole('option', { name: /\/hi/ }).waitFor()
  await reply(ada).press('Enter')
  await expect.poll(() => reply(ada).inputValue()).toMatch(/^Hello Remy, Ada Lovelace of Bakery/)
  await reply(ada).press('Enter')
  await remy.hears('Hello Remy, Ada Lovelace of Bakery here.')
  const replies = async () => (await callAs<Replies>(desk, ada, 'GET', '/desk/replies')).items
  await button(grace, 'Change /hi').click()
  const changed = dialog(grace, 'Change /hi')
  await changed.getByLabel('Text').fill('Good day, {visitor.name}.')
  await changed.getByRole('button', { name: 'Save' }).click()
  await changed.waitFor({ state: 'hidden' })
  await grace.page.getByText('Good day, {visitor.name}.').waitFor()
  expect(await replies()).toMatchObject([{ shortcut: 'hi', text: 'Good day, {visitor.name}.' }])
  await button(grace, 'Remove /hi').click()
  await dialog(grace, 'Remove /hi?').getByRole('button', { name: 'Remove' }).click()
  await grace.page.getByText('There are no canned replies yet.').waitFor()
  expect(await replies()).toEqual([])
})

test('a widget is changed, asks before changes are left, and has keys whose secret is shown once', async () => {
  type Made = {
    name: string
    limits: object
    look: { colour: string }
    identity: { keys: { id: string }[] }
  }
  const made = () => desk.owner<Made>('GET', `/desk/widgets/${widget}`)
  const { page } = grace
  await grace.open('/desk/widgets')
  await page.getByRole('link', { name: 'Bakery' }).click()
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('Bread & Butter')
  await page.getByLabel('Colour', { exact: true }).fill('#aa3300')
  await dock(grace).getByRole('link', { name: 'Reports' }).click()
  await dialog(grace, 'Leave without saving?').getByRole('button', { name: 'Cancel' }).click()
  expect(await name.inputValue()).toBe('Bread & Butter')
  expect((await made()).name).toBe('Bakery')
  await button(grace, 'Save').click()
  await page.getByText('Bread & Butter is saved').waitFor()
  const saved = {
    name: 'Bread & Butter',
    look: { colour: '#aa3300' },
    limits: { conversations: 100 },
  }
  expect(await made()).toMatchObject(saved)
  await page.reload()
  await page.getByRole('heading', { name: 'Bread & Butter', level: 1 }).waitFor()
  expect(await page.getByLabel('Colour', { exact: true }).inputValue()).toBe('#aa3300')
  await button(grace, 'Make a key').click()
  const shown = dialog(grace, 'The key is made')
  const secret = await shown.getByLabel('Secret').inputValue()
  expect(secret.length).toBeGreaterThan(30)
  await shown.getByRole('button', { name: 'I have kept it' }).click()
  const { keys } = (await made()).identity
  expect([keys.length, JSON.stringify(await made()).includes(secret)]).toEqual([1, false])
  await page.reload()
  const region = page.getByRole('region', { name: 'Keys that prove visitors' })
  await region.getByText(keys[0]?.id ?? '').waitFor()
  expect(await page.content()).not.toContain(secret)
  await region.getByRole('button', { name: 'Remove' }).click()
  await dialog(grace, /^Remove the key/)
    .getByRole('button', { name: 'Remove' })
    .click()
  await region.getByText(keys[0]?.id ?? '').waitFor({ state: 'detached' })
  expect((await made()).identity.keys).toEqual([])
  await dock(grace).getByRole('link', { name: 'Reports' }).click()
  await page.getByRole('heading', { name: 'Reports', level: 1 }).waitFor()
})

test('whoever works in several tenants goes from one to the other by their titles', async () => {
  await desk.owner('PUT', '/tenants/north', { attributes: { title: 'Shop of the north' } })
  await ada.open('/desk')
  await inbox(ada).waitFor()
  expect(await ada.page.getByLabel('Tenant').count()).toBe(0)
  const { items } = await desk.owner<{ items: Named[] }>('GET', '/people')
  const person = items.find(({ name }) => name === ada.name)?.id
  await desk.owner('POST', '/role_assignments', { person, role: 'operator', on: 'tenant:north' })
  const north = await makeWidget(desk.server, { name: 'North', tenant: 'north' })
  await WidgetVisitor.comes({ server: desk.server, widget: north }, 'Nils', 'Hello from the north')
  await ada.open('/desk?view=waiting')
  await ada.page.getByLabel('Tenant').selectOption({ label: 'Shop of the north' })
  await inbox(ada).getByRole('link', { name: 'Waiting' }).click()
  await inbox(ada).getByRole('link', { name: /Nils/ }).waitFor()
  expect(new URL(ada.page.url()).searchParams.get('tenant')).toBe('north')
  // Whoever works there alone begins there.
  await desk.role('DELETE', 'operator')
  await ada.open('/desk?view=waiting')
  await inbox(ada).getByRole('link', { name: /Nils/ }).waitFor()
  expect(await ada.page.getByLabel('Tenant').count()).toBe(0)
  await desk.role('POST', 'operator')
})
