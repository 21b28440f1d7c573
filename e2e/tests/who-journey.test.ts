// People one by one: the card behind a name, blocking and its end, an unread mark, a session ended elsewhere, widths of panes.

import type { Browser } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { PASSWORD, Seat } from '../lib/browser.ts'
import type { Server } from '../lib/server.ts'
import { eachWithTwo } from '../lib/two.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat

eachWithTwo((two) => {
  ;({ browser, server, grace, ada } = two)
})
afterEach(() => {
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})

test('a card behind the name; from it a word, a block and its end; the focus comes back', async () => {
  await grace.say('hello there')
  const name = ada.page.getByRole('log').getByRole('button', { name: 'Grace Hopper' })
  await name.click()
  const card = ada.page.getByRole('dialog', { name: 'About Grace Hopper' })
  await card.getByText('Admin').waitFor()
  await ada.page.keyboard.press('Escape')
  await card.waitFor({ state: 'detached' })
  expect(await name.evaluate((element) => element === document.activeElement)).toBe(true)
  await name.click()
  await card.getByRole('button', { name: 'Message them' }).click()
  await ada.page.waitForURL(/\/chat\/dm-/)
  const field = ada.page.getByRole('textbox', { name: /^Message.*Grace Hopper/ })
  await field.fill('between us')
  await field.press('Enter')
  await ada.message('between us').waitFor()
  await ada.page.getByRole('button', { name: 'Actions for Grace Hopper' }).click()
  await ada.page.getByRole('menuitem', { name: 'Block' }).click()
  const ask = ada.page.getByRole('dialog', { name: 'Block Grace Hopper?' })
  await ask.getByText(/^Neither of you can write/).waitFor()
  await ask.getByRole('button', { name: 'Block' }).click()
  await ada.page.getByText('You have blocked Grace Hopper').waitFor()
  await grace.page.getByRole('link', { name: /Ada Lovelace/ }).click()
  await grace.page.getByText('You can no longer write to each other here').waitFor()
  await ada.page.goto(`${ada.page.url()}?settings=privacy`)
  await ada.page.getByRole('button', { name: 'Unblock Grace Hopper' }).click()
  await ada.page.getByText('You have blocked nobody.').waitFor()
  const back = grace.page.getByRole('textbox', { name: /^Message/ })
  await back.fill('thank you')
  await back.press('Enter')
  await grace.message('thank you').waitFor()
})

test('/dm leads to somebody and says it there; who is anywhere is here between the two', async () => {
  // Grace is where Ada sees nothing of her.
  await grace.open('/chat/mod')
  await grace.composer().waitFor()
  await ada.composer().fill('/dm @Grace Hopper hello you')
  await ada.composer().press('Enter')
  await ada.page.waitForURL(/\/chat\/dm-/)
  await ada.message('hello you').waitFor()
  const people = ada.page.getByRole('complementary', { name: 'People' })
  const her = people.getByRole('listitem').filter({ hasText: 'Grace Hopper' })
  await her.getByText('Online', { exact: true }).waitFor()
  await grace.page.getByRole('link', { name: /Ada Lovelace/ }).click()
  await grace.message('hello you').waitFor()
  expect(await grace.page.getByText('/dm').count()).toBe(0)
})

test('[C-18] who has only channels open that one may not see is here, as they are, wherever one sees them', async () => {
  await grace.open('/chat/mod')
  await grace.composer().waitFor()
  await ada.open('/chat/random')
  const people = ada.page.getByRole('complementary', { name: 'People' })
  const her = people.getByRole('listitem').filter({ hasText: 'Grace Hopper' })
  await her.getByText('Online', { exact: true }).waitFor()
  await grace.say('/dnd 1h')
  await her.getByText(/^Do not disturb until/).waitFor()
  await her.getByRole('button', { name: /^Grace Hopper/ }).click()
  const card = ada.page.getByRole('dialog', { name: 'About Grace Hopper' })
  await card.getByText(/^Do not disturb until/).waitFor()
  await ada.page.keyboard.press('Escape')
  await ada.composer().fill('@Grac')
  const meant = ada.page.getByRole('option', { name: /^Grace Hopper.*Do not disturb until/ })
  await meant.waitFor()
  await ada.composer().fill('')
  await ada.page.keyboard.press('Control+k')
  await ada.page.getByRole('combobox', { name: 'Jump to' }).fill('Grace')
  await meant.first().waitFor()
  await ada.page.keyboard.press('Escape')
  await grace.say('/back')
  await her.getByText('Online', { exact: true }).waitFor()
  await grace.open('/chat/general')
})

test('marked unread, a message is unread again on every tab once one has left', async () => {
  await grace.say('read this')
  await grace.say('and this')
  await ada.message('and this').waitFor()
  const tab = await ada.tab('/chat/random')
  await tab.getByRole('textbox', { name: /^Message/ }).waitFor()
  await ada.message('read this').click({ button: 'right' })
  await ada.page.getByRole('menuitem', { name: /^Mark unread/ }).click()
  await tab.getByRole('link', { name: /general.*2 unread/ }).waitFor()
  await ada.channel('random').click()
  await ada.page.getByRole('link', { name: /general.*2 unread/ }).waitFor()
})

test('a session ended on another device: the page says so, keeps the draft, and leads back', async () => {
  await ada.channel('random').click()
  await ada.page.getByRole('textbox', { name: 'Message #random' }).fill('half a thought')
  const cookie = (await ada.context.cookies()).map(({ name, value }) => `${name}=${value}`)
  const own = { cookie: cookie.join('; '), origin: server.url }
  const ended = await fetch(`${server.url}/api/v1/me/sessions`, { method: 'DELETE', headers: own })
  expect(ended.status).toBe(200)
  await ada.page.getByRole('heading', { name: 'You are signed out here' }).waitFor()
  expect(await ada.page.getByRole('log').count()).toBe(0)
  await ada.page.getByRole('button', { name: 'Sign in' }).click()
  await ada.page.getByLabel('E-mail').fill('ada.lovelace@example.com')
  await ada.page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await ada.page.locator('form button[type=submit]').click()
  const field = ada.page.getByRole('textbox', { name: 'Message #random' })
  await field.waitFor()
  expect(await field.inputValue()).toBe('half a thought')
})

test('signed out from the settings of another device: the draft is still there', async () => {
  const other = await Seat.take(server, browser, 'Ada Lovelace')
  await other.context.request.post(`${server.url}/api/auth/sign-in/email`, {
    headers: { origin: server.url },
    data: { email: 'ada.lovelace@example.com', password: PASSWORD },
  })
  await ada.page.getByRole('textbox', { name: 'Message #general' }).fill('half a sentence')
  await other.open('/chat/general?settings=devices')
  await other.page.getByRole('button', { name: 'Sign out there' }).click()
  await ada.page.getByRole('heading', { name: 'You are signed out here' }).waitFor()
  expect(await ada.page.getByRole('log').count()).toBe(0)
  await other.page.getByText('You are signed in nowhere else.').waitFor()
  await ada.page.getByRole('button', { name: 'Sign in' }).click()
  await ada.page.getByLabel('E-mail').fill('ada.lovelace@example.com')
  await ada.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await ada.page.locator('form button[type=submit]').click()
  const field = ada.page.getByRole('textbox', { name: 'Message #general' })
  await field.waitFor()
  expect(await field.inputValue()).toBe('half a sentence')
  await other.context.close()
})

test('the edges of panes: by keys within their bounds, remembered, put back by a double click', async () => {
  const edge = grace.page.getByRole('separator', { name: 'Width of the channels' })
  await edge.focus()
  await edge.press('ArrowRight')
  expect(await edge.getAttribute('aria-valuenow')).toBe('272')
  await edge.press('End')
  await edge.press('ArrowRight')
  expect(await edge.getAttribute('aria-valuenow')).toBe('360')
  await grace.page.reload()
  await edge.waitFor()
  const rail = grace.page.getByRole('navigation', { name: 'Channels' })
  expect((await rail.boundingBox())?.width).toBe(360)
  await edge.dblclick()
  expect((await rail.boundingBox())?.width).toBe(256)
})

test('who joined after the list was read is nobody who was deleted, and has a name once the list is read again', async () => {
  await grace.say('hello there')
  await ada.message('hello there').waitFor()
  let pass: () => void = () => undefined
  const isTold = new Promise<void>((resolve) => {
    pass = resolve
  })
  await ada.page.route('**/people?**', async (route) => {
    await isTold
    await route.continue()
  })
  const bob = await Seat.take(server, browser, 'Bob Newcomer')
  await bob.enter()
  const token = await (await bob.context.request.get(`${server.url}/api/realtime/token`)).text()
  const said = await fetch(`${server.url}/channels/chat:general/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ data: 'new here' }),
  })
  expect(said.status).toBe(201)
  const row = ada.page.getByRole('log').locator('article', { hasText: 'new here' })
  await row.getByText('Someone').waitFor()
  expect(await ada.page.getByText('Deleted person').count()).toBe(0)
  pass()
  await row.getByText('Bob Newcomer').waitFor()
  await bob.context.close()
})
