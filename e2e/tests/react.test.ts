// The hooks of `ably/react` and `@ably/chat/react`, unmodified, in a real browser, on a page of another origin.

import { createServer, type Server as Pages } from 'node:http'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../lib/browser.ts'
import { KEY, ROOT, type Server, startServer } from '../lib/server.ts'
import { closeClients, realtime, rest } from '../lib/stock.ts'

let server: Server
let pages: Pages
let browser: Browser

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  const script = await bundle()
  pages = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(isScript ? script : '<!doctype html><script type=module src=/page.js></script>')
  })
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
})
afterEach(() => closeClients())
afterAll(async () => {
  await browser.close()
  pages.close()
  await server.remove()
})

/** The page as one script, built in memory. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: join(ROOT, 'e2e'),
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: join(ROOT, 'e2e/lib/react-page.ts'), formats: ['es'], fileName: 'page' },
    },
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error('nothing was built')
  return output.output[0].code
}

test('hooks hear, say, are present and read back, page by page, across origins', async () => {
  const [channel, room] = ['hooks:one', 'hooks-room']
  const address = pages.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const there = rest(server.port, { clientId: 'host' })
  for (const text of ['1', '2', '3'])
    await there.request('post', `/chat/v4/rooms/${room}/messages`, 4, {}, { text }, {})
  const host = realtime(server.port, { clientId: 'host' }).channels.get(channel)
  await host.presence.enter({ mood: 'calm' })
  const page = await browser.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  const query = new URLSearchParams({ port: `${server.port}`, key: KEY, channel, room })
  await page.goto(`http://127.0.0.1:${port}/#${query}`)
  const items = (id: string) => page.locator(`#${id} li`)
  await expect.poll(() => items('members').allTextContents()).toEqual(['host calm', 'page good'])
  await host.publish('n', 'from afar')
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect.poll(() => items('heard').allTextContents()).toEqual(['from afar', 'from the page'])
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => items('said').allTextContents()).toEqual(['from the room'])
  await page.getByRole('button', { name: 'Read back' }).click()
  await expect.poll(() => items('older').allTextContents()).toEqual(['3', '2', '1'])
  expect(troubles).toEqual([])
})

test('the operations of the reference fold on a phone, and stand beside it on a desk', async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } })
  await page.goto(`${server.url}/api/v1/docs`)
  const operation = page.locator('nav li a').first()
  expect(await operation.isVisible()).toBe(false)
  await page.getByLabel('All operations').check()
  expect(await operation.isVisible()).toBe(true)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.reload()
  expect(await operation.isVisible()).toBe(true)
})
