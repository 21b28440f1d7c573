// Every screen with texts 40 % longer than the English: nothing is cut, nothing of ours is shortened, and nothing scrolls
// sideways, at three widths. Here a sample in which every two of screen, state and width meet, of some screens; all of them
// with `SCREENS=all` (npm run test:full), one by its name with `SCREEN=`.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scrollsSideways } from '../lib/axe.ts'
import { openBrowser } from '../lib/browser.ts'
import { cutTexts, shortenedTexts } from '../lib/cut-text.ts'
import { drawn } from '../lib/log-view.ts'
import { ADMIN_SCREENS } from '../lib/screens/admin.ts'
import { furnishAdmin } from '../lib/screens/admin-furniture.ts'
import { type Case, looking, nameOf } from '../lib/screens/look.ts'
import { openPlace, type Place } from '../lib/screens/place.ts'
import { everyCase, inLanes, pairwise } from '../lib/screens/sample.ts'
import type { Shown } from '../lib/screens/shown.ts'
import { SCREENS } from '../lib/screens/table.ts'

const IS_WHOLE = process.env.SCREENS === 'all'
const ONLY = process.env.SCREEN
/** Of the sample, so many screens are left out between two that are looked at. */
const EVERY = 5

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** What the stretching of the English makes of it. */
const STRETCHED = /([aeiou])\1\1/

/** The page speaks it where it stands: nothing is opened anew. */
async function speakLong(page: Page): Promise<void> {
  await page.evaluate(() => {
    const url = new URL(location.href)
    url.searchParams.set('lang', 'x-long')
    history.replaceState(history.state, '', url)
    window.dispatchEvent(new PopStateEvent('popstate'))
  })
  await page.waitForFunction(
    (pattern) => new RegExp(pattern).test(document.body.textContent ?? ''),
    STRETCHED.source,
  )
  await drawn(page)
}

function casesOf(screens: readonly Shown<string>[]): readonly Case[] {
  const named = screens.filter(({ screen }) => ONLY === undefined || screen.includes(ONLY))
  const isWhole = IS_WHOLE || ONLY !== undefined
  const some = isWhole ? named : named.filter((_, index) => index % EVERY === 0)
  const cases = everyCase(some).filter(({ theme }) => theme === 'light')
  return isWhole ? cases : pairwise(cases)
}

async function faultsOf(place: Place, cases: readonly Case[]): Promise<readonly string[]> {
  const found: string[] = []
  await inLanes(cases, async (shown, looks) => {
    let isLong = false
    await looking(place, shown, looks, async (page, look) => {
      if (!isLong) await speakLong(page)
      isLong = true
      const seen = [
        ...(await scrollsSideways(page)),
        ...(await cutTexts(page)),
        ...(await shortenedTexts(page, STRETCHED)),
      ]
      found.push(...seen.map((each) => `${nameOf({ shown, ...look })}: ${each}`))
    }).catch((cause: unknown) => {
      found.push(`${shown.screen} (${shown.state}) did not stand: ${String(cause)}`)
    })
  })
  return found
}

test('[L-6] the screens of the chat', async () => {
  const place = await openPlace(browser)
  const found = await faultsOf(place, casesOf(SCREENS))
  await place.close()
  expect(found).toEqual([])
})

test('[L-6] the screens of the dashboard', async () => {
  const place = await openPlace(browser)
  const unfurnish = await furnishAdmin(place)
  const found = await faultsOf(place, casesOf(ADMIN_SCREENS))
  unfurnish()
  await place.close()
  expect(found).toEqual([])
})
