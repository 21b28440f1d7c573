// A message is shown with all that stands around it: what grew a moment later would move what is below from under a hand.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../lib/browser.ts'
import { openPlace, type Place } from '../lib/screens/place.ts'
import { home } from '../lib/words.ts'

let browser: Browser
let place: Place

beforeAll(async () => {
  browser = await openBrowser()
  place = await openPlace(browser)
})
afterAll(async () => {
  await place.close()
  await browser.close()
})

type Drawn = {
  /** Where the rows in view stand in the first frame one sees. */
  readonly first: readonly string[]
  readonly parts: string
}

const PARTS = ['.chips', '.thread-chip', '.quote', '.pin-mark', '.carried']

/** Notes the first frame in which the messages are seen. Who waits a moment for what comes with them waits long here: how fast this machine is does not matter. */
function watch([parts]: [readonly string[]]): void {
  const { setTimeout } = globalThis
  globalThis.setTimeout = ((work: () => void, ms?: number, ...rest: unknown[]) =>
    setTimeout(work, ms === 300 ? 60_000 : ms, ...rest)) as typeof setTimeout
  // What is drawn beside the view, to scroll into, comes frame by frame: how much of it is there is no matter.
  const inView = () => {
    const view = document.querySelector('.log')?.getBoundingClientRect() ?? new DOMRect()
    return [...document.querySelectorAll('.log article')].flatMap((row) => {
      const { top, bottom, height } = row.getBoundingClientRect()
      if (bottom <= view.top || top >= view.bottom) return []
      return `${row.getAttribute('data-row')}: ${Math.round(height)} px at ${Math.round(top)}`
    })
  }
  const seen = globalThis as unknown as { seen?: unknown; inView: typeof inView }
  seen.inView = inView
  const look = () => {
    const log = document.querySelector('.log:not(.placing)')
    if (log === null || log.querySelector('article') === null) return requestAnimationFrame(look)
    const found = parts.map((part) => `${part} ${log.querySelectorAll(part).length}`)
    seen.seen = { first: inView(), parts: found.join(', ') }
    return 0
  }
  requestAnimationFrame(look)
}

async function opened(width: number, before?: (page: Page) => Promise<void>): Promise<Page> {
  const page = await place.open('grace')
  await page.setViewportSize({ width, height: 840 })
  await page.addInitScript(watch, [PARTS] as [readonly string[]])
  await before?.(page)
  await page.goto(`${place.server.url}/chat/${home}`)
  return page
}

const drawnFirst = (page: Page) =>
  page.waitForFunction(() => (globalThis as unknown as { seen?: Drawn }).seen)

for (const width of [1440, 360]) {
  test(`reactions, quotes, pins, threads and files stand in the first frame, ${width} px`, async () => {
    const page = await opened(width)
    const { first, parts } = (await (await drawnFirst(page)).jsonValue()) as Drawn
    await page.getByText('plan.txt').waitFor()
    await page.waitForLoadState('networkidle')
    const last = await page.evaluate(() =>
      (globalThis as unknown as { inView(): readonly string[] }).inView(),
    )
    expect(parts).toBe('.chips 1, .thread-chip 1, .quote 1, .pin-mark 1, .carried 1')
    expect(last).toEqual(first)
    await page.close()
  })
}

test('an answer that does not come keeps nobody from reading', async () => {
  let answer = () => {}
  const isAsked = new Promise<void>((resolve) => {
    answer = resolve
  })
  const page = await place.open('grace')
  await page.route(/\/pins$/, async (route) => {
    await isAsked
    await route.continue()
  })
  await page.goto(`${place.server.url}/chat/${home}`)
  await page.getByText('Buy cheap lights here, now!').waitFor()
  expect(await page.locator('.pin-mark').count()).toBe(0)
  answer()
  await page.locator('.pin-mark').waitFor()
  await page.close()
})
