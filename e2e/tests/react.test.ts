// The hooks of `ably/react` and `@ably/chat/react`, unmodified, in a real browser, on a page of another origin.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server as Pages } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signIn } from '../lib/account.ts'
import { openBrowser } from '../lib/browser.ts'
import { KEY, ROOT, type Server, startServer } from '../lib/server.ts'
import { closeClients, realtime, rest } from '../lib/stock.ts'

let server: Server
let pages: Pages
let browser: Browser
let folder: string
let users: string

/** Ada, with what her screens are given. */
const withTheme = (theme: string) =>
  writeFile(
    users,
    `ada: { password: in the clear, clear: true, clientData: { theme: ${theme} } }\n`,
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sayso-users-'))
  users = join(folder, 'users.yml')
  await withTheme('dark')
  server = await startServer({ env: { SAYSO_USERS: users } })
  browser = await openBrowser()
  const [script, userScript] = [await bundle('react-page'), await bundle('user-page')]
  pages = createServer((request, response) => {
    const { url = '' } = request
    const isScript = url.endsWith('.js')
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    if (isScript) response.end(url === '/page.js' ? script : userScript)
    else {
      const name = url === '/user' ? 'user' : 'page'
      response.end(`<!doctype html><script type=module src=/${name}.js></script>`)
    }
  })
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
})
afterEach(() => closeClients())
afterAll(async () => {
  await browser.close()
  pages.close()
  await server.remove()
  await rm(folder, { recursive: true, force: true })
})

/** A page as one script, built in memory. */
async function bundle(name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: join(ROOT, 'e2e'),
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: join(ROOT, `e2e/lib/${name}.ts`), formats: ['es'], fileName: 'page' },
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

test('useUser says what the place gives its reader’s screens, and what it gives them later', async () => {
  const address = pages.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { cookie } = await signIn(server, 'ada', 'in the clear')
  const token = await fetch(`${server.url}/api/realtime/token`, { headers: { cookie } })
  const page = await browser.newPage()
  const query = new URLSearchParams({ port: `${server.port}`, token: await token.text() })
  await page.goto(`http://127.0.0.1:${port}/user#${query}`)
  const said = page.locator('p')
  await expect.poll(() => said.textContent()).toBe('ada {"theme":"dark"}')
  await withTheme('light')
  await expect.poll(() => said.textContent(), { timeout: 10_000 }).toBe('ada {"theme":"light"}')
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
