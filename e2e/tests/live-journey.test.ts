// What is live between people: who writes, how they are, and what one is told of while one looks elsewhere. Two people in real
// browsers; the stock chat client is the third.

import * as chat from '@ably/chat'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { heard } from '../lib/heard.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { closeClients, realtime } from '../lib/stock.ts'
import { channelKeys, channelOf, home, titleOf } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat
/** Another channel both may write in. */
const elsewhere = channelKeys.find((key) => key !== home) ?? ''

/** Notes every notice of the system that the page shows, and passes it on. */
const NOTED = `
  const shown = []
  window.noted = shown
  const Real = window.Notification
  window.Notification = class extends Real {
    constructor(title, options) {
      super(title, options)
      shown.push({ title, body: options.body, isOpen: true, click: () => this.onclick() })
      const one = shown.at(-1)
      const close = this.close.bind(this)
      this.close = () => { one.isOpen = false; close() }
    }
  }
`

type Noted = { readonly title: string; readonly body: string; readonly isOpen: boolean }

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  const options = { permissions: ['notifications'] }
  grace = await Seat.take(server, browser, 'Grace Hopper', options)
  ada = await Seat.take(server, browser, 'Ada Lovelace', options)
  await ada.context.addInitScript(NOTED)
  await grace.becomeOwner()
  await ada.signUp()
  for (const seat of [grace, ada]) {
    await seat.open(`/chat/${home}`)
    await seat.composer().waitFor()
  }
})
afterEach(() => {
  closeClients()
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

const typing = (seat: Seat) => seat.page.locator('main .typing-row .typing')

/** Where the log and the composer stand. */
function boxes(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main .log, main form.composer')].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect()
      return [x, y, width, height]
    }),
  )
}

async function seen(seat: Seat, text: string | RegExp): Promise<void> {
  await seat.page.locator('main .typing-row .typing').filter({ hasText: text }).waitFor()
}

test('who writes is seen here and by the stock client, moves nothing, and goes', async () => {
  const client = realtime(server.port, { key: KEY, clientId: 'ann' })
  const room = await new chat.ChatClient(client, {
    logLevel: 'silent' as chat.LogLevel,
  }).rooms.get(channelOf(home), {})
  await room.attach()
  const events = heard<chat.TypingSetEvent>()
  room.typing.subscribe((event) => events.add(event))
  for (const { page } of [grace, ada])
    await page.locator('main .typing-row [role=status]').first().waitFor({ state: 'attached' })
  const before = await boxes(grace.page)
  await ada.composer().pressSequentially('On')
  await seen(grace, 'Ada Lovelace is typing')
  expect(await boxes(grace.page)).toEqual(before)
  const { change } = await events.first(({ currentlyTyping }) => currentlyTyping.size === 1)
  const adaId = change.clientId
  await room.typing.keystroke()
  await seen(grace, 'Ada Lovelace and ann are typing')
  await seen(ada, 'ann is typing')
  // Sending takes it back, and so does the stock client's stop.
  await ada.composer().press('Enter')
  await events.first(
    ({ change: last }) => last.clientId === adaId && last.type === chat.TypingEventType.Stopped,
  )
  await room.typing.stop()
  await typing(grace).waitFor({ state: 'detached' })
  // A pause takes it back by itself.
  await ada.composer().pressSequentially('w')
  await seen(grace, 'Ada Lovelace is typing')
  await typing(grace).waitFor({ state: 'detached' })
  await ada.composer().fill('')
  // A command is no message, and nothing is kept of all this.
  await ada.composer().pressSequentially('/away')
  await ada.composer().fill('')
  await ada.composer().pressSequentially('x')
  await seen(grace, 'Ada Lovelace is typing')
  await ada.composer().fill('')
  expect((await room.messages.history({})).items).toEqual([])
  const { items } = await client.channels.get(channelOf(home)).history()
  expect(items.map(({ data }) => data)).toEqual(['On'])
})

const row = (seat: Seat, name: string) =>
  seat.page.getByRole('complementary', { name: 'People' }).locator('.person', { hasText: name })

test('how somebody is shows at once in words, and a reload is no absence', async () => {
  await row(grace, 'Ada').getByText('Online').waitFor()
  await ada.page.getByRole('button', { name: /change how others see you/ }).click()
  await ada.page.getByRole('menuitem', { name: 'For an hour' }).click()
  await row(grace, 'Ada')
    .getByText(/^Do not disturb until/)
    .waitFor()
  await ada.say('/status 🎧 Focusing')
  await row(grace, 'Ada').getByText('🎧 Focusing · Do not disturb').waitFor()
  await grace.page.locator('.author-status').first().waitFor()
  // Every word that stands there while Ada comes back.
  await grace.page.evaluate(() => {
    const words: string[] = []
    Object.assign(window, { words })
    new MutationObserver(() => {
      words.push(document.querySelector('.people')?.textContent ?? '')
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await ada.page.reload()
  await ada.composer().waitFor()
  await ada.say('/back')
  await row(grace, 'Ada').getByText('Online', { exact: true }).waitFor()
  const words = await grace.page.evaluate(
    () => (window as unknown as { words: readonly string[] }).words,
  )
  expect(words.filter((text) => text.includes('Not here'))).toEqual([])
})

const noted = (page: Page) =>
  page.evaluate(() => (window as unknown as { noted: readonly Noted[] }).noted)

async function notedSoon(page: Page, count: number): Promise<readonly Noted[]> {
  await page.waitForFunction(
    (least) => (window as unknown as { noted: readonly unknown[] }).noted.length >= least,
    count,
  )
  return noted(page)
}

test('one tab of two tells of a mention; not where one looks, not while not to be disturbed', async () => {
  const second = await ada.tab(`/chat/${elsewhere}`)
  await second.getByRole('textbox', { name: /^Message #/ }).waitFor()
  // Every tab of this browser has the focus: in one of them she looks at the channel.
  await grace.say('@Ada Lovelace you see this')
  await ada.page.getByRole('log').getByText('you see this').waitFor()
  await ada.channel(elsewhere).click()
  const both = async () => [...(await noted(ada.page)), ...(await noted(second))]
  await grace.say('talk of nobody')
  // What comes within a moment is told of together: this has been told of, and was not worth a notice.
  await second.waitForFunction(() => document.title.startsWith('•'))
  await grace.say('@Ada Lovelace have a **look**')
  const teller = await Promise.any([
    notedSoon(ada.page, 1).then(() => ada.page),
    notedSoon(second, 1).then(() => second),
  ])
  expect(await both()).toEqual([
    {
      title: `Grace Hopper mentioned you in #${titleOf(home)}`,
      body: '@Ada Lovelace have a look',
      isOpen: true,
    },
  ])
  await second.waitForFunction(() => document.title.startsWith('(1) '))
  const icon = await second.locator('link[rel=icon]').getAttribute('href')
  expect(icon).toContain('unread')
  // A click leads to the message; what was told of is read, and no longer shown.
  await teller.evaluate(() =>
    (window as unknown as { noted: readonly { click(): void }[] }).noted[0]?.click(),
  )
  await teller.waitForURL(/\?at=/)
  // It is read, and both tabs know.
  for (const page of [ada.page, second])
    await page.waitForFunction(() => !document.title.startsWith('('))
  expect((await both())[0]?.isOpen).toBe(false)
  // Do not disturb: counted, and not told.
  await second.goto(`${server.url}/chat/${elsewhere}`)
  await ada.open(`/chat/${elsewhere}`)
  await ada.say('/dnd 1h')
  await ada.page
    .getByText(/^Nothing disturbs you until/)
    .first()
    .waitFor()
  await grace.say('@Ada Lovelace again')
  await ada.page.waitForFunction(() => document.title.startsWith('('))
  await ada.say('/back')
  await ada.page.getByText('You are back').first().waitFor()
  await grace.say('@Ada Lovelace now')
  await Promise.any([notedSoon(ada.page, 1), notedSoon(second, 1)])
  expect((await both()).map(({ body }) => body)).toEqual(['@Ada Lovelace now'])
  await second.close()
})

test('a quiet channel counts nothing; a lost one leaves no notice', async () => {
  await ada.open(`/chat/${home}`)
  await ada.say('/mute')
  await ada.page
    .getByText(/^You hear nothing of/)
    .first()
    .waitFor()
  await ada.channel(elsewhere).click()
  await ada.channel(home).getByText('Muted').waitFor()
  await grace.say('@Ada Lovelace psst')
  await grace.page.getByText('psst').waitFor()
  // Asked after it was counted: the other channel is told of later.
  await ada.open(`/chat/${elsewhere}`)
  await ada.composer().waitFor()
  await ada.channel(home).getByText('Muted').waitFor()
  expect(await ada.page.title()).not.toMatch(/^[(•]/)
  await ada.page.getByRole('navigation', { name: 'Channels' }).waitFor()
  await ada.open(`/chat/${home}`)
  await ada.say('/mute off')
  await ada.page
    .getByText(/^You hear of/)
    .first()
    .waitFor()
  await ada.channel(elsewhere).click()
  await grace.say('@Ada Lovelace the last word')
  const [notice] = await notedSoon(ada.page, 1)
  expect(notice).toMatchObject({ body: '@Ada Lovelace the last word', isOpen: true })
  // The right to read goes, and the notice with it.
  const answer = await ada.page.request.get(`${server.url}/api/v1/session`)
  const { id } = ((await answer.json()) as { person: { id: string } }).person
  const people = await fetch(`${server.url}/api/v1/channels/${home}/people`, {
    headers: { authorization: `Bearer ${KEY}` },
  })
  const list = ((await people.json()) as { people: readonly Known[] }).people
  for (const { role, on } of list.find((one) => one.id === id)?.roles ?? []) {
    const response = await fetch(`${server.url}/api/v1/role_assignments`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ person: id, role, on }),
    })
    expect(response.ok).toBe(true)
  }
  await ada.page.waitForFunction(
    () => !(window as unknown as { noted: readonly Noted[] }).noted[0]?.isOpen,
  )
})

type Known = {
  readonly id: string
  readonly roles: readonly { readonly role: string; readonly on: string }[]
}
