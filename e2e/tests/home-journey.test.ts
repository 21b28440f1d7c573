// The list of channels where it is a page of its own, on a phone: what was said last in each, as it is now, for whom may read it.

import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { holds } from '../lib/page-heap.ts'
import { keyRest, move, type Person, signUp } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelKeys, channelOf, home, inner, readOnly, titleOf } from '../lib/words.ts'

const elsewhere = channelKeys.find((key) => ![home, inner, readOnly].includes(key)) ?? ''

let browser: Browser
let server: Server
let ada: Person
let phone: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  ada = await signUp(server, 'Ada Lovelace')
  phone = await Seat.take(server, browser, 'Mia Phone', { viewport: { width: 390, height: 760 } })
  await phone.enter()
  await phone.open(`/chat/${home}?pane=channels`)
  await row(elsewhere).waitFor()
})
afterEach(() => {
  expect(phone.troubles).toEqual([])
})
afterAll(async () => {
  await phone.context.close()
  await browser.close()
  await server.remove()
})

function row(key: string): Locator {
  const list = phone.page.getByRole('main', { name: 'Channels' })
  return list.getByRole('link', { name: titleOf(key) })
}

/** As Ada, through the owner's own server. */
async function say(key: string, data: string): Promise<string> {
  const channel = keyRest(server).channels.get(channelOf(key))
  const { serials } = await channel.publish({ name: 'message', data, clientId: ada.id })
  return serials[0] ?? ''
}

test('each channel has what was said in it last, by whom and when, as it comes and goes', async () => {
  await say(elsewhere, '**High** tide at noon')
  await row(elsewhere).getByText('Ada: High tide at noon').waitFor()
  expect(await row(elsewhere).locator('time').count()).toBe(1)
  const serial = await say(elsewhere, 'and low at six')
  await row(elsewhere).getByText('Ada: and low at six').waitFor()
  await keyRest(server).channels.get(channelOf(elsewhere)).deleteMessage({ serial })
  await row(elsewhere).getByText('Ada: High tide at noon').waitFor()
})

test('one sees there what one has said oneself, here or on another device', async () => {
  await row(elsewhere).click()
  await phone.say('Thanks!')
  await phone.message('Thanks!').waitFor()
  await phone.page.getByRole('link', { name: 'Channels' }).first().click()
  await row(elsewhere).getByText('You: Thanks!').waitFor()
  const other = await phone.tab(`/chat/${elsewhere}`)
  const field = other.getByRole('textbox', { name: /^Message #/ })
  await field.fill('Until tomorrow')
  await field.press('Enter')
  await row(elsewhere).getByText('You: Until tomorrow').waitFor()
  await other.close()
})

test('[C-22] the list tells of a lost connection, and of nothing once it is back', async () => {
  const banner = phone.page.getByRole('main').locator('.banner')
  await phone.context.setOffline(true)
  await banner.waitFor()
  await say(elsewhere, 'said meanwhile')
  await phone.context.setOffline(false)
  await banner.waitFor({ state: 'detached' })
  await row(elsewhere).getByText('Ada: said meanwhile').waitFor()
})

test('[R-6] what one may no longer read is gone from the list, and from the memory of the page', async () => {
  const answer = await phone.page.request.get(`${server.url}/api/v1/session`)
  const { person } = (await answer.json()) as { person: Person }
  await move(server, 'promote', home, person)
  // The test never names the word to the page itself: that would put it there.
  const word = `q${'zx'.repeat(9)}j`
  await say(inner, `Open words, then ${word}.`)
  await row(inner).getByText('Ada: Open words, then').waitFor()
  expect(await holds(phone.page, word), 'while it may be read').toBe(true)
  await move(server, 'demote', home, person)
  await phone.page.getByText('Ada: Open words, then').waitFor({ state: 'detached' })
  await expect.poll(() => holds(phone.page, word), { timeout: 30_000, interval: 1_000 }).toBe(false)
  await move(server, 'promote', home, person)
  await row(inner).getByText('Ada: Open words, then').waitFor()
})
