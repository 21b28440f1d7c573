// Rights on screen: a mute with its countdown, a ban, a role that ends, slow mode, channels of one's own, a word between two.

import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import type { Seat } from '../lib/browser.ts'
import { holds } from '../lib/page-heap.ts'
import { KEY, type Server } from '../lib/server.ts'
import { eachWithTwo } from '../lib/two.ts'

let server: Server
let grace: Seat
let ada: Seat

eachWithTwo((two) => {
  ;({ server, grace, ada } = two)
})
afterEach(() => {
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})

async function call(method: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify(body),
  })
  expect([path, response.status]).toEqual([path, 200])
}

async function idOf(seat: Seat): Promise<string> {
  const answer = await seat.page.request.get(`${server.url}/api/v1/session`)
  return ((await answer.json()) as { person: { id: string } }).person.id
}

async function restrain(seat: Seat, role: string, ms: number): Promise<void> {
  const expires_at = new Date(Date.now() + ms).toISOString()
  const person = await idOf(seat)
  const body = { person, role, on: 'channel:general', reason: 'enough for now', expires_at }
  await call('POST', '/role_assignments', body)
}

/** From the menu behind the plus of the rail. */
async function choose(seat: Seat, item: string): Promise<void> {
  await seat.page.getByRole('button', { name: 'Channels and messages' }).click()
  await seat.page.getByRole('menuitem', { name: item }).click()
}

test('a mute: reason and effect are said before, the card says who, why and until when, undo ends it', async () => {
  await ada.composer().fill('half a thought')
  await (await grace.menuItem(ada.name, /^Mute/)).click()
  const dialog = grace.page.getByRole('dialog', { name: /Mute/ })
  await dialog.getByText(/Can no longer write/).waitFor()
  await dialog.getByLabel(/Reason/).fill('Please read the rules.')
  await dialog.getByRole('button', { name: 'Mute' }).click()
  await ada.page.getByText(/^You can write here again at/).waitFor()
  await ada.page.getByText(/Muted by Grace Hopper: “Please read the rules\.”/).waitFor()
  expect(await ada.page.locator('#composer').inputValue()).toBe('half a thought')
  // The screen never decides: what is forced through the page is refused by the server.
  const token = await (await ada.page.request.get(`${server.url}/api/realtime/token`)).text()
  const forced = await fetch(`${server.url}/channels/chat:general/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'message', data: 'anyway' }),
  })
  expect(forced.status).toBe(401)
  await grace.page.getByRole('button', { name: 'Undo' }).click()
  await ada.composer().waitFor()
  expect(await ada.composer().inputValue()).toBe('half a thought')
})

test('a draft goes by itself at the end of a mute, if one asks for it: once, also after a reload', async () => {
  await ada.composer().fill('patience')
  await restrain(ada, 'muted', 10 * 60_000)
  await ada.page.getByRole('button', { name: /^Send at/ }).click()
  const row = ada.page.getByRole('article').filter({ hasText: 'patience' })
  await row.getByText(/^Waiting until .*; it is sent by itself$/).waitFor()
  // Taken back, it is the draft again.
  await row.getByRole('button', { name: 'Do not send it' }).click()
  expect(await ada.page.locator('#composer').inputValue()).toBe('patience')
  await ada.page.getByRole('button', { name: /^Send at/ }).click()
  await row.getByText(/^Waiting until/).waitFor()
  await ada.page.reload()
  await row.getByText(/^Waiting until/).waitFor()
  const body = { person: await idOf(ada), role: 'muted', on: 'channel:general' }
  await call('DELETE', '/role_assignments', body)
  await grace.message('patience').waitFor()
  await ada.page.getByText(/^Waiting until/).waitFor({ state: 'detached' })
  await grace.say('Is that all?')
  await ada.message('Is that all?').waitFor()
  expect(await grace.message('patience').count()).toBe(1)
})

test('the countdown keeps the time of the server, whatever the clock of the device says', async () => {
  await ada.page.clock.install()
  await ada.page.reload()
  await ada.composer().waitFor()
  await ada.page.clock.setSystemTime(Date.now() + 5 * 3_600_000)
  await restrain(ada, 'muted', 10 * 60_000)
  await ada.page.getByText(/^You can write here again at/).waitFor()
  await ada.page
    .locator('.ring .num')
    .getByText(/^(9:5\d|10:00)$/)
    .waitFor()
})

test('somebody who is removed: nothing of the channel is left in the page or on the device', async () => {
  await grace.say('Nobody else may read this sentence.')
  await ada.message('Nobody else may read this sentence.').waitFor()
  await restrain(ada, 'banned', 48 * 3_600_000)
  await ada.page.getByRole('heading', { name: /^Banned from #general until/ }).waitFor()
  await ada.page.getByText(/Banned by .*: “enough for now”/).waitFor()
  const left = await ada.page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      document.title,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
    ].join('\n'),
  )
  expect(left).not.toContain('Nobody else may read this sentence.')
  await ada.page.getByRole('button', { name: 'Ask to end it' }).click()
  await grace.page.getByText(/asks to be no longer banned/).waitFor()
  await grace.page.getByRole('button', { name: /^Let in/ }).click()
  await ada.message('Nobody else may read this sentence.').waitFor()
})

test('[R-6] nor in the memory of the page: no word of the channel is left in its heap', async () => {
  // The test never names the word to the page itself: that would put it there.
  const word = `q${'zx'.repeat(9)}j`
  await grace.say(`Open words, then ${word}.`)
  await ada.page.getByRole('log').getByText('Open words, then').waitFor()
  expect(await holds(ada.page, word), 'while it may be read').toBe(true)
  await restrain(ada, 'banned', 48 * 3_600_000)
  await ada.page.getByRole('heading', { name: /^Banned from #general until/ }).waitFor()
  await expect.poll(() => holds(ada.page, word), { timeout: 30_000, interval: 1_000 }).toBe(false)
})

test('a role that ends soon: a banner, a request, an answer that prolongs it', async () => {
  const person = await idOf(ada)
  const expires_at = new Date(Date.now() + 3 * 60_000).toISOString()
  await call('POST', '/channels/general/promote', { person, expires_at })
  await ada.page.getByText(/^Your moderator role ends in 3 minutes, at/).waitFor()
  await ada.page.getByRole('button', { name: 'Ask to extend' }).click()
  await ada.page.getByText('You have asked to extend it.').waitFor()
  await grace.page.getByText(/asks to stay moderator/).waitFor()
  await grace.page.getByRole('button', { name: /^Let in/ }).click()
  await ada.page.getByText(/^Your moderator role ends/).waitFor({ state: 'detached' })
})

test('slow mode: the button counts, the next message waits for its turn and is sent once', async () => {
  await grace.page.getByRole('link', { name: 'About #general' }).click()
  await call('PATCH', '/channels/general', { paceSeconds: 3 })
  await ada.say('one')
  await ada.message('one').waitFor()
  await ada.page.locator('.send .ring').waitFor()
  await ada.say('two')
  await grace.message('two').waitFor()
  expect(await grace.message('two').count()).toBe(1)
})

test('a channel of one\u2019s own: made open, found and joined by another, settled, archived', async () => {
  await choose(grace, 'New channel')
  await grace.page.getByLabel('Title').fill('Launch')
  await grace.page.getByRole('radio', { name: /^Open/ }).check()
  await grace.page.getByRole('button', { name: 'Make it' }).click()
  await grace.page.getByRole('heading', { name: 'Launch', level: 1 }).waitFor()
  await choose(ada, 'Browse channels')
  await ada.page.getByRole('button', { name: 'Join Launch' }).click()
  await ada.page.getByRole('heading', { name: 'Launch', level: 1 }).waitFor()
  await grace.page.getByRole('link', { name: 'About #Launch' }).click()
  await grace.page.getByRole('checkbox', { name: /^Read only/ }).check()
  await grace.page.getByText(/1 person affected, 1 of them here now/).waitFor()
  await grace.page.getByRole('button', { name: 'Save' }).click()
  await ada.page.getByText('Only moderators write in #Launch').waitFor()
  await grace.page.getByRole('button', { name: 'Archive' }).click()
  await grace.page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click()
  await ada.page.getByText('#Launch is archived').waitFor()
})

test('a word between two: the same conversation from either side, and nobody else sees it', async () => {
  await choose(ada, 'New message')
  await ada.page.getByRole('checkbox', { name: /Grace Hopper/ }).check()
  await ada.page.getByRole('button', { name: 'Start' }).click()
  await ada.page.getByRole('heading', { name: 'Grace Hopper', level: 1 }).waitFor()
  await ada.composer().fill('Between us.')
  await ada.composer().press('Enter')
  await grace.page.getByRole('link', { name: /Ada Lovelace/ }).click()
  await grace.message('Between us.').waitFor()
})

test('[C-7] people who could not be loaded are asked for again', async () => {
  const { page } = ada
  const people = /\/channels\/[^/]+\/people/
  await page.route(people, (route) => route.fulfill({ status: 503, body: '' }))
  await ada.open('/chat/general')
  const pane = page.getByRole('complementary', { name: 'People' })
  await pane.getByRole('alert').getByText('This could not be loaded.').waitFor()
  await page.unroute(people)
  await pane.getByRole('button', { name: 'Try again' }).click()
  await pane
    .getByRole('button', { name: /^Actions for / })
    .or(pane.locator('.person'))
    .first()
    .waitFor()
  expect(await pane.getByRole('alert').count()).toBe(0)
})

/** Lists and dialogs of which a part is reached only by scrolling them sideways. */
function wide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('ul, ol, dialog[open]')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .map((one) => one.outerHTML.slice(0, 100)),
  )
}

test('[L-2] on a phone the dialogs of the rail fit, and begin in their field', async () => {
  const { page } = ada
  await page.setViewportSize({ width: 320, height: 640 })
  await ada.open('/chat/general?pane=channels')
  for (const item of ['Browse channels', 'New message']) {
    await choose(ada, item)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('listitem').first().waitFor()
    expect(await wide(page)).toEqual([])
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
})
