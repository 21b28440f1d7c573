// What goes wrong around a widget: servers that restart, networks that fail, pages that are strange or mean, people who are kept
// out. Nothing is lost, nothing is sent twice, and a panel that cannot go on says so.

import { createHmac } from 'node:crypto'
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../lib/browser.ts'
import { makeWidget, ownerOf } from '../lib/desk.ts'
import { type Operator, takeOperator } from '../lib/operator.ts'
import { type Server, startServer } from '../lib/server.ts'
import { openSite, type Site, widgetPage } from '../lib/site.ts'

/** For what another process draws. */
const SOON = { timeout: 15_000 }
/** For connections that come back by themselves. */
const LATER = { timeout: 40_000 }

let server: Server
let browser: Browser
let site: Site
let widget: string
let grace: Operator
const contexts: BrowserContext[] = []

beforeAll(async () => {
  ;[server, browser, site] = await Promise.all([startServer(), openBrowser(), openSite()])
  widget = await newWidget()
  put('/')
  grace = await takeOperator(server, browser, 'Grace Hopper', server.setUpUrl)
  await grace.call('PUT', '/desk/me', { status: 'available' })
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  // Room for the next.
  for (const view of ['mine', 'waiting']) {
    const { body } = await grace.call<Listed>('GET', `/desk/conversations?view=${view}`)
    for (const { key } of body.items) {
      if (view === 'waiting') await grace.call('POST', `/desk/conversations/${key}/claim`, {})
      await close(key)
    }
  }
})
afterAll(async () => {
  await grace.leave()
  await browser.close()
  await site.close()
  await server.remove()
})

const newWidget = (said = {}) =>
  makeWidget(server, {
    sites: [site.origin],
    limits: { sessions: 1_000, conversations: 1_000, messages: 1_000 },
    ...said,
  })
const put = (path: string, more: Partial<Parameters<typeof widgetPage>[0]> = {}, headers = {}) =>
  site.put(path, { html: widgetPage({ server: server.url, widget, ...more }), headers })

const panel = (page: Page): FrameLocator => page.frameLocator('sayso-widget iframe')
const field = (page: Page) => panel(page).getByRole('textbox', { name: 'Write a message' })
const launcher = (page: Page) => page.getByRole('button', { name: 'Chat with us', exact: true })
const said = (page: Page, text: string) =>
  panel(page).getByRole('log').getByText(text, { exact: true })
const unavailable = (page: Page) => panel(page).getByText('The chat is not available.')

async function newContext(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
  context.setDefaultTimeout(15_000)
  contexts.push(context)
  return context
}

async function visit(path = '/', context?: BrowserContext): Promise<Page> {
  const page = await (context ?? (await newContext())).newPage()
  await page.goto(site.origin + path)
  return page
}

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}

type Listed = { readonly items: readonly { key: string; visitor: { id: string } }[] }

/** The conversation that waits, claimed. */
async function claim(): Promise<{ readonly key: string; readonly visitor: string }> {
  let found: Listed['items'][number] | undefined
  await expect
    .poll(async () => {
      const { body } = await grace.call<Listed>('GET', '/desk/conversations?view=waiting')
      found = body.items[0]
      return found
    }, SOON)
    .toBeDefined()
  const { key = '', visitor } = found ?? {}
  expect((await grace.call('POST', `/desk/conversations/${key}/claim`, {})).status).toBe(200)
  return { key, visitor: visitor?.id ?? '' }
}

const close = (key: string) => grace.call('POST', `/desk/conversations/${key}/close`, {})

/** Everything said in a conversation, the first first. */
async function textsOf(key: string): Promise<readonly string[]> {
  const { body } = await grace.call<{ lines: { kind: string; text: string }[] }>(
    'GET',
    `/desk/conversations/${key}/transcript?format=json`,
  )
  return body.lines.flatMap(({ kind, text }) => (kind === 'text' ? [text] : []))
}

async function talking(path = '/', context?: BrowserContext) {
  const page = await visit(path, context)
  await launcher(page).click()
  await say(page, 'Hello.')
  const { key, visitor } = await claim()
  await panel(page).getByText('Grace Hopper is here now').waitFor()
  await panel(page).getByText('on its way').waitFor({ state: 'detached' })
  return { page, key, visitor }
}

describe('the connection', () => {
  test('an answer that is lost on its way makes no second conversation and no second message', async () => {
    const page = await visit()
    let isLost = false
    await page.context().route('**/widget/v1/conversations', async (route) => {
      if (isLost || route.request().method() !== 'POST') return route.fallback()
      isLost = true
      await route.fetch()
      await route.abort()
    })
    await launcher(page).click()
    await say(page, 'Only once.')
    await panel(page).getByText('You are number 1 in the queue').waitFor()
    const { key } = await claim()
    await expect.poll(() => textsOf(key), SOON).toEqual(['Only once.'])
    const { body } = await grace.call<Listed>('GET', '/desk/conversations?view=waiting')
    expect([isLost, body.items]).toEqual([true, []])
    await close(key)
  })

  test('the place in the queue moves by itself', async () => {
    const [first, second] = [await visit(), await visit()]
    for (const [index, page] of [first, second].entries()) {
      await launcher(page).click()
      await say(page, `I am number ${index + 1}.`)
      await panel(page)
        .getByText(`You are number ${index + 1} in the queue`)
        .waitFor()
    }
    const one = await claim()
    await panel(second).getByText('You are number 1 in the queue').waitFor()
    const two = await claim()
    for (const { key } of [one, two]) await close(key)
  })

  test('two tabs that write at once write in one conversation', async () => {
    const context = await newContext()
    const one = await visit('/', context)
    await launcher(one).click()
    await field(one).waitFor()
    const two = await visit('/', context)
    await field(two).waitFor()
    await Promise.all([say(one, 'From one.'), say(two, 'From two.')])
    const { key } = await claim()
    await expect
      .poll(async () => [...(await textsOf(key))].sort(), SOON)
      .toEqual(['From one.', 'From two.'])
    const { body } = await grace.call<Listed>('GET', '/desk/conversations?view=waiting')
    expect(body.items).toEqual([])
    await close(key)
  })
})

describe('a conversation that ends', () => {
  test('while one writes leaves the draft for a new one', async () => {
    const { page, key } = await talking()
    await field(page).fill('And what about')
    await close(key)
    await panel(page).getByText('Grace Hopper closed the conversation').waitFor()
    await panel(page).getByRole('button', { name: 'Start a new conversation' }).click()
    expect(await field(page).inputValue()).toBe('And what about')
    await field(page).press('Enter')
    const next = await claim()
    expect(next.key).not.toBe(key)
    expect(await textsOf(next.key)).toEqual(['And what about'])
    await close(next.key)
  })

  test('while the network is gone takes what was written meanwhile into a new one', async () => {
    const { page, key } = await talking()
    await page.context().setOffline(true)
    await say(page, 'Written too late.')
    await panel(page).getByText('on its way').waitFor()
    await close(key)
    await page.context().setOffline(false)
    const next = await claim()
    expect(await textsOf(key)).toEqual(['Hello.'])
    await expect.poll(() => textsOf(next.key), LATER).toEqual(['Written too late.'])
    await close(next.key)
  })
})

describe('a visitor who may not go on', () => {
  test('and is kept out is told no more than that the chat is not available', async () => {
    const { page, visitor } = await talking()
    const { status } = await grace.call('PUT', `/desk/visitors/${visitor}/block`, {
      reason: 'spam',
    })
    expect(status).toBeLessThan(300)
    await unavailable(page).waitFor(LATER)
    expect(await panel(page).getByText('spam').count()).toBe(0)
    expect(await field(page).count()).toBe(0)
  })

  test('as the widget is switched off, sees so at once, with a conversation and without', async () => {
    const own = await newWidget()
    put('/own', { widget: own })
    const { page } = await talking('/own')
    const idle = await visit('/own')
    await launcher(idle).click()
    await field(idle).waitFor()
    const call = ownerOf(server)
    const {
      id: _id,
      tenant: _t,
      version: _v,
      createdAtMs: _c,
      ...kept
    } = await call('GET', `/desk/widgets/${own}`)
    const { keys: _keys, ...identity } = kept.identity as Record<string, unknown>
    await call('PUT', `/desk/widgets/${own}`, { ...kept, identity, isOn: false })
    // No sign of life is due yet, and nobody has moved.
    for (const each of [page, idle]) await unavailable(each).waitFor()
  })

  test('because everything was deleted in another tab, begins anew', async () => {
    const context = await newContext()
    const { page } = await talking('/', context)
    const other = await visit('/', context)
    await field(other).waitFor()
    await panel(other).getByRole('button', { name: 'More' }).click()
    await panel(other).getByRole('menuitem', { name: 'Forget me on this device' }).click()
    await panel(other).getByRole('button', { name: 'Delete my conversations' }).click()
    for (const each of [other, page]) {
      await expect.poll(() => said(each, 'Hello.').count(), LATER).toBe(0)
      await field(each).waitFor(LATER)
    }
  })
})

describe('a proof of who somebody is', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  async function signer(id: string) {
    const key = await ownerOf(server)<{ id: string; secret: string }>(
      'POST',
      `/desk/widgets/${id}/keys`,
    )
    return (endsInSeconds: number) => {
      const now = Math.floor(Date.now() / 1_000)
      const head = part({ alg: 'HS256', typ: 'JWT', kid: key.id })
      const claims = { sub: 'c-1', name: 'Inès', aud: id, iat: now - 60, exp: now + endsInSeconds }
      const text = `${head}.${part(claims)}`
      return `${text}.${createHmac('sha256', key.secret).update(text).digest('base64url')}`
    }
  }

  test('that has ended is told to the page, which hands over another', async () => {
    const own = await newWidget()
    const sign = await signer(own)
    put('/proof', {
      widget: own,
      head: `<script>globalThis.heard = []; (window.SaysoWidget ??= []).push(['on', 'identity', (e) => heard.push(e)])</script>`,
      attributes: ` data-identity="${sign(-30)}"`,
    })
    const page = await visit('/proof')
    const heard = () => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)
    await expect.poll(heard, SOON).toEqual([{ state: 'refused', reason: 'expired' }])
    await launcher(page).click()
    await unavailable(page).waitFor()
    await page.evaluate((token) => {
      const { SaysoWidget } = globalThis as unknown as {
        SaysoWidget: { identify(token: string): void }
      }
      SaysoWidget.identify(token)
    }, sign(600))
    await say(page, 'It is me.')
    const { key } = await claim()
    const { body } = await grace.call('GET', `/desk/conversations/${key}`)
    expect(body).toMatchObject({ visitor: { name: 'Inès', verified: true } })
    await close(key)
  })
})

/** What old libraries do to everybody's objects. */
const PATCHED = `<script>
  Object.prototype.extend = function () { return this }
  Array.prototype.toJSON = function () { return '[' + this.join() + ']' }
  Array.prototype.each = Array.prototype.forEach
  Array.from = function (one) { return [one] }
  Function.prototype.bind = function (self) { const run = this; return function () { return run.apply(self, arguments) } }
  Element.prototype.remove = function () { this.parentNode && this.parentNode.removeChild(this); return this }
  Element.prototype.hide = function () { this.style.display = 'none' }
  Event.prototype.stop = function () { this.preventDefault() }
  window.$ = (id) => document.getElementById(id)
  window.name = 'x'
</script>`

/** Says everything it can think of to everybody. */
const NOISE = `<script>
  const things = [null, 7, 'x', [], { sayso: 'sayso-widget' }, { sayso: 'sayso-widget', message: null },
    ...['hello', 'open', 'identity', 'attributes', 'page', 'device', 'look', 'unread', 'event', 'close', 'constructor']
      .map((kind) => ({ sayso: 'sayso-widget', message: { kind, page: null, token: {}, attributes: 7, device: 'stolen', look: null } }))]
  setInterval(() => {
    const all = [parent, top, ...Array.from({ length: top.frames.length }, (_, index) => top.frames[index])]
    for (const one of all) for (const thing of things) one.postMessage(thing, '*')
  }, 50)
</script>`

describe('a page', () => {
  /** A conversation there and back, with nothing thrown. */
  async function works(path: string, context: BrowserContext): Promise<Page> {
    const troubles: string[] = []
    context.on('weberror', (error) => troubles.push(error.error().message))
    context.on('console', (message) => {
      if (/content security policy|trusted ?type/i.test(message.text()))
        troubles.push(message.text())
    })
    const { page, key } = await talking(path, context)
    const channel = await grace.channel(key)
    await channel.publish('text', { text: 'Hello there.' })
    await said(page, 'Hello there.').waitFor()
    expect(troubles).toEqual([])
    await close(key)
    return page
  }

  test('whose objects are not what they were is none of our business', async () => {
    put('/patched', { head: PATCHED })
    await works('/patched', await newContext())
  })

  test('that trusts no script text is written none', async () => {
    put(
      '/trusted',
      {},
      {
        'content-security-policy': `require-trusted-types-for 'script'; trusted-types 'none'; script-src ${server.url}; frame-src ${server.url}`,
      },
    )
    await works('/trusted', await newContext())
  })

  test('that keeps nothing, in a browser that keeps nothing, has a chat all the same', async () => {
    const context = await newContext()
    await context.addInitScript(() => {
      const get = () => {
        throw new DOMException('denied', 'SecurityError')
      }
      Object.defineProperty(globalThis, 'localStorage', { get, configurable: true })
    })
    const page = await works('/', context)
    await panel(page).getByRole('button', { name: 'Start a new conversation' }).click()
    await field(page).fill('A draft')
    await page.keyboard.press('Escape')
    await launcher(page).click()
    expect(await field(page).inputValue()).toBe('A draft')
  })

  test('and other frames in it, may say what they like: it is not heard', async () => {
    const other = await openSite()
    try {
      other.put('/', { html: NOISE })
      put('/noise', { body: `<h1>A shop</h1><iframe src="${other.origin}/"></iframe>${NOISE}` })
      const page = await works('/noise', await newContext())
      const kept = await page.evaluate(() => JSON.stringify(localStorage))
      expect(kept).not.toContain('stolen')
      expect(await launcher(page).getAttribute('aria-expanded')).toBe('true')
    } finally {
      await other.close()
    }
  })

  test('on which the panel does not come says so', async () => {
    // Without an origin of its own nothing in it may talk to a server.
    put('/sandbox', {}, { 'content-security-policy': 'sandbox allow-scripts' })
    const page = await (await newContext()).newPage()
    await page.clock.install()
    await page.goto(`${site.origin}/sandbox`)
    await launcher(page).click()
    await page.clock.fastForward(16_000)
    await page.getByText('The chat is not available.').waitFor()
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('false')
    expect(await launcher(page).evaluate((one) => one.matches(':focus'))).toBe(true)
  })
})

describe('when nobody is there', () => {
  test('and the widget is to be hidden, it is, without being asked', async () => {
    const hours = { zone: 'UTC', week: {}, holidays: [] }
    put('/hidden', { widget: await newWidget({ hours, offline: 'hide' }) })
    const page = await visit('/hidden')
    await page.locator('sayso-widget').waitFor({ state: 'attached' })
    await expect.poll(() => page.getByRole('button').count()).toBe(0)
  })

  test('new messages are counted in the title of the page, as the visitor chose', async () => {
    const { page, key } = await talking()
    await panel(page).getByRole('button', { name: 'More' }).click()
    await panel(page)
      .getByRole('menuitemcheckbox', { name: /title of the page/ })
      .click()
    await launcher(page).click()
    const channel = await grace.channel(key)
    await channel.publish('text', { text: 'Are you there?' })
    await expect.poll(() => page.title(), SOON).toBe('(1) A shop')
    await page.getByRole('button', { name: 'Chat with us (1)' }).click()
    await expect.poll(() => page.title(), SOON).toBe('A shop')
    await close(key)
  })
})

// The last: everybody's connection is cut.
test('a server that restarts under an open panel is found again, with what happened meanwhile', async () => {
  const { page, key } = await talking()
  await server.kill('SIGKILL')
  await panel(page)
    .getByText(/Connecting again/)
    .waitFor(LATER)
  await say(page, 'Written while you were away.')
  server = await server.restart()
  await expect.poll(() => textsOf(key), LATER).toEqual(['Hello.', 'Written while you were away.'])
  await server.kill('SIGKILL')
  await panel(page)
    .getByText(/Connecting again/)
    .waitFor(LATER)
  server = await server.restart()
  // Before the panel is back, as a rule; it finds it closed in any case.
  await close(key)
  await panel(page).getByRole('button', { name: 'Start a new conversation' }).waitFor(LATER)
})
