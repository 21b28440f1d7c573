// Brings a screen of the table before a page, in one theme and width.

import type { Page } from 'playwright-core'
import { drawn, steady } from '../log-view.ts'
import type { Place } from './place.ts'
import type { Shown } from './shown.ts'

export const THEMES = ['light', 'dark', 'contrast'] as const
export const WIDTHS = [360, 768, 1440] as const

export type Theme = (typeof THEMES)[number]

export type Look = { readonly theme: Theme; readonly width: number }

/** A screen in a state, a theme and a width. */
export type Case = Look & { readonly shown: Shown<string> }

export function nameOf({
  shown,
  theme,
  width,
}: Look & { readonly shown: Pick<Shown<string>, 'screen' | 'state'> }): string {
  return `${shown.screen} (${shown.state}), ${theme}, ${width} px`
}

export async function wear(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    contrast: theme === 'contrast' ? 'more' : 'no-preference',
    reducedMotion: 'reduce',
  })
}

/** What a server says that cannot answer. */
const FAILURE = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'about:blank',
    title: 'Unavailable',
    status: 503,
    code: 'unavailable',
    detail: 'the server cannot answer now',
    remedy: 'try again in a moment',
  }),
}

/**
 * Opens a screen in a window of its own and calls back for each look, when it stands: the first as it was opened, the others
 * after the theme and the width have changed under it. @param height of the window, CSS pixels
 */
export async function looking(
  place: Place,
  shown: Shown<string>,
  looks: readonly Look[],
  at: (page: Page, look: Look) => Promise<void>,
  height = 840,
): Promise<void> {
  const page = await place.open(shown.who)
  const turn = async ({ theme, width }: Look) => {
    await wear(page, theme)
    await page.setViewportSize({ width, height })
  }
  const [first] = looks
  if (first === undefined) return
  try {
    await turn(first)
    if (shown.hold !== undefined) await page.route(shown.hold, () => undefined)
    if (shown.fail !== undefined) await page.route(shown.fail, (route) => route.fulfill(FAILURE))
    if (shown.isMute === true) await page.routeWebSocket(/./, () => undefined)
    await page.goto(`${place.server.url}${shown.path(place)}`)
    await shown.settled(page)
    // A list is drawn hidden until it knows where it opens.
    await page.locator('.log.placing').waitFor({ state: 'detached' })
    await steady(page)
    await shown.act?.(page)
    for (const look of looks) {
      await turn(look)
      await drawn(page)
      // What was measured in the first frames is drawn in the next.
      await drawn(page)
      await at(page, look)
    }
  } finally {
    await page.context().setOffline(false)
    await page.close()
  }
}
