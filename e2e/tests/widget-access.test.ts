// Everybody can use the widget: no automated finding in any state of its panel, whichever way it is read. Here a sample in which
// every two of state, theme and width meet, and every other state is read from right to left; `SCREENS=all` (npm run test:full)
// looks at the whole matrix.

import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings, scrollsSideways } from '../lib/axe.ts'
import { openBrowser } from '../lib/browser.ts'
import { makeWidget } from '../lib/desk.ts'
import { type Operator, takeOperator } from '../lib/operator.ts'
import { keepMatrix } from '../lib/screens/kept.ts'
import { type Look, nameOf, wear } from '../lib/screens/look.ts'
import { byScreen, everyCase, pairwise } from '../lib/screens/sample.ts'
import { type Server, startServer } from '../lib/server.ts'
import { openSite, type Site, widgetPage } from '../lib/site.ts'

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC'

let server: Server
let browser: Browser
let site: Site
let grace: Operator

/** One panel on one page. */
type Seen = { readonly page: Page; readonly frame: Frame }

type State = {
  /** Which of the widgets. */
  readonly on: 'talk' | 'form' | 'away'
  /** What is done until it stands. */
  readonly act: (seen: Seen) => Promise<unknown>
}

const menu = (frame: Frame) => frame.locator('.menu > button').click()
const submit = (frame: Frame) => frame.locator('button.primary').click()

async function wait({ frame }: Seen): Promise<void> {
  const field = frame.locator('.composer textarea')
  await field.fill('Where is my order? See https://shop.example/orders/1')
  await field.press('Enter')
  await frame.locator('.own .stamp').waitFor()
}

async function answered(seen: Seen): Promise<string> {
  await wait(seen)
  const key = await claimed()
  await seen.frame.locator('.event').first().waitFor()
  const channel = await grace.channel(key)
  await channel.publish('text', { text: 'It is on its way.' })
  await channel.publish({ name: 'typing', data: {}, extras: { ephemeral: true } })
  await seen.frame.locator('.their .bubble').waitFor()
  return key
}

async function claimed(): Promise<string> {
  let key: string | undefined
  await expect
    .poll(
      async () => {
        const { body } = await grace.call<{ items: { key: string }[] }>(
          'GET',
          '/desk/conversations?view=waiting',
        )
        key = body.items[0]?.key
        return key
      },
      { timeout: 15_000 },
    )
    .toBeDefined()
  await grace.call('POST', `/desk/conversations/${key}/claim`, {})
  return key ?? ''
}

/** Leaves nothing to the next. */
async function nobodyWaits(): Promise<void> {
  for (const view of ['waiting', 'mine']) {
    const { body } = await grace.call<{ items: { key: string }[] }>(
      'GET',
      `/desk/conversations?view=${view}`,
    )
    for (const { key } of body.items) {
      if (view === 'waiting') await grace.call('POST', `/desk/conversations/${key}/claim`, {})
      await grace.call('POST', `/desk/conversations/${key}/close`, {})
    }
  }
}

async function closed(seen: Seen): Promise<void> {
  const key = await answered(seen)
  await grace.call('POST', `/desk/conversations/${key}/close`, {})
  await seen.frame.locator('.ended').waitFor()
}

async function files(seen: Seen): Promise<void> {
  await answered(seen)
  const { frame } = seen
  const input = frame.locator('input[type=file]')
  await input.setInputFiles([
    { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(PICTURE, 'base64') },
  ])
  await frame.locator('.attached .icon').waitFor()
  await frame.locator('.send').click()
  await frame.locator('.picture img').waitFor()
  await input.setInputFiles([
    { name: 'a receipt.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') },
  ])
  await frame.locator('.attached .icon').waitFor()
}

const STATES: Readonly<Record<string, State>> = {
  greeting: { on: 'talk', act: ({ frame }) => frame.locator('.their .bubble').waitFor() },
  form: { on: 'form', act: ({ frame }) => frame.locator('form.page').waitFor() },
  'form that is not right': {
    on: 'form',
    act: async ({ frame }) => {
      await submit(frame)
      await frame.locator('.problem').first().waitFor()
    },
  },
  waiting: { on: 'talk', act: wait },
  conversation: { on: 'talk', act: answered },
  files: { on: 'talk', act: files },
  menu: {
    on: 'talk',
    act: async (seen) => {
      await wait(seen)
      await menu(seen.frame)
      await seen.frame.locator('[role=menu]').waitFor()
    },
  },
  forgetting: {
    on: 'talk',
    act: async (seen) => {
      await wait(seen)
      await menu(seen.frame)
      await seen.frame.locator('[role=menuitem].danger').click()
      await seen.frame.locator('dialog').waitFor()
    },
  },
  'nobody there': { on: 'away', act: ({ frame }) => frame.locator('form.page').waitFor() },
  'message left': {
    on: 'away',
    act: async ({ frame }) => {
      await frame.locator('input[type=email]').fill('mo@example.com')
      await frame.locator('textarea').fill('Call me.')
      await submit(frame)
      await frame.locator('button.plain').waitFor()
    },
  },
  closed: { on: 'talk', act: closed },
  rating: {
    on: 'talk',
    act: async (seen) => {
      await closed(seen)
      await seen.frame.locator('.transcript button').last().click()
      await seen.frame.locator('fieldset label').last().click()
      await seen.frame.locator('.rating textarea').waitFor()
    },
  },
  earlier: {
    on: 'talk',
    act: async (seen) => {
      await closed(seen)
      await menu(seen.frame)
      await seen.frame.locator('[role=menuitem]').first().click()
      await seen.frame.locator('.talks button').first().waitFor()
    },
  },
  'cut off': {
    on: 'talk',
    act: async (seen) => {
      await answered(seen)
      await seen.page.context().setOffline(true)
      await seen.frame.locator('.banner[data-empty=false]').waitFor()
      await seen.frame.locator('.composer textarea').fill('In a tunnel.')
      await seen.frame.locator('.composer textarea').press('Enter')
    },
  },
  'not available': {
    on: 'talk',
    act: async ({ page, frame }) => {
      await page.evaluate(() => {
        const { SaysoWidget } = globalThis as unknown as {
          SaysoWidget: { identify(token: string): void }
        }
        SaysoWidget.identify('no token')
      })
      await frame.locator('.alone').waitFor()
    },
  },
}

const SHOWN = Object.keys(STATES).flatMap((screen) =>
  (['ltr', 'rtl'] as const).map((state) => ({ screen, state })),
)
/** Each state in one direction: even places from left to right, odd ones from right to left. */
const SOME = SHOWN.filter((_, index) => index % 4 === 0 || index % 4 === 3)
const IS_WHOLE = process.env.SCREENS === 'all'
const CASES = IS_WHOLE ? everyCase(SHOWN) : pairwise(everyCase(SOME))

beforeAll(async () => {
  ;[server, browser, site] = await Promise.all([startServer(), openBrowser(), openSite()])
  const common = {
    sites: [site.origin],
    look: { colour: '#f2c14e' },
    limits: { sessions: 1_000, conversations: 1_000, messages: 1_000 },
  }
  const form = {
    fields: [
      { key: 'name', label: 'Your name', required: true },
      { key: 'about', label: 'What is it about?', kind: 'choice', options: ['Order', 'Other'] },
    ],
    consent: { text: 'You may keep it: https://shop.example/privacy', required: true },
  }
  const hours = { zone: 'UTC', week: { mon: [['09:00', '09:01']] }, holidays: [] }
  const widgets = {
    talk: await makeWidget(server, common),
    form: await makeWidget(server, { ...common, form }),
    away: await makeWidget(server, { ...common, hours }),
  }
  for (const [name, widget] of Object.entries(widgets)) {
    for (const [direction, language] of Object.entries({ ltr: 'en', rtl: 'ar' })) {
      const attributes = ` data-language="${language}"`
      site.put(`/${name}/${direction}`, {
        html: widgetPage({ server: server.url, widget, attributes }),
      })
    }
  }
  grace = await takeOperator(server, browser, 'Grace Hopper', server.setUpUrl)
  await grace.call('PUT', '/desk/me', { status: 'available' })
})
afterAll(async () => {
  await grace.leave()
  await browser.close()
  await site.close()
  await server.remove()
})

/** Brings one panel into a state, and looks at it each time its theme or width has changed under it. */
async function lookedAt(
  { screen, state: direction }: (typeof SHOWN)[number],
  looks: readonly Look[],
  at: (seen: Seen, look: Look) => Promise<void>,
): Promise<void> {
  const { on, act } = STATES[screen] as State
  const context = await browser.newContext()
  context.setDefaultTimeout(15_000)
  try {
    const page = await context.newPage()
    const turn = async ({ theme, width }: Look) => {
      await wear(page, theme)
      await page.setViewportSize({ width, height: 740 })
    }
    await turn(looks[0] as Look)
    await page.goto(`${site.origin}/${on}/${direction}`)
    await page.locator('sayso-widget button').click()
    const frame = await (await page.locator('sayso-widget iframe').elementHandle())?.contentFrame()
    if (frame === null || frame === undefined) throw new Error('there is no frame')
    await frame.locator('.head').waitFor()
    await act({ page, frame })
    for (const look of looks) {
      await turn(look)
      await frame.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      )
      await at({ page, frame }, look)
    }
  } finally {
    await context.close()
    await nobodyWaits()
  }
}

test('no finding of WCAG 2.2 A and AA in the panel, and nothing that scrolls sideways', async () => {
  const found: string[] = []
  for (const [shown, looks] of byScreen(CASES)) {
    await lookedAt(shown, looks, async ({ page, frame }, look) => {
      const seen = [
        ...(await findings(frame)),
        ...(await scrollsSideways(frame)),
        ...(await scrollsSideways(page)),
        // The launcher, once in every look.
        ...(shown.screen === 'greeting' ? await findings(page) : []),
      ]
      found.push(...seen.map((each) => `${nameOf({ shown, ...look })}: ${each}`))
    }).catch((cause: unknown) => {
      found.push(`${shown.screen} (${shown.state}) did not stand: ${String(cause)}`)
    })
  }
  const counts = { screens: SHOWN.length, cases: CASES.length, findings: found.length }
  if (IS_WHOLE) keepMatrix(browser, { of: 'widget', ...counts })
  expect(found).toEqual([])
})
