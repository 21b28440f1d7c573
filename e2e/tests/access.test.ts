// Everybody can use it: no automated finding on any screen, in any state, theme and width. Here a sample in which every two of
// them meet; `SCREENS=all` (npm run test:full) looks at the whole matrix and writes down what it saw.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings, scrollsSideways } from '../lib/axe.ts'
import { openBrowser } from '../lib/browser.ts'
import { keepMatrix } from '../lib/screens/kept.ts'
import { looking, nameOf } from '../lib/screens/look.ts'
import { openPlace, type Place } from '../lib/screens/place.ts'
import { everyCase, inLanes, pairwise } from '../lib/screens/sample.ts'
import { STATES } from '../lib/screens/shown.ts'
import { SCREENS } from '../lib/screens/table.ts'

const IS_WHOLE = process.env.SCREENS === 'all'

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

const LONGEST_MS = IS_WHOLE ? 3_600_000 : 900_000

test('[A-1] the table has every state, and the sample everything that meets another', () => {
  expect(new Set(SCREENS.map(({ state }) => state))).toEqual(new Set(STATES))
  const names = SCREENS.map(({ screen, state }) => `${screen} ${state}`)
  expect(new Set(names).size).toBe(names.length)
  const sample = pairwise(everyCase(SCREENS))
  expect(new Set(sample.map(({ shown }) => shown)).size).toBe(SCREENS.length)
})

test(
  '[A-1] no finding of WCAG 2.2 A and AA, and nothing that scrolls sideways',
  async () => {
    const cases = IS_WHOLE ? everyCase(SCREENS) : pairwise(everyCase(SCREENS))
    const found: string[] = []
    await inLanes(cases, async (shown, looks) => {
      await looking(place, shown, looks, async (page, look) => {
        const seen = [...(await findings(page)), ...(await scrollsSideways(page))]
        found.push(...seen.map((each) => `${nameOf({ shown, ...look })}: ${each}`))
      }).catch((cause: unknown) => {
        found.push(`${shown.screen} (${shown.state}) did not stand: ${String(cause)}`)
      })
    })
    const counts = { screens: SCREENS.length, cases: cases.length, findings: found.length }
    if (IS_WHOLE) keepMatrix(browser, { of: 'chat', ...counts })
    expect(found).toEqual([])
    // Some two hundred pages are opened, one after the other.
  },
  LONGEST_MS,
)
