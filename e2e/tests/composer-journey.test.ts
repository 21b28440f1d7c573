// Writing, in a real browser under the pages' own policy: what is typed arrives as it was meant, and what tries to run does not.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { MARKUP, NEVER_ASKED } from '../lib/markup.ts'
import { keyRest } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelOf, home, titleOf } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.becomeOwner()
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  await ada.signUp()
  await grace.open(`/chat/${home}`)
  await ada.open(`/chat/${home}`)
  await grace.page.getByRole('button', { name: 'Formatting' }).waitFor()
  await ada.page.getByRole('button', { name: 'Formatting' }).waitFor()
})
afterAll(async () => {
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
  await browser.close()
  await server.remove()
})

describe('completion', () => {
  test('a person, a channel and an emoji by keys alone; the one who is meant sees it', async () => {
    const { page } = grace
    await grace.composer().click()
    await page.keyboard.type('Hello @ad')
    const list = page.getByRole('listbox', { name: 'Suggestions' })
    await list.getByRole('option', { name: /Ada Lovelace/ }).waitFor()
    expect(await grace.composer().getAttribute('aria-activedescendant')).toBeTruthy()
    await page.keyboard.press('Enter')
    await page.keyboard.type(`see #${titleOf(home).slice(0, 3)}`)
    await list.waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type(':rocke')
    await list.getByRole('option', { name: /rocket/ }).waitFor()
    await page.keyboard.press('Enter')
    expect(await grace.composer().inputValue()).toBe(
      `Hello @Ada Lovelace see #${titleOf(home)} 🚀 `,
    )
    await page.keyboard.press('Enter')
    const mention = ada.page.getByRole('log').locator('.at.me')
    await mention.waitFor()
    expect(await mention.textContent()).toBe('@Ada Lovelace')
    await ada.page
      .getByRole('log')
      .getByRole('link', { name: `#${titleOf(home)}` })
      .waitFor()
  })

  test('Escape closes the list and the text is sent as it stands', async () => {
    await grace.composer().click()
    await grace.page.keyboard.type('@ad')
    await grace.page.getByRole('listbox', { name: 'Suggestions' }).waitFor()
    await grace.page.keyboard.press('Escape')
    await grace.page.keyboard.press('Enter')
    await ada.message('@ad').waitFor()
  })

  test('commands are offered to those who may use them, and done', async () => {
    await ada.composer().fill('/to')
    await ada.page.keyboard.press('End')
    expect(await ada.page.getByRole('option', { name: /topic/ }).count()).toBe(0)
    await ada.composer().fill('')
    await grace.composer().click()
    await grace.page.keyboard.type('/to')
    await grace.page.getByRole('option', { name: /topic/ }).waitFor()
    await grace.page.keyboard.press('Tab')
    await grace.page.keyboard.type('Notes of the day')
    await grace.page.keyboard.press('Enter')
    await ada.page.getByText('Notes of the day').first().waitFor()
    expect(await grace.composer().inputValue()).toBe('')
  })
})

describe('formatting', () => {
  test('marks by keys, lists that go on, code that Enter does not send, and a preview of it', async () => {
    const { page } = grace
    await grace.composer().fill('bold')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+b')
    await page.keyboard.press('End')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('- one')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('two')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('```js')
    await page.keyboard.press('Enter')
    await page.keyboard.type('let a = 1')
    await page.keyboard.press('Enter')
    await page.keyboard.type('```')
    const source = '**bold**\n- one\n- two\n```js\nlet a = 1\n```'
    expect(await grace.composer().inputValue()).toBe(source)
    const preview = page.getByRole('region', { name: 'Preview' })
    await preview.locator('strong', { hasText: 'bold' }).waitFor()
    expect(await preview.getByRole('listitem').count()).toBe(2)
    await page.keyboard.press('Enter')
    const row = ada.page.getByRole('log').locator('article').last()
    await row.locator('.code-keyword', { hasText: 'let' }).waitFor()
    expect(await row.locator('pre').textContent()).toBe('let a = 1')
    expect(await row.locator('li').allTextContents()).toEqual(['one', 'two'])
  })

  test('what is copied from a page arrives as Markdown, and undoing takes it back', async () => {
    await grace.composer().fill('')
    await grace.page.evaluate(() => {
      const data = new DataTransfer()
      data.setData(
        'text/html',
        '<p>A <b>bold</b> <a href="https://a.example/x">link</a></p><ol><li>one<li>two</ol><img src=x onerror="owned(1)">',
      )
      data.setData('text/plain', 'plain')
      const paste = new ClipboardEvent('paste', {
        clipboardData: data,
        bubbles: true,
        cancelable: true,
      })
      document.getElementById('composer')?.dispatchEvent(paste)
    })
    const pasted = 'A **bold** [link](https://a.example/x)\n\n1. one\n2. two'
    expect(await grace.composer().inputValue()).toBe(pasted)
    await grace.page.keyboard.press('Control+z')
    expect(await grace.composer().inputValue()).toBe('')
  })

  test('an input method that composes never sends', async () => {
    const { page } = ada
    const before = await page.getByRole('log').locator('article').count()
    await ada.composer().fill('か')
    await ada.composer().dispatchEvent('keydown', { key: 'Enter', isComposing: true })
    await ada.composer().dispatchEvent('keydown', { key: 'Enter', keyCode: 229 })
    expect(await ada.composer().inputValue()).toBe('か')
    expect(await page.getByRole('log').locator('article').count()).toBe(before)
    await ada.composer().fill('')
  })

  test('an edit has the same aids, and keeps who was mentioned in step', async () => {
    await grace.say('Meet soon')
    await ada.message('Meet soon').waitFor()
    await grace.composer().press('ArrowUp')
    const box = grace.page.getByRole('textbox', { name: 'Edit message' })
    await box.waitFor()
    await grace.page.keyboard.type(', @ad')
    await grace.page.getByRole('option', { name: /Ada/ }).waitFor()
    await grace.page.keyboard.press('Enter')
    await grace.page.keyboard.press('Enter')
    await ada.page.getByRole('log').locator('article').last().locator('.at.me').waitFor()
  })
})

describe('the arrow key before the server has the message', () => {
  test('waits for it, and edits no earlier one', async () => {
    const page = await grace.context.newPage()
    const held: (() => void)[] = []
    let isHeld = false
    await page.routeWebSocket(/.*/, (socket) => {
      const upstream = socket.connectToServer()
      socket.onMessage((frame) => {
        const pass = () => upstream.send(frame)
        if (isHeld) held.push(pass)
        else pass()
      })
    })
    await page.goto(grace.page.url())
    const field = page.locator('#composer')
    const say = async (text: string) => {
      await field.fill(text)
      await field.press('Enter')
    }
    await say('The first of two')
    await ada.message('The first of two').waitFor()
    isHeld = true
    await say('The second of two')
    await field.press('ArrowUp')
    const box = page.getByRole('textbox', { name: 'Edit message' })
    expect(await box.count()).toBe(0)
    isHeld = false
    for (const pass of held) pass()
    await box.waitFor()
    expect(await box.inputValue()).toBe('The second of two')
    await page.close()
  })
})

describe('what is kept, and what is told', () => {
  test('a draft is offered on another device of those who want that, and goes when it is sent', async () => {
    const storageState = await ada.context.storageState()
    const other = await Seat.take(server, browser, ada.name, { storageState })
    await ada.page.evaluate(async () => {
      const body = JSON.stringify({ shareDrafts: true })
      const headers = { 'content-type': 'application/json' }
      await fetch('/api/v1/me/state/settings/writing', { method: 'PUT', headers, body })
    })
    await ada.composer().fill('half a thought')
    await other.open(`/chat/${home}`)
    await other.page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('#composer')?.value === 'half a thought',
    )
    await other.composer().press('Enter')
    await ada.message('half a thought').waitFor()
    await other.context.close()
    await ada.composer().fill('')
  })

  test('a newer version is told of once nothing is being written', async () => {
    const { page } = grace
    await grace.composer().fill('still writing')
    await page.route(`**/chat/${home}`, async (route) => {
      const answer = await route.fetch()
      const body = (await answer.text()).replace(/(src="[^"]*)\.js"/, '$1-newer.js"')
      await route.fulfill({ response: answer, body })
    })
    const asked = page.waitForResponse((answer) => answer.url().endsWith(`/chat/${home}`))
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await asked
    expect(await page.getByText('A newer version is here').count()).toBe(0)
    await grace.composer().press('Enter')
    await page.getByText('A newer version is here').first().waitFor()
    await page.unroute(`**/chat/${home}`)
  })
})

test('200 texts that try to run something are read as texts: nothing runs, nothing foreign is asked', async () => {
  const seat = await Seat.take(server, browser, 'Mary Somerville')
  await seat.signUp()
  const foreign: string[] = []
  const ran: string[] = []
  await seat.page.exposeFunction('owned', (what: unknown) => ran.push(String(what)))
  seat.page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.hostname === NEVER_ASKED || (url.protocol !== 'data:' && url.origin !== server.url))
      foreign.push(request.url())
  })
  seat.page.on('dialog', (dialog) => {
    ran.push(dialog.message())
    void dialog.dismiss()
  })
  const channel = keyRest(server).channels.get(channelOf(home))
  await seat.open(`/chat/${home}`)
  await seat.composer().waitFor()
  const log = seat.page.getByRole('log')
  // A few at a time, so that each of them is drawn where the reader is.
  for (let from = 0; from < MARKUP.length; from += 4) {
    const last = `That was part ${from / 4}.`
    const part = [...MARKUP.slice(from, from + 4), last]
    await channel.publish(part.map((data) => ({ name: 'message', data })))
    await seat.message(last).waitFor()
    const found = await log.evaluate((element) => ({
      made: element.querySelectorAll(
        'script, iframe, object, embed, style, link, base, form, input, [onload], [onerror], [onclick]',
      ).length,
      links: [...element.querySelectorAll('a')].map((one) => one.protocol),
    }))
    expect(found.made).toBe(0)
    expect(found.links.filter((protocol) => !/^(https?|mailto):$/.test(protocol))).toEqual([])
  }
  expect({ ran, foreign, troubles: seat.troubles }).toEqual({ ran: [], foreign: [], troubles: [] })
  expect(MARKUP.length).toBe(200)
  await seat.context.close()
})
