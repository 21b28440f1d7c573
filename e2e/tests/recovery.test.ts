// The pages of a forgotten password, a confirmed e-mail and an invitation, in a real browser and by real mails.

import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { admin } from '../lib/admin.ts'
import { openBrowser, PASSWORD, Seat } from '../lib/browser.ts'
import { type Mailbox, openMailbox } from '../lib/mailbox.ts'
import { type Server, startServer } from '../lib/server.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const NEW_PASSWORD = 'another horse entirely'
const SHOTS = process.env.SAYSO_TEST_SHOTS

let browser: Browser
let mailbox: Mailbox
let server: Server
let ada: Seat
const email = 'ada.lovelace@example.com'

beforeAll(async () => {
  browser = await openBrowser()
  if (SHOTS !== undefined) mkdirSync(SHOTS, { recursive: true })
})
afterAll(async () => browser.close())
beforeEach(async () => {
  mailbox = await openMailbox()
  server = await startServer({ env: mailbox.env })
  ada = await Seat.take(server, browser, 'Ada Lovelace')
})
afterEach(async () => {
  expect(ada.troubles).toEqual([])
  await ada.context.close()
  await server.remove()
  await mailbox.close()
})

type Finding = { readonly id: string; readonly nodes: readonly { readonly html: string }[] }

/** Looks at a page in both themes and on a phone: nothing that axe finds, nothing that has to be scrolled sideways. */
async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(AXE)
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 780 })
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: Finding[] }> }
        }
        return (await axe.run()).violations
      })
      expect(
        found.map(({ id, nodes }) => [id, nodes[0]?.html]),
        `${name} ${scheme} ${width}`,
      ).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, `${name} ${width}`).toBeLessThanOrEqual(width)
      if (SHOTS !== undefined)
        await page.screenshot({ path: join(SHOTS, `${name}-${scheme}-${width}.png`) })
    }
  }
  await page.setViewportSize({ width: 1280, height: 860 })
}

const heading = (name: string) => ada.page.getByRole('heading', { name })

describe('a forgotten password', () => {
  test('is replaced by mail, with the keyboard alone; the link works once', async () => {
    await ada.signUp()
    await mailbox.next(email)
    await ada.context.clearCookies()
    await ada.open('/login')
    await ada.page.getByRole('link', { name: 'Forgot your password?' }).focus()
    await ada.page.keyboard.press('Enter')
    await heading('Choose a new password').waitFor()
    await look(ada.page, 'forgot')
    // The field has the focus already.
    await ada.page.getByLabel('E-mail').focus()
    await ada.page.keyboard.type(email)
    await ada.page.keyboard.press('Enter')
    await heading('Check your mail').waitFor()
    await look(ada.page, 'check-mail')
    const { link } = await mailbox.next(email)

    await ada.page.goto(link)
    await heading('Choose a new password').waitFor()
    await ada.page.getByLabel('New password', { exact: true }).focus()
    await ada.page.keyboard.type('short')
    await ada.page.keyboard.press('Enter')
    await ada.page.getByText('Too short: 12 characters or more.').waitFor()
    await look(ada.page, 'reset')
    await ada.page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
    await ada.page.keyboard.press('Enter')
    await heading('Your password is changed').waitFor()
    await look(ada.page, 'changed')
    await ada.page.getByRole('link', { name: 'Sign in' }).click()
    await ada.page.getByLabel('E-mail').fill(email)
    await ada.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await ada.page.keyboard.press('Enter')
    await ada.page.getByText('E-mail and password do not fit together.').waitFor()
    await look(ada.page, 'sign-in')
    await ada.page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD)
    await ada.page.keyboard.press('Enter')
    await ada.page.getByRole('button', { name: 'Sign out' }).first().waitFor()

    // Away first: the same address again would load nothing.
    await ada.open('/')
    await ada.page.goto(link)
    await ada.page.getByLabel('New password', { exact: true }).fill('once more with feeling')
    await ada.page.keyboard.press('Enter')
    await heading('This link works no more').waitFor()
    await look(ada.page, 'link-over')
    await ada.page.getByRole('link', { name: 'Get a new link' }).click()
    await heading('Choose a new password').waitFor()
  })

  test('on a server that sends no mails, the page says whom to ask', async () => {
    const silent = await startServer()
    try {
      await ada.page.goto(`${silent.url}/forgot`)
      await heading('Ask whoever runs this place').waitFor()
      await look(ada.page, 'no-mail')
      await ada.page.goto(`${silent.url}/reset`)
      await heading('The address is not complete').waitFor()
    } finally {
      await silent.remove()
    }
  })
})

describe('an e-mail', () => {
  test('is confirmed by opening the link, and a link that is cut short says so', async () => {
    await ada.signUp()
    const { link } = await mailbox.next(email)
    await ada.page.goto(link)
    await heading('Your e-mail is confirmed').waitFor()
    await look(ada.page, 'confirmed')
    await ada.page.getByRole('link', { name: 'Go on' }).click()
    await ada.composer().waitFor()
    await ada.page.goto(`${server.url}/confirm#made.up`)
    await heading('This link works no more').waitFor()
    await look(ada.page, 'confirm-over')
  })
})

describe('an invitation', () => {
  test('names who invites and fills in the address; whoever has an account accepts by signing in', async () => {
    const { body } = await admin(server, 'POST', '/invitations', { email })
    await ada.page.goto(String(body.url))
    await ada.page.getByText('invites you to join the conversation.').waitFor()
    await look(ada.page, 'invited')
    expect(await ada.page.getByLabel('E-mail').inputValue()).toBe(email)
    await ada.page.getByLabel('Your name').fill('Ada Lovelace')
    await ada.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await ada.page.keyboard.press('Enter')
    await ada.page.getByRole('button', { name: 'Sign out' }).first().waitFor()
    const [used] = (await admin(server, 'GET', '/invitations')).body.items as { state: string }[]
    expect(used?.state).toBe('used')
    await ada.context.clearCookies()
    await ada.page.goto(String(body.url))
    await ada.page.getByText('This invitation was used already.').waitFor()
  })
})
