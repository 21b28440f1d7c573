// A draft is more than its text: what it answers and the files with it stay through a reload, a mute and a message taken back.

import { afterEach, expect, test } from 'vitest'
import type { Seat } from '../lib/browser.ts'
import { KEY, type Server } from '../lib/server.ts'
import { eachWithTwo } from '../lib/two.ts'
import { home, silencing } from '../lib/words.ts'

let server: Server
let grace: Seat
let ada: Seat

eachWithTwo((two) => {
  ;({ server, grace, ada } = two)
})
afterEach(() => {
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})

async function silence(seat: Seat, method: 'POST' | 'DELETE'): Promise<void> {
  const session = await seat.page.request.get(`${server.url}/api/v1/session`)
  const { person } = (await session.json()) as { person: { id: string } }
  const until = { expires_at: new Date(Date.now() + 600_000).toISOString() }
  const response = await fetch(`${server.url}/api/v1/role_assignments`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({
      person: person.id,
      role: silencing,
      on: `channel:${home}`,
      ...(method === 'POST' ? until : {}),
    }),
  })
  expect(response.status).toBe(200)
}

const row = (seat: Seat, text: string) =>
  seat.page.getByRole('article').filter({ hasText: text }).first()
const tray = (seat: Seat) => seat.page.getByRole('region', { name: 'Files' })

async function answer(seat: Seat, text: string): Promise<void> {
  await row(seat, text).click({ button: 'right' })
  await seat.page.getByRole('menuitem', { name: /^Reply/ }).click()
  await seat.page.getByText(`Answering ${grace.name}`).waitFor()
}

async function attach(seat: Seat, name: string): Promise<void> {
  const file = { name, mimeType: 'text/plain', buffer: Buffer.from('twelve words') }
  await seat.page.locator('.composer input[type=file]').setInputFiles([file])
}

test('what a draft answers is kept with it, and goes with the message', async () => {
  await grace.say('Who takes the minutes?')
  await ada.message('Who takes the minutes?').waitFor()
  await answer(ada, 'Who takes the minutes?')
  await ada.composer().fill('I do.')
  await ada.page.reload()
  await ada.page.getByText(`Answering ${grace.name}`).waitFor()
  await ada.page
    .getByRole('navigation', { name: 'Channels' })
    .getByRole('link', { name: 'random' })
    .click()
  await ada.page.getByRole('heading', { name: 'random', level: 1 }).waitFor()
  expect(await ada.page.getByText(`Answering ${grace.name}`).count()).toBe(0)
  await ada.page.goBack()
  await ada.page.getByText(`Answering ${grace.name}`).waitFor()
  await ada.composer().press('Enter')
  await row(grace, 'I do.')
    .getByRole('link', { name: /Who takes the minutes/ })
    .waitFor()
  await ada.page.reload()
  await ada.message('I do.').waitFor()
  expect(await ada.page.getByText(`Answering ${grace.name}`).count()).toBe(0)
})

test('a message taken back is its draft again, with its files and what it answers, also after a reload', async () => {
  await grace.say('Where are the minutes?')
  await ada.message('Where are the minutes?').waitFor()
  await answer(ada, 'Where are the minutes?')
  await attach(ada, 'minutes.txt')
  await tray(ada).getByText('minutes.txt is ready to be sent').waitFor()
  await ada.composer().fill('Here they are.')
  await silence(ada, 'POST')
  const later = ada.page.getByRole('button', { name: /^Send at/ })
  // They stay in sight while one may not write.
  await later.waitFor()
  await tray(ada).getByText('minutes.txt is ready to be sent').waitFor()
  await later.click()
  await row(ada, 'Here they are.')
    .getByText(/^Waiting until/)
    .waitFor()
  expect(await tray(ada).count()).toBe(0)
  await ada.page.reload()
  await row(ada, 'Here they are.').getByRole('button', { name: 'Do not send it' }).click()
  await tray(ada).getByText('minutes.txt is ready to be sent').waitFor()
  await ada.page.getByText(`Answering ${grace.name}`).waitFor()
  await ada.page.reload()
  await tray(ada).getByText('minutes.txt is ready to be sent').waitFor()
  await silence(ada, 'DELETE')
  await ada.page.locator('button.send[aria-disabled=false]').click()
  const sent = row(grace, 'Here they are.')
  await sent.getByRole('link', { name: /Where are the minutes/ }).waitFor()
  const [download] = await Promise.all([
    grace.page.waitForEvent('download'),
    sent.getByRole('link', { name: 'Save minutes.txt' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('minutes.txt')
})

test('an answer in a thread that is also for the channel stays so, through a reload and being taken back', async () => {
  await grace.say('Who opens the door?')
  await ada.message('Who opens the door?').waitFor()
  await row(ada, 'Who opens the door?').click({ button: 'right' })
  await ada.page.getByRole('menuitem', { name: /thread/ }).click()
  const pane = ada.page.getByRole('complementary', { name: 'Thread' })
  const also = pane.getByLabel(/^Also in/)
  await also.check()
  await pane.getByRole('textbox', { name: 'Answer' }).fill('I have a key.')
  await ada.page.reload()
  await also.waitFor()
  expect(await also.isChecked()).toBe(true)
  await silence(ada, 'POST')
  await pane.getByRole('button', { name: /^Send at/ }).click()
  // Where one may not write, nothing more is chosen.
  expect(await also.count()).toBe(0)
  // In the channel itself, taking it back leads to its thread.
  await pane.getByRole('link', { name: 'Close' }).click()
  await row(ada, 'I have a key.').getByRole('button', { name: 'Do not send it' }).click()
  await pane
    .getByRole('article')
    .filter({ hasText: 'I have a key.' })
    .getByRole('button', { name: 'Do not send it' })
    .click()
  await row(ada, 'I have a key.').waitFor({ state: 'detached' })
  await silence(ada, 'DELETE')
  await also.waitFor()
  expect(await also.isChecked()).toBe(true)
  await pane.locator('button.send[aria-disabled=false]').click()
  await grace.page.getByRole('main').getByRole('log').getByText('I have a key.').waitFor()
  expect(await also.isChecked()).toBe(false)
})

test('what is sent later waits for its files first', async () => {
  let go = () => {}
  const isLetGo = new Promise<void>((resolve) => {
    go = resolve
  })
  await ada.page.route('**/api/v1/uploads/*/*', async (route) => {
    await isLetGo
    await route.continue()
  })
  await ada.composer().fill('With the minutes.')
  await attach(ada, 'minutes.txt')
  await tray(ada).getByText('minutes.txt').first().waitFor()
  await silence(ada, 'POST')
  const later = ada.page.getByRole('button', { name: /^Send at/ })
  await ada.page.locator('button[aria-disabled=true]', { hasText: /^Send at/ }).waitFor()
  // The server takes no piece of somebody who may not write.
  go()
  await tray(ada).getByRole('button', { name: 'Try again' }).waitFor()
  await later.click({ force: true })
  expect(await row(ada, 'With the minutes.').count()).toBe(0)
  await silence(ada, 'DELETE')
  await tray(ada).getByRole('button', { name: 'Try again' }).click()
  await ada.page.locator('button.send[aria-disabled=false]').click()
  await row(grace, 'With the minutes.').getByRole('link', { name: 'Save minutes.txt' }).waitFor()
})

test('an edit that was begun is there when the message is edited again; cancelled, it is gone', async () => {
  await ada.say('The minutes are reddy.')
  await grace.message('The minutes are reddy.').waitFor()
  const box = ada.page.getByRole('textbox', { name: 'Edit message' })
  const edit = async () => {
    await ada.composer().press('ArrowUp')
    await box.waitFor()
  }
  await edit()
  await box.fill('The minutes are ready.')
  await ada.page.getByRole('link', { name: 'random' }).click()
  await ada.page.getByRole('heading', { name: 'random', level: 1 }).waitFor()
  await ada.page.goBack()
  await ada.message('The minutes are reddy.').waitFor()
  await edit()
  expect(await box.inputValue()).toBe('The minutes are ready.')
  await ada.page.reload()
  await ada.message('The minutes are reddy.').waitFor()
  await edit()
  expect(await box.inputValue()).toBe('The minutes are ready.')
  await box.press('Enter')
  await row(grace, 'The minutes are ready.').waitFor()
  await box.waitFor({ state: 'detached' })
  await edit()
  await box.fill('The minutes are gone.')
  await box.press('Escape')
  await edit()
  expect(await box.inputValue()).toBe('The minutes are ready.')
})
