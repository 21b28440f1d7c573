// Every screen with texts 40 % longer than the English: nothing is cut and nothing scrolls sideways, at three widths. Every
// ninth screen of the chat here and some of the dashboard, all of them with `SCREENS=all`.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scrollsSideways } from '../lib/axe.ts'
import { openBrowser, Seat } from '../lib/browser.ts'
import { cutTexts } from '../lib/cut-text.ts'
import { drawn } from '../lib/log-view.ts'
import { looking, WIDTHS } from '../lib/screens/look.ts'
import { openPlace, type Place } from '../lib/screens/place.ts'
import { inLanes } from '../lib/screens/sample.ts'
import { SCREENS } from '../lib/screens/table.ts'
import { type Server, startServer } from '../lib/server.ts'

const EVERY = process.env.SCREENS === 'all' ? 1 : 9

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** The page speaks it where it stands: nothing is opened anew. */
async function speakLong(page: Page): Promise<void> {
  await page.evaluate(() => {
    const url = new URL(location.href)
    url.searchParams.set('lang', 'x-long')
    history.replaceState(history.state, '', url)
    window.dispatchEvent(new PopStateEvent('popstate'))
  })
  await page.waitForFunction(() => /([aeiou])\1\1/.test(document.body.textContent ?? ''))
  await drawn(page)
}

const faults = async (page: Page) => [...(await scrollsSideways(page)), ...(await cutTexts(page))]

test('[L-6] the screens of the chat', async () => {
  const place: Place = await openPlace(browser)
  const found: string[] = []
  const some = SCREENS.filter((_, index) => index % EVERY === 0)
  const cases = some.flatMap((shown) =>
    WIDTHS.map((width) => ({ shown, theme: 'light' as const, width })),
  )
  await inLanes(cases, async (shown, looks) => {
    const name = `${shown.screen} (${shown.state})`
    let isLong = false
    await looking(place, shown, looks, async (page, { width }) => {
      if (!isLong) await speakLong(page)
      isLong = true
      found.push(...(await faults(page)).map((each) => `${name}, ${width} px: ${each}`))
    }).catch((cause: unknown) => found.push(`${name} did not stand: ${String(cause)}`))
  })
  await place.close()
  expect(found).toEqual([])
})

const ADMIN = [
  'overview',
  'policy',
  'people',
  'connections',
  'audit',
  'keys',
  'grants',
  'explain',
  'requests',
  'webhooks',
  'analytics',
  'installation',
  'groups',
  'resources',
  'apps',
  'decisions',
]

test('[L-6] the screens of the dashboard', async () => {
  const server: Server = await startServer()
  const grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.enter(server.setUpUrl)
  const found: string[] = []
  for (const screen of ADMIN.filter((_, index) => index % Math.min(EVERY, 4) === 0)) {
    const { page } = grace
    await grace.open(`/admin/${screen}`)
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    await speakLong(page)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 860 })
      await drawn(page)
      found.push(...(await faults(page)).map((each) => `${screen}, ${width} px: ${each}`))
    }
  }
  await grace.context.close()
  await server.remove()
  expect(found).toEqual([])
})
