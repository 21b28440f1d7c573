// What the page says of its connection: nothing while it is well, and each other state once, in sight and aloud, with one
// thing to do about it. The page's clock is moved on by hand; the server, the sockets and the cuts are real.

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { type Link, openLink } from '../lib/link.ts'
import { keyRest } from '../lib/person.ts'
import { freePort, KEY, type Server, startServer } from '../lib/server.ts'
import { channelOf, home } from '../lib/words.ts'

let browser: Browser
let server: Server
let link: Link
let ada: Seat
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  const port = await freePort()
  link = await openLink(port)
  const url = `http://127.0.0.1:${link.port}`
  server = await startServer({ port, env: { SAYSO_PUBLIC_URL: url } })
  ada = await Seat.take({ ...server, url }, browser, 'Ada Lovelace')
  page = ada.page
  await page.clock.install()
  await ada.enter(server.setUpUrl)
  await ada.open(`/chat/${home}`)
  await ada.composer().waitFor()
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  await page.evaluate(listen)
})
afterAll(async () => {
  await ada.context.close()
  await browser.close()
  await link.close()
  await server.remove()
})
afterEach(() => expect(ada.troubles).toEqual([]))

/** In the page: what live regions say, each time it changes. */
function listen(): void {
  const heard: string[] = []
  const before = new WeakMap<Element, string>()
  const look = () => {
    for (const region of document.querySelectorAll('[role=status]')) {
      const text = region.textContent ?? ''
      if (text !== '' && text !== (before.get(region) ?? '')) heard.push(text)
      before.set(region, text)
    }
  }
  look()
  heard.length = 0
  new MutationObserver(look).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
  })
  Object.assign(window, { heard })
}

/** What was heard since the last question. */
const heard = () =>
  page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0, 1_000))
const banner = () => page.locator('.banner')

/** The page's time goes on until it is so. */
async function until(look: () => Promise<unknown>, wanted: unknown, stepMs = 250): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.clock.fastForward(stepMs)
        return look()
      },
      { timeout: 30_000, interval: 40 },
    )
    .toEqual(wanted)
}

async function whole(): Promise<void> {
  await until(() => banner().count(), 0)
}

/** Bo says something. */
async function publish(...texts: readonly string[]): Promise<void> {
  const messages = texts.map((data) => ({ name: 'message', clientId: 'bo', data }))
  await keyRest(server).channels.get(channelOf(home)).publish(messages)
}

/** Ends every connection as an administrator does: their clients do not come back by themselves. */
async function drop(why: string): Promise<void> {
  const authorization = `Bearer ${KEY}`
  const found = await fetch(`${server.url}/api/v1/connections`, { headers: { authorization } })
  const { items } = (await found.json()) as { items: { id: string }[] }
  const reason = encodeURIComponent(why)
  for (const { id } of items)
    await fetch(`${server.url}/api/v1/connections/${id}?reason=${reason}`, {
      method: 'DELETE',
      headers: { authorization },
    })
}

test('connected: nothing is shown and nothing is said', async () => {
  await page.clock.fastForward(60_000)
  expect(await banner().count()).toBe(0)
  expect(await heard()).toEqual([])
})

test('a loss of under two seconds is not told', async () => {
  // The page's time stands still but for what the client needs to come back.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000)
  link.cut()
  await publish('Still there?')
  await until(() => ada.message('Still there?').count(), 1, 5)
  expect(await banner().count()).toBe(0)
  await page.clock.resume()
  expect(await heard()).toEqual(['bo: Still there?'])
})

test('reconnecting: after two seconds, with the time to the next try and *Try now*', async () => {
  link.shut()
  await until(() => banner().getByText('Reconnecting.').count(), 1)
  const next = banner().getByText(/^Next try in \d+ s\. You can keep writing\.$/)
  await until(() => next.count(), 1)
  const seconds = async () => Number(/\d+/.exec((await next.textContent()) ?? '')?.[0])
  const first = await seconds()
  await page.clock.runFor(1_000)
  expect(await seconds()).toBeLessThan(first)
  // Each second is seen, and only the change is heard.
  expect(await heard()).toEqual(['Reconnecting.'])
  await until(() => banner().getByRole('button', { name: 'Try now' }).count(), 1)
  link.open()
  await banner().getByRole('button', { name: 'Try now' }).click()
  // No time goes by: it was tried at once.
  await expect.poll(() => banner().count()).toBe(0)
  expect(await heard()).toEqual(['Connected.'])
})

test('offline: said as such; what is written waits and is sent', async () => {
  await page.context().setOffline(true)
  link.shut()
  await until(() => banner().getByText('You are offline.').count(), 1)
  expect(await banner().getByRole('button').count()).toBe(0)
  await ada.say('From the train.')
  const own = page.getByRole('article').filter({ hasText: 'From the train.' })
  await own.getByText(/^(Sending|Waiting for the connection)$/).waitFor()
  link.open()
  await page.context().setOffline(false)
  await whole()
  await until(async () => {
    const { items } = await keyRest(server).channels.get(channelOf(home)).history({ limit: 5 })
    return items.filter(({ data }) => data === 'From the train.').length
  }, 1)
  expect((await heard()).filter((text) => text !== 'Reconnecting.')).toEqual([
    'You are offline.',
    'Connected.',
  ])
})

test('refused: why, in the words of whoever did it; *Try again* when it may be over', async () => {
  await drop('this device is not kept up to date')
  await banner().getByText('Not connected.').waitFor()
  await banner()
    .getByText(/This device is not kept up to date\. What you write is kept\./)
    .waitFor()
  // It does not come back by itself.
  await page.clock.fastForward(600_000)
  expect(await banner().count()).toBe(1)
  await banner().getByRole('button', { name: 'Try again' }).click()
  await whole()
  expect(await heard()).toEqual(['Not connected.', 'Connected.'])
  // And everything is live again: messages, rights, who is here.
  await publish('Good that you are back.')
  await ada.message('Good that you are back.').waitFor()
  expect(await page.getByText('This channel could not be opened.').count()).toBe(0)
})

test('a gap: too much was said meanwhile; *Load* brings it', async () => {
  await drop('for a moment')
  await banner().getByText('Not connected.').waitFor()
  for (let batch = 0; batch < 9; batch += 1)
    await publish(...Array.from({ length: 100 }, (_, index) => `Word ${batch * 100 + index}.`))
  await banner().getByRole('button', { name: 'Try again' }).click()
  const load = banner().getByRole('button', { name: 'Load' })
  await until(() => load.count(), 1)
  await banner().getByText('Some messages may be missing.').waitFor()
  await until(async () => {
    if ((await load.count()) > 0) await load.click()
    return banner().count()
  }, 0)
  const said = (await heard()).filter((text) => !/^bo: |new messages$/.test(text))
  expect(said.slice(0, 3)).toEqual([
    'Not connected.',
    'Connected.',
    'Some messages may be missing.',
  ])
  expect(said.at(-1)).toBe('Nothing is missing any more.')
})
