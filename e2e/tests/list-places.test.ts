// Where the list opens: at the first unread message, at the message of a link, where one was when one goes back.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { drawn, fill, inView, moved, seen, textOf, wheel } from '../lib/log-view.ts'
import { keyRest } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelKeys, channelOf, home } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let page: Page
const [, second = home, third = home] = channelKeys

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  page = grace.page
  await grace.becomeOwner()
})
afterAll(async () => {
  await grace.context.close()
  await browser.close()
  await server.remove()
})

const unreadLine = (where: Page) => where.getByRole('log').getByText(/^New since/)

/** What was seen has been kept, so that other tabs and devices know. */
const marked = (where: Page) =>
  where.waitForResponse((answer) => answer.url().includes('/me/state/read/'))

describe('the first unread message', () => {
  test('ten thousand unread: it opens there, with one older above, in this tab and another', async () => {
    await fill(server, home, 120)
    const mark = marked(page)
    await grace.open(`/chat/${home}`)
    await inView(page, 'Message 120.')
    await mark
    await grace.open(`/chat/${second}`)
    await grace.composer().waitFor()
    await fill(server, home, 10_000, { from: 121 })

    await grace.channel(home).click()
    await unreadLine(page).waitFor()
    await inView(page, 'Message 121.')
    const { inView: rows, drawn: count } = await seen(page)
    expect(rows[0]?.text).toBe('Message 120.')
    expect(rows[1]?.text).toBe('Message 121.')
    expect(count).toBeLessThanOrEqual(150)

    const other = await grace.tab(`/chat/${home}`)
    await inView(other, 'Message 121.')
    expect((await seen(other)).inView[0]?.text).toBe('Message 120.')
    await other.getByRole('button', { name: 'Jump to latest' }).click()
    await inView(other, 'Message 10120.')
    await other.getByRole('button', { name: 'Jump to latest' }).waitFor({ state: 'detached' })
    await other.close()

    // What another tab has read does not move this one. That it was only opened here reads nothing.
    expect((await seen(page)).inView[0]?.text).toBe('Message 120.')
    await page.getByRole('button', { name: 'Mark read' }).click()
    await unreadLine(page).waitFor({ state: 'detached' })
    await inView(page, 'Message 121.')
    await page.getByRole('button', { name: /Jump to latest|new messages/ }).click()
    await inView(page, 'Message 10120.')
    expect(grace.troubles).toEqual([])
  })

  test('its deletion leaves the place', async () => {
    await grace.open(`/chat/${second}`)
    await fill(server, second, 30)
    const mark = marked(page)
    await inView(page, 'Message 30.')
    await mark
    await grace.channel(home).click()
    await fill(server, second, 80, { from: 31 })
    const channel = keyRest(server).channels.get(channelOf(second))
    const { items } = await channel.history({ limit: 80 })
    await channel.deleteMessage({ serial: items[79]?.serial ?? '', data: '' })
    await grace.channel(second).click()
    await unreadLine(page).waitFor()
    await inView(page, 'Message 32.')
    // Opened is not read: it is as unread after a reload.
    await page.reload()
    await unreadLine(page).waitFor()
    await page.getByRole('button', { name: 'Mark read' }).waitFor()
    await inView(page, 'Message 32.')
    const texts = (await seen(page)).inView.map(({ text }) => text)
    const at = texts.indexOf('Message 32.')
    expect(texts.slice(at - 2, at)).toEqual(['Message 30.', expect.stringContaining('deleted')])
  })
})

describe('a link to a message', () => {
  test('opens around it, marks it, goes on both ways; back is where one was', async () => {
    await fill(server, third, 900)
    const channel = keyRest(server).channels.get(channelOf(third))
    const { items } = await channel.history({ limit: 1_000 })
    const serial = items.find(({ data }) => data === textOf(300))?.serial ?? ''
    await grace.open(`/chat/${third}?at=${encodeURIComponent(serial)}`)
    await inView(page, 'Message 300.')
    const row = page.locator('.slot.marked')
    expect(await row.locator('.said').textContent()).toContain('Message 300.')
    for (let turn = 0; turn < 4; turn += 1) await wheel(page, 2_000)
    await page.waitForLoadState('networkidle')
    for (let turn = 0; turn < 8; turn += 1) await wheel(page, -2_000)
    await page.waitForLoadState('networkidle')
    await drawn(page)
    const before = await seen(page)
    const numbers = before.inView.flatMap(({ text }) => Number(/\d+/.exec(text)?.[0] ?? []))
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
    expect(numbers[0]).toBeLessThan(250)

    await grace.channel(home).click()
    await inView(page, 'Message 10120.')
    await page.goBack()
    await inView(page, before.inView[1]?.text ?? '')
    await drawn(page)
    expect(moved(before, await seen(page))).toBeLessThanOrEqual(1)
    await page.getByRole('button', { name: 'Jump to latest' }).click()
    await inView(page, 'Message 900.')
    expect(grace.troubles).toEqual([])
  })

  test('to what is not there says so, and shows the newest', async () => {
    await grace.open(`/chat/${third}?at=01700000000000-000%40gone%3A0`)
    await page.getByText('That message is not here').first().waitFor()
    await inView(page, 'Message 900.')
  })
})
