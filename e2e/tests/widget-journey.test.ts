// A conversation in the widget, from the first word to a new one after it was closed, with an operator at the other end.

import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from '../lib/axe.ts'
import { openBrowser } from '../lib/browser.ts'
import { makeWidget } from '../lib/desk.ts'
import { type Operator, takeOperator } from '../lib/operator.ts'
import { type Server, startServer } from '../lib/server.ts'
import { openSite, type Site, widgetPage } from '../lib/site.ts'

/** For what another process draws. */
const SOON = { timeout: 15_000 }

let server: Server
let browser: Browser
let site: Site
let grace: Operator

beforeAll(async () => {
  ;[server, browser, site] = await Promise.all([startServer(), openBrowser(), openSite()])
  const widget = await makeWidget(server, { sites: [site.origin] })
  for (const path of ['/', '/studio'])
    site.put(path, { html: widgetPage({ server: server.url, widget }) })
  grace = await takeOperator(server, browser, 'Grace Hopper', server.setUpUrl)
  await grace.call('PUT', '/desk/me', { status: 'available' })
})
afterAll(async () => {
  await grace.leave()
  await browser.close()
  await site.close()
  await server.remove()
})

const panel = (page: Page): FrameLocator => page.frameLocator('sayso-widget iframe')
const field = (page: Page) => panel(page).getByRole('textbox', { name: 'Write a message' })
const said = (page: Page, text: string) =>
  panel(page).getByRole('log').getByText(text, { exact: true })

async function visit(context: BrowserContext, path = '/'): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(site.origin + path)
  return page
}

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}

/** The conversation that waits longest, claimed. */
async function claim(operator: Operator): Promise<string> {
  let key: string | undefined
  await expect
    .poll(async () => {
      const { body } = await operator.call<{ items: { key: string }[] }>(
        'GET',
        '/desk/conversations?view=waiting',
      )
      key = body.items[0]?.key
      return key
    }, SOON)
    .toBeDefined()
  const { status } = await operator.call('POST', `/desk/conversations/${key}/claim`, {})
  expect(status).toBe(200)
  return key ?? ''
}

test('opens, waits, is answered, goes along from page to page, ends, and begins anew', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
  const page = await visit(context)
  await page.getByRole('button', { name: 'Chat with us' }).click()
  await say(page, 'My order is not here.')
  await panel(page).getByText('You are number 1 in the queue').waitFor()
  const key = await claim(grace)
  await panel(page).getByText('Grace Hopper is here now').waitFor()
  const channel = await grace.channel(key)
  await channel.publish({ name: 'typing', data: {}, extras: { ephemeral: true } })
  await panel(page).getByText('Grace Hopper is writing').waitFor()
  await channel.publish('note', { text: 'A word among ourselves.' })
  await channel.publish('text', { text: 'It comes today.' })
  await said(page, 'It comes today.').waitFor()
  // How far the visitor has read is told, and what the visitor wrote shows how far the other side is.
  const { body: seen } = await grace.call<{ items: { serial: string }[] }>(
    'GET',
    `/desk/conversations/${key}`,
  )
  expect(seen).toMatchObject({ state: 'open', visitor: { isAnonymous: true } })
  await page.goto(`${site.origin}/studio`)
  await said(page, 'It comes today.').waitFor()
  await said(page, 'My order is not here.').waitFor()
  await expect.poll(() => field(page).count()).toBe(1)
  const frame = await (await page.locator('sayso-widget iframe').elementHandle())?.contentFrame()
  expect(await frame?.content()).not.toContain('among ourselves')
  if (frame) expect(await findings(frame)).toEqual([])
  await grace.call('POST', `/desk/conversations/${key}/close`, { reason: 'solved' })
  await panel(page).getByText('Grace Hopper closed the conversation').waitFor()
  expect(await field(page).count()).toBe(0)
  await panel(page).getByText('Good').click()
  await panel(page).getByRole('button', { name: 'Send', exact: true }).click()
  await panel(page).getByText('Thank you for telling us.').waitFor()
  const { body: closed } = await grace.call('GET', `/desk/conversations/${key}`)
  expect(closed).toMatchObject({ state: 'closed', rating: { score: 5 } })
  if (frame) expect(await findings(frame)).toEqual([])
  await panel(page).getByRole('button', { name: 'Start a new conversation' }).click()
  await say(page, 'One more thing.')
  const next = await claim(grace)
  expect(next).not.toBe(key)
  await panel(page).getByRole('button', { name: 'More' }).click()
  await panel(page).getByRole('menuitem', { name: 'Earlier conversations' }).click()
  await expect.poll(() => panel(page).getByRole('listitem').count(), SOON).toBe(2)
  await context.close()
})

test('what is written while the network is gone is sent when it is back, once; an answer shows on the launcher', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
  const page = await visit(context)
  await page.getByRole('button', { name: 'Chat with us' }).click()
  await say(page, 'First.')
  const key = await claim(grace)
  await panel(page).getByText('Grace Hopper is here now').waitFor()
  await panel(page).getByText('on its way').waitFor({ state: 'detached' })
  await context.setOffline(true)
  await say(page, 'Written in a tunnel.')
  await panel(page).getByText('on its way').waitFor()
  await page.keyboard.press('Escape')
  await context.setOffline(false)
  const channel = await grace.channel(key)
  const texts = async () =>
    (await channel.history()).items.flatMap(({ name, data }) =>
      name === 'text' ? [data.text] : [],
    )
  await expect.poll(texts, { timeout: 40_000 }).toEqual(['Written in a tunnel.', 'First.'])
  await channel.publish('text', { text: 'Now you are out.' })
  await page.getByRole('button', { name: 'Chat with us (1)' }).waitFor({ timeout: 40_000 })
  await page.getByRole('button', { name: 'Chat with us (1)' }).click()
  await said(page, 'Now you are out.').waitFor()
  await page.getByRole('button', { name: 'Chat with us', exact: true }).waitFor()
  expect(await texts()).toEqual(['Now you are out.', 'Written in a tunnel.', 'First.'])
  await context.close()
})

test('two tabs of one visitor are in one conversation', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
  const [one, two] = await Promise.all([visit(context), visit(context, '/studio')])
  await one.getByRole('button', { name: 'Chat with us' }).click()
  await say(one, 'From here.')
  await said(one, 'From here.').waitFor()
  const key = await claim(grace)
  await two.reload()
  await said(two, 'From here.').waitFor()
  await say(two, 'And from there.')
  await said(one, 'And from there.').waitFor()
  const { body } = await grace.call<{ items: unknown[] }>('GET', '/desk/conversations?view=waiting')
  expect(body.items).toEqual([])
  await grace.call('POST', `/desk/conversations/${key}/close`, {})
  await context.close()
})
