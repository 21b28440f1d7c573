// Everybody can use the dashboard: no automated finding on any of its screens, dialogs, menus and side sheets. Here each of them in
// some themes and widths; `SCREENS=all` (npm run test:full) looks at the whole matrix.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings, scrollsSideways } from '../lib/axe.ts'
import { openBrowser } from '../lib/browser.ts'
import { ADMIN_SCREENS } from '../lib/screens/admin.ts'
import { furnishAdmin } from '../lib/screens/admin-furniture.ts'
import { keepMatrix } from '../lib/screens/kept.ts'
import { looking, nameOf } from '../lib/screens/look.ts'
import { openPlace, type Place } from '../lib/screens/place.ts'
import { everyCase, inLanes, screensByPairs } from '../lib/screens/sample.ts'

const ONLY = process.env.SCREEN
const CHOSEN = ADMIN_SCREENS.filter(({ screen }) => ONLY === undefined || screen.includes(ONLY))
/** A matrix of which nothing was left out is kept. */
const IS_WHOLE = process.env.SCREENS === 'all' && ONLY === undefined
const CASES = process.env.SCREENS === 'all' ? everyCase(CHOSEN) : screensByPairs(CHOSEN)

/** Over a hundred pages are opened, one after the other. */
const TIMEOUT_MS = process.env.SCREENS === undefined ? 900_000 : 3_600_000

let browser: Browser
let place: Place
let unfurnish: (() => void) | undefined

beforeAll(async () => {
  browser = await openBrowser()
  place = await openPlace(browser)
  unfurnish = await furnishAdmin(place)
})
afterAll(async () => {
  unfurnish?.()
  await place.close()
  await browser.close()
})

test(
  '[A-1] no finding of WCAG 2.2 A and AA in the dashboard, and nothing that scrolls sideways',
  async () => {
    const found: string[] = []
    await inLanes(CASES, async (shown, looks) => {
      await looking(place, shown, looks, async (page, look) => {
        const seen = [...(await findings(page)), ...(await scrollsSideways(page))]
        found.push(...seen.map((each) => `${nameOf({ shown, ...look })}: ${each}`))
      }).catch((cause: unknown) => {
        found.push(`${shown.screen} (${shown.state}) did not stand: ${String(cause)}`)
      })
    })
    const counts = { screens: CHOSEN.length, cases: CASES.length, findings: found.length }
    if (IS_WHOLE) keepMatrix(browser, { of: 'dashboard', ...counts })
    expect(found).toEqual([])
  },
  TIMEOUT_MS,
)
