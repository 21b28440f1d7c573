// What a visit with an empty cache costs: few requests, packed, and nothing that another screen would need. How long it takes is
// measured by command; what makes it long is counted here.

import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { fill, inView } from '../lib/log-view.ts'
import { type Server, startServer } from '../lib/server.ts'
import { home } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.becomeOwner()
  await fill(server, home, 40)
})
afterAll(async () => {
  await grace.context.close()
  await browser.close()
  await server.remove()
})

/** Opens an address as if it were the first time; what was answered until `stands` resolves and the network is quiet. */
async function visit(path: string, stands: (page: Page) => Promise<unknown>) {
  const page = await grace.context.newPage()
  const devtools = await grace.context.newCDPSession(page)
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  const answers: Response[] = []
  page.on('response', (answer) => answers.push(answer))
  await page.goto(`${server.url}${path}`)
  await stands(page)
  await page.waitForLoadState('networkidle')
  await page.close()
  const paths = answers.map((answer) => new URL(answer.url()).pathname)
  const scripts = answers.filter((_, at) => /^\/assets\/.*\.js$/.test(paths[at] ?? ''))
  return { paths, scripts }
}

const screenOf = (name: string) => (page: Page) =>
  page.getByRole('heading', { level: 1, name }).waitFor()

test('the chat comes in a handful of scripts, packed', async () => {
  const { scripts } = await visit(`/chat/${home}`, (page) => inView(page, 'Message 40.'))
  expect(scripts.length).toBeLessThanOrEqual(8)
  for (const script of scripts) {
    const { 'content-encoding': packed, 'content-length': length } = script.headers()
    expect(packed === 'br' || Number(length) < 1_024, script.url()).toBe(true)
  }
})

test('who is there and their token are asked for before the script has come, once', async () => {
  const page = await grace.context.newPage()
  let tokens = 0
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/realtime/token') tokens += 1
  })
  const asked = Promise.all([
    page.waitForRequest('**/api/v1/session'),
    page.waitForRequest('**/api/realtime/token'),
  ])
  await page.route('**/assets/first-*.js', async (route) => {
    await asked
    await route.continue()
  })
  await page.goto(`${server.url}/chat/${home}`)
  await inView(page, 'Message 40.')
  expect(tokens).toBe(1)
  await page.close()
})

test('a first token that is worth nothing costs another one, not the visit', async () => {
  const page = await grace.context.newPage()
  let tokens = 0
  await page.route('**/api/realtime/token*', (route) => {
    tokens += 1
    return tokens === 1 ? route.fulfill({ body: 'worth.nothing.here' }) : route.continue()
  })
  await page.goto(`${server.url}/chat/${home}`)
  await inView(page, 'Message 40.')
  expect(tokens).toBeGreaterThan(1)
  await page.close()
})

test('a mark stands in for the page until its script has come, and no longer', async () => {
  const page = await grace.context.newPage()
  let come: () => void = () => undefined
  const isHere = new Promise<void>((resolve) => {
    come = resolve
  })
  await page.route('**/assets/first-*.js', async (route) => {
    await isHere
    await route.continue()
  })
  await page.goto(`${server.url}/chat/${home}`, { waitUntil: 'commit' })
  await page.locator('#boot').waitFor()
  come()
  await inView(page, 'Message 40.')
  expect(await page.locator('#boot').count()).toBe(0)
  await page.close()
})

test('the dashboard opens the one screen that is wanted, once it knows all that may be opened', async () => {
  const { paths, scripts } = await visit('/admin', screenOf('Overview'))
  expect(scripts.length).toBeLessThanOrEqual(8)
  expect(paths.filter((path) => /\/(policy|people|explain|connections)-/.test(path))).toEqual([])
  expect(paths.filter((path) => path === '/api/v1/session')).toHaveLength(1)
})

test('signing in loads nothing of the chat beyond the first script', async () => {
  const stranger = await Seat.take(server, browser, 'Nobody yet')
  const paths: string[] = []
  stranger.page.on('response', (answer) => paths.push(new URL(answer.url()).pathname))
  await stranger.page.goto(`${server.url}/login`)
  await stranger.page.getByRole('button', { name: 'Sign in' }).first().waitFor()
  await stranger.page.waitForLoadState('networkidle')
  await stranger.context.close()
  expect(paths.filter((path) => /\/(beside|dashboard)-\w+\.js$/.test(path))).toEqual([])
  expect(paths.filter((path) => /^\/assets\/.*\.js$/.test(path)).length).toBeLessThanOrEqual(8)
})
