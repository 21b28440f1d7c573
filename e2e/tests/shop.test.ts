// The example of a shop, as a stranger starts it: one looks around, signs in there and writes; the operator sees who it is, proved,
// and what the shop knows of them.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../lib/browser.ts'
import { takeOperator } from '../lib/operator.ts'
import { freePort, ROOT, type Server } from '../lib/server.ts'

let browser: Browser
let data: string
let child: ChildProcess
let shop: string
let sayso: Pick<Server, 'url' | 'port' | 'setUpUrl'>

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'sayso-shop-'))
  const [port, saysoPort] = [await freePort(), await freePort()]
  child = spawn(
    process.execPath,
    ['server.mjs', '--port', `${port}`, '--sayso-port', `${saysoPort}`, '--data', data],
    { cwd: join(ROOT, 'examples/shop'), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const said = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk
      if (text.includes('Its operators answer')) resolve(text)
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk
    })
    child.once('exit', () => reject(new Error(text)))
  })
  shop = /The shop is at (\S+)\. /.exec(said)?.[1] ?? ''
  const setUpUrl = /\S+\/setup\?\S+/.exec(said)?.[0]
  sayso = { url: `http://127.0.0.1:${saysoPort}`, port: saysoPort, setUpUrl }
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
  await rm(data, { recursive: true, force: true })
})

test('a customer who signs in at the shop is known at the desk, with what the shop says of them', async () => {
  const grace = await takeOperator(sayso as Server, browser, 'Grace Hopper', sayso.setUpUrl)
  await grace.call('PUT', '/desk/me', { status: 'available' })
  const page = await browser.newPage()
  page.setDefaultTimeout(15_000)
  const violations: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text())
  })
  await page.goto(shop)
  await page.getByRole('link', { name: /Carafe/ }).click()
  await page.getByRole('heading', { name: 'Carafe, sand' }).waitFor()
  const field = page
    .frameLocator('sayso-widget iframe')
    .getByRole('textbox', { name: 'Write a message' })
  await page.getByRole('button', { name: 'Chat with us' }).click()
  await field.fill('Is it dishwasher safe?')
  await field.press('Enter')
  await page.frameLocator('sayso-widget iframe').getByText('in the queue').waitFor()
  await page.goto(`${shop}/account`)
  await page.getByLabel('Password').fill('stoneware')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Inès Moreau' }).waitFor()
  // The conversation goes along to whoever it turned out to be.
  const log = page.frameLocator('sayso-widget iframe').getByRole('log')
  await log.getByText('Is it dishwasher safe?').waitFor()
  const { body } = await grace.call<{
    items: { key: string; visitor: { id: string; name: string; verified: boolean } }[]
  }>('GET', '/desk/conversations?view=waiting')
  const [found] = body.items
  expect(found?.visitor).toMatchObject({ name: 'Inès Moreau', verified: true })
  expect((await grace.call('POST', `/desk/conversations/${found?.key}/claim`, {})).status).toBe(200)
  const { body: known } = await grace.call('GET', `/desk/visitors/${found?.visitor.id}`)
  expect(JSON.stringify(known)).toContain('"Orders":2')
  const channel = await grace.channel(found?.key ?? '')
  await channel.publish('text', { text: 'It is.' })
  await log.getByText('It is.').waitFor()
  expect(violations).toEqual([])
  await page.close()
  await grace.leave()
})
