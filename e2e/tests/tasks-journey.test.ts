// The twelve tasks of every release, by keyboard alone: no pointer, the focus seen after every key, Escape gives it back.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, PASSWORD, Seat } from '../lib/browser.ts'
import { Hands } from '../lib/hands.ts'
import { listChannel } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { home, inner, titleOf } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let hands: Hands
let bob: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper', { reducedMotion: 'reduce' })
  await grace.becomeOwner()
  bob = await Seat.take(server, browser, 'Bob Kahn')
  await bob.signUp()
  await bob.open(`/chat/${home}`)
  await bob.say('Is anybody there?')
  await bob.message('Is anybody there?').waitFor()
  await listChannel(server, inner, true)
  await bob.open(`/chat/${inner}`)
  await grace.context.clearCookies()
  hands = new Hands(grace.page)
})
afterAll(async () => {
  expect([...grace.troubles, ...bob.troubles]).toEqual([])
  await browser.close()
  await server.remove()
})

const article = (text: string) =>
  grace.page.getByRole('log').first().getByRole('article').filter({ hasText: text }).first()
const isFocused = (text: string) =>
  article(text).evaluate((row) => row.contains(document.activeElement))

/** From the composer up to a message. */
async function toMessage(text: string): Promise<void> {
  await hands.tabTo(/./, true)
  while ((await grace.page.locator('article:focus').count()) === 0) await hands.press('Shift+Tab')
  await hands.press('End')
  while (!(await isFocused(text))) await hands.press('k')
}

test('1: sign in', async () => {
  await grace.open(`/login?next=${encodeURIComponent('/chat')}`)
  await hands.reach(/^$|e-mail/i)
  await hands.type('grace.hopper@example.com')
  await hands.press('Tab')
  await hands.type(PASSWORD)
  await grace.page.keyboard.press('Enter')
  await grace.composer().waitFor()
})

test('2: go to a channel by the switcher; Escape gives the focus back', async () => {
  await hands.reach(/^Message #/)
  await hands.press('Control+k')
  await hands.reach(/^Jump to/)
  await hands.press('Escape')
  await hands.reach(/^Message #/)
  await hands.press('Control+k')
  await hands.reach(/^Jump to/)
  await hands.type(titleOf(home))
  await hands.press('Enter')
  await grace.message('Is anybody there?').waitFor()
  await hands.reach(/^Message #/)
})

async function history(): Promise<string> {
  const authorization = `Basic ${Buffer.from(KEY).toString('base64')}`
  const path = `/channels/${encodeURIComponent(`chat:${home}`)}/messages?limit=10`
  return (await fetch(`${server.url}${path}`, { headers: { authorization } })).text()
}

test('3: write and send; 4: edit the last', async () => {
  await hands.type('I am hear.')
  await hands.press('Enter')
  await grace.message('I am hear.').waitFor()
  // What is still on its way cannot be edited: the server has it once its history does.
  await expect.poll(async () => (await history()).includes('I am hear.')).toBe(true)
  await hands.press('ArrowUp')
  await hands.reach(/edit/i)
  await hands.press('Control+a')
  await hands.type('I am here.')
  await hands.press('Enter')
  // Its text is followed by the mark of an edit.
  await grace.page.getByRole('article').filter({ hasText: 'I am here.' }).waitFor()
  await hands.reach(/^Message #/)
})

test('5: reply; 6: react', async () => {
  await toMessage('Is anybody there?')
  await hands.press('r')
  await grace.page.getByText('Answering Bob Kahn').waitFor()
  await hands.reach(/^Message #/)
  await hands.type('Yes, I am.')
  await hands.press('Enter')
  await grace.message('Yes, I am.').waitFor()
  await toMessage('Is anybody there?')
  await grace.page.keyboard.press('+')
  await hands.reach(/find|search|emoji/i)
  await hands.press('Escape')
  await expect.poll(() => isFocused('Is anybody there?')).toBe(true)
  await grace.page.keyboard.press('+')
  await hands.reach(/find|search|emoji/i)
  await hands.type('rocket')
  await grace.page.getByRole('gridcell').or(grace.page.getByRole('option')).first().waitFor()
  await grace.page.keyboard.press('Enter')
  await article('Is anybody there?')
    .getByRole('button', { name: /🚀, 1 person/ })
    .waitFor()
  await expect.poll(() => isFocused('Is anybody there?')).toBe(true)
})

test('7: open a thread and answer in it', async () => {
  await grace.page.keyboard.press('t')
  await hands.reach(/^Answer$/)
  await hands.type('In the thread.')
  await hands.press('Enter')
  await grace.page
    .getByRole('complementary', { name: 'Thread' })
    .getByText('In the thread.')
    .waitFor()
  await article('Is anybody there?')
    .getByRole('link', { name: /1 answer/ })
    .waitFor()
  await grace.page.keyboard.press('Escape')
  await grace.page.getByRole('complementary', { name: 'Thread' }).waitFor({ state: 'detached' })
  await hands.look()
})

test('8: find by search and open what was found', async () => {
  await toMessage('Yes, I am.')
  await grace.page.keyboard.press('/')
  await hands.reach(/search|find/i)
  await hands.type('anybody')
  await grace.page.locator('.found').getByText('anybody').first().waitFor()
  await hands.press('ArrowDown')
  await hands.press('Enter')
  await grace.page.waitForURL(/\?at=|&at=/)
  await hands.look()
})

test('9: attach a file and send it', async () => {
  const choosing = grace.page.waitForEvent('filechooser')
  await grace.page.keyboard.press('c')
  await hands.reach(/^Message #/)
  await hands.tabTo(/^Attach files/, true)
  await grace.page.keyboard.press('Enter')
  const chooser = await choosing
  await chooser.setFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') })
  await grace.page.getByRole('button', { name: 'Remove plan.txt' }).waitFor()
  await hands.tabTo(/^Message #/)
  await hands.type('The plan.')
  // While it is on its way, nothing is sent.
  await grace.page.locator('button.send[aria-disabled=false]').waitFor()
  await hands.press('Enter')
  await article('The plan.').getByRole('link', { name: 'Save plan.txt' }).waitFor()
  await hands.reach(/^Message #/)
})

test('10: promote somebody', async () => {
  await hands.tabTo(/^Actions for/)
  while (!/^Actions for Bob/.test((await hands.focus()).name)) await hands.press('ArrowDown')
  await hands.press('Enter')
  await grace.page
    .getByRole('menuitem', { name: /^Promote/ })
    .first()
    .waitFor()
  while (!/^Promote/.test((await hands.focus()).name)) await hands.press('ArrowDown')
  await grace.page.keyboard.press('Enter')
  await grace.page
    .getByRole('log')
    .getByText(/was made|Moderator/)
    .first()
    .waitFor()
  await hands.reach(/^Actions for Bob Kahn/)
})

test('11: answer a request', async () => {
  const page = grace.page
  await listChannel(server, inner, true)
  const zoe = await Seat.take(server, browser, 'Zoe Ziegler')
  await zoe.signUp()
  await zoe.open(`/chat/${inner}`)
  const asking = new Hands(zoe.page)
  await zoe.page.getByRole('button', { name: 'Request access' }).waitFor()
  await asking.tabTo(/^Request access/)
  await asking.press('Enter')
  await zoe.page.getByRole('button', { name: 'Take the request back' }).waitFor()
  await hands.press('Control+k')
  await hands.reach(/^Jump to/)
  await hands.type(titleOf(inner))
  await hands.press('Enter')
  await page.getByRole('button', { name: /^Let in/ }).waitFor()
  await hands.tabTo(/^Let in .+ as /)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Let in/ }).waitFor({ state: 'detached' })
  await zoe.composer().waitFor()
  await hands.look()
  await asking.look()
  await zoe.context.close()
})

test('12: the shortcuts, the theme, and out', async () => {
  const { page } = grace
  // A button with a tooltip, which has no keys of its own.
  await hands.tabTo(/^Sign out/)
  await page.getByRole('tooltip', { name: 'Sign out' }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await hands.press('Escape')
  await hands.reach(/^Sign out/)
  await hands.tabTo(/^Settings$/, true)
  await hands.press('Enter')
  await page.getByRole('menu').waitFor()
  while (!/^Dark/.test((await hands.focus()).name)) await hands.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await hands.reach(/^Settings$/)
  await hands.press('Tab')
  await hands.reach(/^Sign out/)
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: /^Sign in$/ })
    .or(page.getByRole('link', { name: /Start|Sign in/ }))
    .first()
    .waitFor()
})
