// A widget as a draft would have it, for whoever sets it up: the panel itself, in a frame that our own pages alone may show, and
// that asks nothing and keeps nothing.

import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from '../lib/axe.ts'
import { openBrowser } from '../lib/browser.ts'
import { type Server, startServer } from '../lib/server.ts'
import { openSite } from '../lib/site.ts'

let server: Server
let browser: Browser

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

type Said = Readonly<Record<string, unknown>>

/** A page with the preview in it, and how to say something to it. */
async function preview(path = '/login') {
  const page = await browser.newPage({ viewport: { width: 900, height: 800 } })
  page.setDefaultTimeout(15_000)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.frame() !== page.mainFrame()) asked.push(new URL(request.url()).pathname)
  })
  await page.goto(server.url + path)
  const frame = await framed(page, server.url)
  const say = (message: Said) =>
    page.evaluate((said) => {
      const { contentWindow } = document.querySelector('iframe') as HTMLIFrameElement
      contentWindow?.postMessage({ sayso: 'sayso-widget', message: said }, location.origin)
    }, message)
  return { page, frame, say, asked }
}

/** Puts the frame on a page and waits until it listens. */
async function framed(page: Page, origin: string): Promise<Frame> {
  await page.evaluate(
    (src) =>
      new Promise<void>((resolve) => {
        const frame = document.createElement('iframe')
        frame.src = src
        frame.style.cssText = 'position:fixed;inset:0;width:480px;height:780px;z-index:99;border:0'
        addEventListener('message', ({ source }) => {
          if (source === frame.contentWindow) resolve()
        })
        document.body.replaceChildren(frame)
      }),
    `${origin}/widget/frame?preview=1`,
  )
  const [, frame] = page.frames()
  if (frame === undefined) throw new Error('there is no frame')
  return frame
}

test('shows every draft as visitors will see it, and takes nothing of it anywhere', async () => {
  const { page, frame, say, asked } = await preview()
  const focused = () => page.evaluate(() => document.activeElement?.tagName)
  const look = { colour: '#8a4b2f', position: 'left' }
  await say({ kind: 'preview', show: 'talk', draft: { name: 'Terre', look } })
  await frame.getByRole('log').getByText('Where is my order?').waitFor()
  const launcher = frame.getByRole('button', { name: 'Chat with us' })
  expect(await launcher.boundingBox()).toMatchObject({ x: 24 })
  const texts = { title: 'Ask the potters', hello: 'Ahoy.' }
  const form = {
    fields: [{ key: 'name', label: 'What are you called?', kind: 'text', required: true }],
    consent: { text: 'You may keep it.', required: true },
  }
  await say({ kind: 'preview', show: 'form', draft: { name: 'Terre', texts, form } })
  await frame.getByText('Ahoy.').waitFor()
  await frame.getByRole('button', { name: 'Ask the potters' }).waitFor()
  // Nothing took the focus out of the form beside it.
  expect(await focused()).toBe('BODY')
  await frame.getByRole('button', { name: 'Begin the chat' }).click()
  await frame.getByText('This is needed.').waitFor()
  expect(await findings(frame)).toEqual([])
  await say({ kind: 'preview', show: 'offline', draft: { name: 'Terre' }, language: 'de' })
  await frame.getByLabel('Ihre E-Mail').waitFor()
  await say({ kind: 'preview', show: 'ended', draft: { name: 'Terre', language: 'ar' } })
  await expect.poll(() => frame.evaluate(() => document.documentElement.dir)).toBe('rtl')
  await say({ kind: 'preview', show: 'offline', draft: { name: 'Terre', offline: 'hide' } })
  await expect.poll(() => frame.getByRole('button').count()).toBe(0)
  expect(asked.filter((path) => !/^\/widget\/(frame|assets\/)/.test(path))).toEqual([])
  expect(await frame.evaluate(() => Object.keys(localStorage).join())).not.toContain('sayso-widget')
  await page.close()
})

test('bears drafts in the middle of being typed, and whatever else is said to it', async () => {
  const { page, frame, say } = await preview()
  const troubles: string[] = []
  page.on('pageerror', ({ message }) => troubles.push(message))
  for (const draft of [null, 7, 'x', [], { look: { colour: '#8a' } }, { name: '', texts: {} }])
    await say({ kind: 'preview', show: 'talk', draft })
  for (const show of [undefined, 'constructor', 'talk'])
    await say({ kind: 'preview', show, draft: { name: 'Terre' } })
  await frame.getByText('Only you and Terre can read this').waitFor()
  expect(troubles).toEqual([])
  await page.close()
})

test('is framed by our own pages only, and may not connect', async () => {
  const { frame, page } = await preview()
  const refused = await frame.evaluate(() =>
    fetch('/widget/v1/config').then(
      () => 'answered',
      () => 'refused',
    ),
  )
  expect(refused).toBe('refused')
  await page.close()
  const site = await openSite()
  site.put('/', { html: `<iframe src="${server.url}/widget/frame?preview=1"></iframe>` })
  const stranger = await browser.newPage()
  const told = stranger.waitForEvent('console', (message) =>
    message.text().includes('frame-ancestors'),
  )
  await stranger.goto(site.origin)
  await told
  await stranger.close()
  await site.close()
})
