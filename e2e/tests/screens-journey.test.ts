// What a machine can judge of the chat's screens besides its rules: texts written from the right among others and the names of
// what is no text, waiting and failing, and the keyboard of a phone.

import type { Browser, Locator, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat, seatTwo } from '../lib/browser.ts'
import { drawn } from '../lib/log-view.ts'
import { clientOf, keyRest, move, type Person, signUp } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelKeys, channelOf, home, readOnly, titleOf } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  ;[grace, ada] = await seatTwo(server, browser, `/chat/${home}`)
})
afterEach(() => {
  expect([...grace.troubles, ...ada.troubles]).toEqual([])
})
afterAll(async () => {
  await grace.context.close()
  await ada.context.close()
  await browser.close()
  await server.remove()
})

const HEBREW = ['נועה לוי', 'דוד כהן'] as const
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const HISTORY = /\/channels\/[^/]+\/messages/
const elsewhere = channelKeys.find((key) => key !== home && key !== readOnly) ?? ''

/** Publishes as the owner's own server, in somebody's name. */
async function publish(data: string, clientId: string, extras: object = {}, key = home) {
  await keyRest(server)
    .channels.get(channelOf(key))
    .publish({ name: 'message', data, clientId, extras })
}

/** Texts that stand in one line with others of another direction and are not set apart from them. */
function mixed(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const fromRight = /[\u0590-\u08ff]/
    const apart = /\u2068[^\u2069]*\u2069/g
    const isRoot = (one: Element) => {
      const { unicodeBidi, display } = getComputedStyle(one)
      return /isolate|plaintext/.test(unicodeBidi) || display !== 'inline'
    }
    const rootOf = (node: Node) => {
      let one = node.parentElement
      while (one !== null && !isRoot(one)) one = one.parentElement
      return one ?? document.body
    }
    /** Its direction is that of its text, or there is no other in it, or it is only heard. */
    const isFit = (root: Element) =>
      root.matches('bdi, [dir=auto], textarea, .vh') || !/[a-z]/i.test(root.textContent ?? '')
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const roots = new Set<Element>()
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (fromRight.test((node.textContent ?? '').replaceAll(apart, ''))) roots.add(rootOf(node))
    return [...roots].filter((root) => !isFit(root)).map((root) => root.outerHTML.slice(0, 200))
  })
}

const fieldOf = (page: Page) => page.getByRole('textbox', { name: /^Message #/ })

/** The chat as somebody who is signed in. */
async function pageOf({ cookie }: Person): Promise<Page> {
  const context = await browser.newContext()
  const pairs = cookie.split('; ').map((pair) => [pair.split('=', 1)[0] ?? '', pair] as const)
  await context.addCookies(
    pairs.map(([name, pair]) => ({ name, value: pair.slice(name.length + 1), url: server.url })),
  )
  const page = await context.newPage()
  await page.goto(`${server.url}/chat/${home}`)
  await fieldOf(page).waitFor()
  return page
}

/** Those who write from the right, in the place. */
async function newcomers(): Promise<readonly [Person, Person]> {
  return [await signUp(server, HEBREW[0]), await signUp(server, HEBREW[1])]
}

test('[A-9] a message has the tag of its language, and the directions do not mix', async () => {
  const [noa, david] = await newcomers()
  const { page } = ada
  await publish('שלום, מה שלומך? (3)', noa.id, { lang: 'he' })
  await publish('Bonjour à tous', noa.id, { lang: 'fr-CA' })
  await publish('No language is given', noa.id)
  await publish('Not a language', noa.id, { lang: 'x y' })
  await publish('Ask @נועה לוי, she knows', david.id, { mentions: { people: [noa.id] } })
  await publish('שלום to the `code` 12', david.id)
  const langOf = (text: string) =>
    ada.message(text).evaluate((one) => one.closest('[lang]:not(html)')?.getAttribute('lang'))
  await ada.message('Not a language').waitFor()
  expect(await langOf('שלום, מה שלומך? (3)')).toBe('he')
  expect(await langOf('Bonjour à tous')).toBe('fr-CA')
  expect(await langOf('No language is given')).toBe(undefined)
  expect(await langOf('Not a language')).toBe(undefined)
  const directionOf = (text: string) =>
    ada.message(text).evaluate((one) => getComputedStyle(one).direction)
  expect(await directionOf('שלום, מה שלומך? (3)')).toBe('rtl')
  expect(await directionOf('Bonjour à tous')).toBe('ltr')
  // A line of the server about one of them, and both writing at once.
  await move(server, 'promote', home, noa)
  const line = page.locator('.sys').filter({ hasText: HEBREW[0] }).last()
  await line.waitFor()
  expect(await line.locator('bdi', { hasText: HEBREW[0] }).count()).toBe(1)
  const seats = await Promise.all(
    [noa, david].map(async (person) => {
      const client = clientOf(server, person)
      const channel = client.channels.get(channelOf(home))
      await channel.attach()
      return client
    }),
  )
  await page.getByText(HEBREW[1]).first().waitFor()
  await page
    .getByRole('link', { name: titleOf(home) })
    .first()
    .waitFor()
  expect(await mixed(page)).toEqual([])
  // The field follows what is written in it.
  await ada.composer().fill('שלום')
  const field = await ada.composer().evaluate((one) => getComputedStyle(one).direction)
  expect(field).toBe('rtl')
  await ada.composer().fill('')
  for (const client of seats) client.close()
})

test('[A-9] two who write from the right keep their order in the sentence that says they write', async () => {
  const pages = await Promise.all((await newcomers()).map(pageOf))
  for (const page of pages)
    await page.locator('main .typing-row [role=status]').first().waitFor({ state: 'attached' })
  for (const page of pages) await fieldOf(page).pressSequentially('א')
  const typing = ada.page.locator('main .typing-row .typing')
  await typing.filter({ hasText: HEBREW[0] }).filter({ hasText: HEBREW[1] }).waitFor()
  expect(await mixed(ada.page)).toEqual([])
  const order = await typing.evaluate((one, names) => {
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? ''
      const lefts = names.map((name) => {
        const range = document.createRange()
        range.setStart(node, text.indexOf(name))
        range.setEnd(node, text.indexOf(name) + name.length)
        return { at: text.indexOf(name), left: range.getBoundingClientRect().left }
      })
      if (lefts.every(({ at }) => at >= 0))
        return lefts.sort((a, b) => a.at - b.at).map(({ left }) => left)
    }
    return []
  }, HEBREW)
  expect(order).toHaveLength(2)
  expect(order[0]).toBeLessThan(order[1] ?? 0)
  for (const page of pages) await page.context().close()
})

/** What is drawn as a picture and is not named, by itself or by what it stands in. */
function nameless(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const named = (one: Element | null) =>
      one !== null &&
      ((one.getAttribute('aria-label') ?? '').trim() !== '' ||
        one.hasAttribute('aria-labelledby') ||
        (one.textContent ?? '').trim() !== '')
    const isHidden = (one: Element) => one.closest('[aria-hidden=true]') !== null
    return [...document.querySelectorAll('img, svg, [role=img]')]
      .filter((one) => one.checkVisibility() && !isHidden(one))
      .filter((one) => {
        if (one.tagName === 'IMG' && (one.getAttribute('alt') ?? '').trim() !== '') return false
        const holder = one.closest('button, a, [role=button], [role=img], .person, article, li')
        return !(one !== holder && named(holder)) && !named(one)
      })
      .map((one) => (one.parentElement ?? one).outerHTML.slice(0, 160))
  })
}

test('[A-9] pictures and emoji have names', async () => {
  const { page } = grace
  await page.locator('.composer input[type=file]').setInputFiles([
    { name: 'harbour.png', mimeType: 'image/png', buffer: PNG },
    { name: 'plain.png', mimeType: 'image/png', buffer: PNG },
  ])
  await page.getByLabel('Describe harbour.png').fill('A harbour at dawn')
  await grace.composer().fill('Two pictures')
  await page.getByRole('button', { name: 'Send without descriptions' }).click()
  await page.locator('button.send[aria-disabled=false]').waitFor()
  await grace.composer().press('Enter')
  await ada.page.getByRole('button', { name: 'Open harbour.png: A harbour at dawn' }).waitFor()
  const plain = ada.page.getByRole('button', { name: /^Open plain\.png: ./ })
  await plain.waitFor()
  expect(await nameless(ada.page)).toEqual([])
  await ada.page.getByRole('button', { name: /^Open harbour.png/ }).click()
  await ada.page.getByRole('dialog').getByRole('img', { name: 'A harbour at dawn' }).waitFor()
  await ada.page.keyboard.press('Escape')
  const row = ada.page.getByRole('article').filter({ hasText: 'Two pictures' })
  await row.hover()
  await row.getByRole('button', { name: 'React with 👍' }).click()
  await row.getByRole('button', { name: '👍, 1 person' }).waitFor()
  await ada.page.getByRole('button', { name: 'Emoji' }).first().click()
  const cells = ada.page.getByRole('gridcell')
  await cells.first().waitFor()
  const names = await cells.evaluateAll((all) =>
    all.map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim()),
  )
  expect(names.length).toBeGreaterThan(50)
  expect(names.filter((name) => !/\p{L}|\d/u.test(name))).toEqual([])
})

/** How visible bones are a moment before and after they may be seen, by the animation that brings them. */
function bonesAt(bones: Locator, ms: number): Promise<number> {
  return bones.first().evaluate((one, at) => {
    const [animation] = one.getAnimations()
    if (animation === undefined) throw new Error('they are there at once')
    animation.pause()
    animation.currentTime = at
    return Number(getComputedStyle(one).opacity)
  }, ms)
}

test('[C-7] bones are seen only after 200 ms, and never when it goes faster', async () => {
  const { page } = ada
  let isHeld = true
  const waiting: (() => void)[] = []
  await page.route(HISTORY, async (route) => {
    if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve))
    await route.continue()
  })
  await ada.open(`/chat/${home}`)
  const bones = page.locator('main .late:has(.bones)')
  await bones.waitFor({ state: 'attached' })
  expect(await bonesAt(bones, 0)).toBe(0)
  expect(await bonesAt(bones, 200)).toBe(0)
  expect(await bonesAt(bones, 2_000)).toBe(1)
  isHeld = false
  for (const release of waiting) release()
  await bones.waitFor({ state: 'detached' })
  await ada.composer().waitFor()
  await page.unroute(HISTORY)
})

test('[C-7] an empty channel says so and what comes first; one that is only read says what it is for', async () => {
  await ada.open(`/chat/${elsewhere}`)
  const start = ada.page.locator('.log-start.begin')
  await start.getByText(/^Nothing has been said in/).waitFor()
  await start.getByText('The first message is yours.').waitFor()
  await ada.say('Here it is')
  await ada.message('Here it is').waitFor()
  await start.getByText(/^This is where .* begins\.$/).waitFor()
  await ada.open(`/chat/${readOnly}`)
  await start.getByText(/^Nothing has been said in/).waitFor()
  expect(await start.getByText('The first message is yours.').count()).toBe(0)
  expect((await start.locator('p').last().textContent())?.trim()).not.toBe('')
})

test('[C-7] what could not be loaded says why, by a code; trying again works', async () => {
  const { page } = ada
  await grace.say('It was there all along')
  // As the server says it, and as something before it does.
  let answer: Parameters<Route['fulfill']>[0] = {
    status: 503,
    headers: { 'x-ably-errorcode': '50003' },
    contentType: 'application/json',
    body: JSON.stringify({
      error: { message: 'the server is busy', code: 50_003, statusCode: 503 },
    }),
  }
  await page.route(HISTORY, (route) => route.fulfill(answer))
  await ada.open(`/chat/${home}`)
  const trouble = page.getByRole('main').getByRole('alert')
  await trouble.getByText('The server is busy (50003).').waitFor()
  const again = page.getByRole('main').getByRole('button', { name: 'Try again' })
  answer = { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }
  await again.click()
  await trouble.getByText('There was no answer (502).').waitFor()
  await page.unroute(HISTORY)
  await again.click()
  await ada.message('It was there all along').waitFor()
  await trouble.waitFor({ state: 'detached' })
  expect(await again.count()).toBe(0)
})

/** A keyboard that lies over the page, as on phones that do not make the page smaller for it. */
const KEYBOARD = `
  const real = window.visualViewport
  let covered = 0
  Object.defineProperty(real, 'height', { get: () => document.documentElement.clientHeight - covered })
  window.cover = (px) => { covered = px; real.dispatchEvent(new Event('resize')) }
`

async function cover(page: Page, px: number): Promise<void> {
  await page.evaluate((by) => (window as unknown as { cover(px: number): void }).cover(by), px)
  await drawn(page)
}

/** Lower edge of what one writes in, pixels below the top of the page. */
async function lowerEdge(field: Locator): Promise<number> {
  const box = await field.boundingBox()
  return box === null ? Number.POSITIVE_INFINITY : box.y + box.height
}

test('[L-3] the keyboard of a phone never covers what one writes in; pulling does not load anew', async () => {
  const HEIGHT = 760
  const size = { viewport: { width: 390, height: HEIGHT }, hasTouch: true, isMobile: true }
  const phone = await Seat.take(server, browser, 'Zoe Phone', size)
  await phone.page.addInitScript(KEYBOARD)
  await phone.enter()
  await phone.open(`/chat/${home}`)
  await phone.composer().waitFor()
  const { page } = phone
  await phone.say('The newest of all')
  await phone.message('The newest of all').waitFor()
  await phone.composer().tap()
  for (const px of [320, 420]) {
    await cover(page, px)
    expect(await lowerEdge(phone.composer())).toBeLessThanOrEqual(HEIGHT - px)
    // What was said last is still read above it.
    expect(await lowerEdge(phone.message('The newest of all'))).toBeLessThanOrEqual(HEIGHT - px)
    expect(await page.evaluate(() => [window.scrollX, window.scrollY])).toEqual([0, 0])
  }
  await phone.say('Written above the keyboard')
  await phone.message('Written above the keyboard').waitFor()
  const written = phone.message('Written above the keyboard')
  await expect.poll(() => lowerEdge(written)).toBeLessThanOrEqual(HEIGHT - 420)
  await cover(page, 0)
  expect(await lowerEdge(phone.composer())).toBeGreaterThan(HEIGHT - 80)
  // Browsers that do make the page smaller: nothing is left over.
  await page.setViewportSize({ width: 390, height: 400 })
  await drawn(page)
  expect(await lowerEdge(phone.composer())).toBeLessThanOrEqual(400)
  const kept = await page.evaluate(() => ({
    page: getComputedStyle(document.documentElement).overscrollBehaviorY,
    log: getComputedStyle(document.querySelector('.log') as Element).overscrollBehaviorY,
    isScrolled: document.documentElement.scrollHeight > document.documentElement.clientHeight,
    meta: document.querySelector('meta[name=viewport]')?.getAttribute('content'),
  }))
  expect(kept).toEqual({
    page: 'none',
    log: 'contain',
    isScrolled: false,
    meta: expect.stringMatching(/viewport-fit=cover.*interactive-widget=resizes-content/),
  })
  expect(phone.troubles).toEqual([])
  await phone.context.close()
})

test('[L-2] the bar of a phone leads to the channels, the mentions with how many are new, the people and oneself', async () => {
  const phone = await Seat.take(server, browser, 'Mia Phone', {
    viewport: { width: 390, height: 760 },
  })
  await phone.enter()
  await phone.open(`/chat/${home}?pane=channels`)
  const bar = phone.page.getByRole('navigation', { name: 'Main' })
  await bar.getByRole('link', { name: 'Mentions', exact: true }).waitFor()
  const session = await phone.page.request.get(`${server.url}/api/v1/session`)
  const { id: mia } = ((await session.json()) as { person: { id: string } }).person
  await publish('Mia, can you look?', 'a-server', { mentions: { people: [mia] } }, elsewhere)
  await bar.getByRole('link', { name: /Mentions.*1 mentions you/ }).waitFor()
  await bar.getByRole('link', { name: /Mentions.*1 mentions you/ }).click()
  await phone.page.locator('.hit').getByText('Mia, can you look?').waitFor()
  const current = () => bar.locator('[aria-current]').textContent()
  expect(await current()).toContain('Mentions')
  for (const name of ['People', 'You', 'Channels']) {
    await bar.getByRole('link', { name, exact: true }).click()
    await expect.poll(current).toContain(name)
  }
  expect(phone.troubles).toEqual([])
  await phone.context.close()
})

test('[L-3] at the lower edge of a phone with a bar of its own there is room below the composer', async () => {
  const { page } = ada
  const session = await page.context().newCDPSession(page)
  await page.setViewportSize({ width: 390, height: 760 })
  await session.send('Emulation.setSafeAreaInsetsOverride', { insets: { top: 47, bottom: 34 } })
  await drawn(page)
  const field = page.locator('form.composer')
  expect(await lowerEdge(field)).toBeLessThanOrEqual(760 - 34)
  await session.send('Emulation.setSafeAreaInsetsOverride', { insets: {} })
})
