// How the page looks to those who need it otherwise: colours of the system, no motion, more contrast, larger and smaller text.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { type Server, startServer } from '../lib/server.ts'
import { home } from '../lib/words.ts'

let browser: Browser
let server: Server
let grace: Seat
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.enter(server.setUpUrl)
  await grace.open(`/chat/${home}`)
  await grace.composer().waitFor()
  await grace.say('A message to look at.')
  page = grace.page
})
afterAll(async () => {
  await grace.context.close()
  await browser.close()
  await server.remove()
})

const USUAL = { theme: 'system', contrast: 'system', motion: 'system', textSize: 15 }

/** As the settings keep it, for all devices. */
async function choose(choices: object): Promise<void> {
  const answer = await page.request.put(`${server.url}/api/v1/me/state/settings/choices`, {
    headers: { origin: server.url },
    data: { ...USUAL, ...choices },
  })
  expect(answer.status(), await answer.text()).toBe(200)
  await page.evaluate(
    (kept) => localStorage.setItem('sayso.choices', kept),
    JSON.stringify(choices),
  )
  await grace.open(`/chat/${home}`)
  await grace.message('A message to look at.').waitFor()
}

/** A colour of the system as the page has it now. */
const system = (name: string) =>
  page.evaluate((colour) => {
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.color = colour
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  }, name)

test('[A-2] in the colours of the system: focus, what is chosen, switches and edges can be told apart', async () => {
  await page.emulateMedia({ forcedColors: 'active' })
  const [highlight, canvas, text] = await Promise.all(
    ['Highlight', 'Canvas', 'CanvasText'].map(system),
  )
  // Focus is an outline, as shadows are not drawn.
  for (const target of [
    page.getByRole('link', { name: 'random' }).first(),
    page.getByRole('button', { name: 'Sign out' }).first(),
    page.getByRole('searchbox', { name: 'Search people' }),
  ]) {
    await target.focus()
    // As by keyboard: away and back.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    const ring = await target.evaluate((element) => {
      const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(element)
      return { outlineColor, outlineStyle, width: Number.parseFloat(outlineWidth) }
    })
    expect({ ...ring, width: ring.width >= 2 }).toEqual({
      outlineColor: expect.not.stringContaining('rgba(0, 0, 0, 0)'),
      outlineStyle: 'solid',
      width: true,
    })
    expect(ring.outlineColor).not.toBe(canvas)
  }
  const row = page.getByRole('article').last()
  await row.focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await row.focus()
  const edgeOfRow = await row.evaluate(
    (element) => getComputedStyle(element, '::before').outlineStyle,
  )
  expect(edgeOfRow).toBe('solid')
  // So is what is chosen in a menu.
  await row.click({ button: 'right' })
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('ArrowDown')
  const item = await page.locator('.mi:focus').evaluate((element) => {
    const { outlineStyle, outlineColor } = getComputedStyle(element)
    return { outlineStyle, outlineColor }
  })
  expect(item.outlineStyle).toBe('solid')
  expect(item.outlineColor).not.toBe(canvas)
  await page.keyboard.press('Escape')
  // The channel one is in differs from the others by more than a wash that is not drawn.
  const edge = (name: string) =>
    page
      .getByRole('navigation', { name: 'Channels' })
      .getByRole('link', { name })
      .first()
      .evaluate((element) => {
        const { borderTopColor, borderTopStyle, backgroundColor, color } = getComputedStyle(element)
        return `${borderTopStyle} ${borderTopColor} ${backgroundColor} ${color}`
      })
  expect(await edge('general')).not.toBe(await edge('random'))
  // The field one writes in has an edge.
  const field = await page.locator('form.composer').evaluate((element) => {
    const { borderTopColor, borderTopStyle, borderTopWidth } = getComputedStyle(element)
    return { borderTopColor, borderTopStyle, isThere: Number.parseFloat(borderTopWidth) > 0 }
  })
  expect(field.borderTopStyle).toBe('solid')
  expect(field.isThere).toBe(true)
  expect(field.borderTopColor).not.toBe(canvas)
  // A switch that is on differs from one that is off, and both have an edge.
  await grace.open(`/chat/${home}?settings=accessibility`)
  const control = page.getByRole('switch').first()
  const look = () =>
    control.evaluate((element) => {
      const { backgroundColor, borderTopStyle } = getComputedStyle(element)
      return { backgroundColor, borderTopStyle }
    })
  expect(await control.isChecked()).toBe(true)
  const on = await look()
  await control.click()
  const off = await look()
  expect(on.backgroundColor).toBe(highlight)
  expect(off.backgroundColor).not.toBe(highlight)
  expect([on.borderTopStyle, off.borderTopStyle]).toEqual(['solid', 'solid'])
  expect(text).not.toBe(canvas)
  await control.click()
  await page.emulateMedia({ forcedColors: 'none' })
})

/** Animations and transitions that run, or would run for any time, on anything that is drawn. */
const moving = () =>
  page.evaluate(() => {
    const seconds = (list: string) => list.split(',').map((one) => Number.parseFloat(one))
    const lasts = (element: Element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element)
      const isAnimated =
        animationName !== 'none' && seconds(animationDuration).some((one) => one > 0.001)
      return isAnimated || seconds(transitionDuration).some((one) => one > 0.001)
    }
    const running = document
      .getAnimations()
      // One that takes no time only waits: it shows something late.
      .filter(({ playState, effect }) => {
        const lastsMs = Number(effect?.getComputedTiming().duration)
        return playState === 'running' && lastsMs > 1
      })
    return [
      ...running.map(
        (one) => `runs: ${(one.effect as KeyframeEffect | null)?.target?.outerHTML.slice(0, 100)}`,
      ),
      ...[...document.querySelectorAll('body *')]
        .filter(lasts)
        .map((element) => `would: ${element.outerHTML.slice(0, 100)}`),
    ]
  })

test('[L-4] where less motion is asked for nothing moves: by the system, and by choice', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await grace.open(`/chat/${home}`)
  await grace.composer().waitFor()
  await page.getByRole('article').last().click({ button: 'right' })
  await page.getByRole('menu').waitFor()
  expect(await moving()).toEqual([])
  await page.keyboard.press('Escape')
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await choose({ motion: 'none' })
  await grace.say('Another one.')
  await grace.message('Another one.').waitFor()
  expect(await moving()).toEqual([])
  await choose({})
})

/** Contrast of what is read: the lowest of all texts that are drawn, by the formula of WCAG. */
const leastContrast = () =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    if (context === null) return []
    const rgba = (colour: string) => {
      context.clearRect(0, 0, 1, 1)
      context.fillStyle = colour
      context.fillRect(0, 0, 1, 1)
      return context.getImageData(0, 0, 1, 1).data
    }
    const light = (data: Uint8ClampedArray) => {
      const [r = 0, g = 0, b = 0] = [...data.slice(0, 3)].map((value) => {
        const share = value / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const ground = (element: Element | null): string => {
      for (let one = element; one !== null; one = one.parentElement) {
        const { backgroundColor } = getComputedStyle(one)
        if ((rgba(backgroundColor)[3] ?? 0) > 250) return backgroundColor
      }
      return 'white'
    }
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter(
        (element) =>
          [...element.childNodes].some(
            (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
          ) &&
          element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
          element.closest('.vh, .skip, .av, [aria-disabled=true], [aria-hidden=true]') === null,
      )
      .flatMap((element) => {
        const [one, other] = [
          light(rgba(getComputedStyle(element).color)),
          light(rgba(ground(element))),
        ]
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
        return ratio < 7 ? [`${ratio.toFixed(2)}: ${element.outerHTML.slice(0, 100)}`] : []
      })
  })

test('[L-1] with more contrast every text has 7 to 1, light and dark, by the system and by choice', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, contrast: 'more' })
    expect(await leastContrast()).toEqual([])
    await page.emulateMedia({ colorScheme, contrast: 'no-preference' })
    await choose({ contrast: 'more' })
    expect(await leastContrast()).toEqual([])
    await choose({})
  }
})

test('[L-5] text from 12 to 20 px: what is read has that size, and nothing scrolls sideways', async () => {
  for (const size of [12, 15, 20]) {
    await choose({ textSize: size })
    const text = grace.message('A message to look at.')
    const px = await text.evaluate((element) =>
      Number.parseFloat(getComputedStyle(element).fontSize),
    )
    expect(Math.abs(px - size)).toBeLessThan(0.6)
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 860 })
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect([size, width, over]).toEqual([size, width, 0])
    }
  }
  expect(grace.troubles).toEqual([])
})
