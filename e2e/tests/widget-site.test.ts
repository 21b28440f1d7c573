// The widget as a guest on somebody's page: what it takes, what it leaves alone, and what it bears.

import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../lib/browser.ts'
import { makeWidget } from '../lib/desk.ts'
import { type Operator, takeOperator } from '../lib/operator.ts'
import { type Server, startServer } from '../lib/server.ts'
import { openSite, type Site, widgetPage } from '../lib/site.ts'

let server: Server
let browser: Browser
let site: Site
let widget: string
/** Somebody is there: else the panel asks for a message that is answered by e-mail. */
let grace: Operator
const pages: Page[] = []
/** For what another process draws. */
const SOON = { timeout: 15_000 }

beforeAll(async () => {
  ;[server, browser, site] = await Promise.all([startServer(), openBrowser(), openSite()])
  widget = await makeWidget(server, { sites: [site.origin], look: { colour: '#8a4b2f' } })
  grace = await takeOperator(server, browser, 'Grace Hopper', server.setUpUrl)
  await grace.call('PUT', '/desk/me', { status: 'available' })
})
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close()
})
afterAll(async () => {
  await grace.leave()
  await browser.close()
  await site.close()
  await server.remove()
})

type Open = Parameters<Browser['newContext']>[0]

async function open(path: string, options: Open = {}): Promise<Page> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  pages.push(page)
  await page.goto(site.origin + path)
  return page
}

const put = (path: string, more: Partial<Parameters<typeof widgetPage>[0]> = {}, headers = {}) =>
  site.put(path, { html: widgetPage({ server: server.url, widget, ...more }), headers })

const launcher = (page: Page) => page.getByRole('button', { name: 'Chat with us', exact: true })
const panel = (page: Page): FrameLocator => page.frameLocator('sayso-widget iframe')
const field = (page: Page) => panel(page).getByRole('textbox', { name: 'Write a message' })

/** Everything by which styles of a page get at what is not theirs. */
const HOSTILE = `<style>
  *, *::before, *::after { all: revert !important; display: none !important; position: static !important; color: red !important;
    background: yellow !important; font: 90px/3 cursive !important; opacity: 0 !important; visibility: hidden !important;
    pointer-events: none !important; filter: blur(9px) !important; clip-path: inset(50%) !important; z-index: -1 !important;
    width: 1px !important; height: 1px !important; animation: none !important; }
  html, body, h1, p { display: block !important; visibility: visible !important; opacity: 1 !important; clip-path: none !important;
    filter: none !important; width: auto !important; height: auto !important; }
  sayso-widget, sayso-widget *, iframe, button { display: none !important; transform: scale(0) !important; }
</style>`

describe('on a page', () => {
  test('asks for itself and nothing else, and moves nothing, before it is first used', async () => {
    put('/quiet', {
      head: `<script>globalThis.shifts = 0; globalThis.before = new Set(Object.getOwnPropertyNames(globalThis));
        new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts += value })
          .observe({ type: 'layout-shift', buffered: true })</script>`,
    })
    const context = await browser.newContext()
    const page = await context.newPage()
    pages.push(page)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`${site.origin}/quiet`, { waitUntil: 'networkidle' })
    await launcher(page).waitFor()
    expect(asked.filter((url) => url.startsWith(server.url))).toEqual([`${server.url}/widget.js`])
    const seen = await page.evaluate(() => {
      const { before, shifts } = globalThis as unknown as { before: Set<string>; shifts: number }
      const known = new Set([...before, 'before'])
      return { shifts, added: Object.getOwnPropertyNames(globalThis).filter((n) => !known.has(n)) }
    })
    expect(seen).toEqual({ shifts: 0, added: ['SaysoWidget'] })
    await launcher(page).click()
    await field(page).waitFor()
    expect(await context.cookies()).toEqual([])
  })

  test('looks as the desk says before anything is asked', async () => {
    put('/looks')
    const page = await open('/looks')
    await launcher(page).waitFor()
    const colour = await launcher(page).evaluate((one) => getComputedStyle(one).backgroundColor)
    expect(colour).toBe('rgb(138, 75, 47)')
  })

  test('bears a hostile stylesheet and a strict content policy', async () => {
    const policy = [
      "default-src 'none'",
      `script-src ${server.url}`,
      `frame-src ${server.url}`,
      "style-src 'sha256-none' 'unsafe-inline'",
    ]
    put('/hostile', { head: HOSTILE }, { 'content-security-policy': policy.join('; ') })
    // The page's own style element needs its word; nothing of ours does.
    put('/strict', {}, { 'content-security-policy': policy.slice(0, 3).join('; ') })
    for (const path of ['/hostile', '/strict']) {
      const page = await open(path, { viewport: { width: 1280, height: 800 } })
      const violations: string[] = []
      page.on('console', (message) => {
        if (/content security policy/i.test(message.text())) violations.push(message.text())
      })
      await launcher(page).click()
      await field(page).fill('Does it work?')
      const box = await launcher(page).boundingBox()
      expect(box).toEqual({ x: 1200, y: 720, width: 56, height: 56 })
      const frame = await page.locator('sayso-widget iframe').boundingBox()
      expect(frame).toMatchObject({ x: 872, width: 384, height: 640 })
      const font = await launcher(page).evaluate((one) => getComputedStyle(one).fontSize)
      expect(font).toBe('15px')
      expect(violations).toEqual([])
    }
  })

  test('shows the panel on its own sites only', async () => {
    const stranger = await openSite()
    try {
      stranger.put('/', { html: widgetPage({ server: server.url, widget }) })
      const context = await browser.newContext()
      const page = await context.newPage()
      pages.push(page)
      await page.goto(stranger.origin)
      const refused = page.waitForEvent('console', (message) =>
        message.text().includes('frame-ancestors'),
      )
      await launcher(page).click()
      await refused
      expect(await field(page).count()).toBe(0)
    } finally {
      await stranger.close()
    }
  })

  test('does what the page asks, also before it was there, and tells what happens', async () => {
    put('/api', {
      head: `<script>
        globalThis.heard = [];
        (window.SaysoWidget ??= []).push(
          ['on', 'open', () => heard.push('open')], ['on', 'close', () => heard.push('close')], ['open']);
      </script>`,
    })
    const page = await open('/api')
    await field(page).waitFor()
    const heard = () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)
    expect(await heard()).toEqual(['open'])
    await page.evaluate(() => {
      const { SaysoWidget } = globalThis as unknown as { SaysoWidget: { close(): void } }
      SaysoWidget.close()
    })
    expect(await heard()).toEqual(['open', 'close'])
    await page.evaluate(() => {
      const { SaysoWidget } = globalThis as unknown as { SaysoWidget: { remove(): void } }
      SaysoWidget.remove()
    })
    await expect.poll(() => page.locator('sayso-widget').count()).toBe(0)
  })

  test('is used by keyboard: in, out by Escape, and back to where one was', async () => {
    put('/keys')
    const page = await open('/keys')
    await launcher(page).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => field(page).evaluate((one) => one === document.activeElement), SOON)
      .toBe(true)
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Escape')
    await expect.poll(() => launcher(page).getAttribute('aria-expanded')).toBe('false')
    expect(await launcher(page).evaluate((one) => one.matches(':focus'))).toBe(true)
  })

  test('speaks the language of the page, from right to left where that is read so', async () => {
    put('/arabic', { attributes: ' data-language="ar"' })
    const page = await open('/arabic')
    await page.locator('sayso-widget button').click()
    const root = panel(page).locator('html')
    await panel(page).getByRole('textbox', { name: 'اكتب رسالة' }).waitFor()
    expect(await root.getAttribute('dir')).toBe('rtl')
    expect(await root.getAttribute('lang')).toBe('ar')
  })
})
