// Every screen at 320 px, which is 400 % of 1280, with the text spacing people may ask for: nothing scrolls sideways and nothing
// is cut. Every seventh screen here, all of them with `SCREENS=all`.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scrollsSideways } from '../lib/axe.ts'
import { openBrowser } from '../lib/browser.ts'
import { cutTexts, SPACED } from '../lib/cut-text.ts'
import { drawn } from '../lib/log-view.ts'
import { looking } from '../lib/screens/look.ts'
import { openPlace, type Place } from '../lib/screens/place.ts'
import { inLanes } from '../lib/screens/sample.ts'
import { SCREENS } from '../lib/screens/table.ts'

const EVERY = process.env.SCREENS === 'all' ? 1 : 7

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

const SOME = SCREENS.filter((_, index) => index % EVERY === 0)

test('[L-2] at 320 px, low and spaced out: no sideways scroll, no cut text', async () => {
  const found: string[] = []
  const cases = SOME.map((shown) => ({ shown, theme: 'light' as const, width: 320 }))
  await inLanes(cases, async (shown, looks) => {
    const note = (how: string) => (each: string) =>
      found.push(`${shown.screen} (${shown.state}), ${how}: ${each}`)
    await looking(place, shown, looks, async (page) => {
      const plain = [...(await scrollsSideways(page)), ...(await cutTexts(page))]
      plain.forEach(note('plain'))
      await page.setViewportSize({ width: 320, height: 256 })
      await drawn(page)
      const low = await scrollsSideways(page)
      low.forEach(note('low'))
      await page.addStyleTag({ content: SPACED })
      await drawn(page)
      const spaced = [...(await scrollsSideways(page)), ...(await cutTexts(page))]
      spaced.forEach(note('spaced'))
    }).catch((cause: unknown) => note('did not stand')(String(cause)))
  })
  expect(found).toEqual([])
})
