// Everybody can use it: no automated finding on any page in either theme at any width, and a way through by keyboard alone.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { listChannel } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { home, inner, readOnly } from '../lib/words.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [360, 768, 1440] as const
const SCHEMES = ['light', 'dark'] as const

type Finding = { readonly id: string; readonly nodes: readonly { readonly html: string }[] }

let browser: Browser
let server: Server
let ada: Seat
let grace: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  await grace.becomeOwner()
  await grace.open('/chat')
  await grace.say('Good morning.')
  await grace.message('Good morning.').waitFor()
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  await ada.signUp()
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

/** Rules of WCAG 2.2 A and AA, run in the page. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(o: object): Promise<{ violations: Finding[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    return (await axe.run({ runOnly: { type: 'tag', values: tags } })).violations
  })
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  )
}

async function look(
  page: Page,
  path: string,
  settled: (page: Page) => Promise<unknown>,
): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 840 })
      await page.goto(`${server.url}${path}`)
      await settled(page)
      for (const each of await findings(page))
        found.push(`${path} ${colorScheme} ${width}: ${each}`)
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      if (sideways) found.push(`${path} ${colorScheme} ${width}: scrolls sideways`)
    }
  }
  return found
}

describe('no automated finding, no sideways scroll', () => {
  test('signed out: home, sign-in, a set-up link that was used', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const button = (name: RegExp) => (p: Page) =>
      p.getByRole('button', { name }).or(p.getByRole('link', { name })).first().waitFor()
    expect(await look(page, '/', button(/Start chatting/))).toEqual([])
    expect(await look(page, '/login', button(/^Sign in$/))).toEqual([])
    expect(
      await look(page, '/setup?token=used', (p) => p.getByRole('heading').first().waitFor()),
    ).toEqual([])
    await context.close()
  })

  test('signed in: home, a channel, a read-only channel, a channel that is not there', async () => {
    const log = (p: Page) => p.getByRole('log').waitFor()
    const heading = (p: Page) => p.getByRole('heading').first().waitFor()
    expect(await look(ada.page, '/', heading)).toEqual([])
    expect(await look(ada.page, `/chat/${home}`, log)).toEqual([])
    // An empty log has no height: the card that says why one cannot write stands below it.
    const card = (p: Page) => p.getByText(/, not write$/).waitFor()
    expect(await look(ada.page, `/chat/${readOnly}`, card)).toEqual([])
    expect(await look(ada.page, '/chat/nowhere', heading)).toEqual([])
  })
})

describe('a channel by request', () => {
  test('asking, and answering, have no finding either', async () => {
    const bob = await Seat.take(server, browser, 'Bob Kahn')
    await bob.signUp()
    await listChannel(server, inner, true)
    const ask = (p: Page) => p.getByRole('button', { name: 'Request access' }).waitFor()
    expect(await look(bob.page, `/chat/${inner}`, ask)).toEqual([])
    await bob.page.getByRole('button', { name: 'Request access' }).click()
    await bob.page.getByRole('button', { name: 'Take the request back' }).waitFor()
    const asks = (p: Page) => p.getByText('Bob Kahn').first().waitFor()
    expect(await look(grace.page, `/chat/${inner}?pane=people`, asks)).toEqual([])
    await bob.context.close()
    await listChannel(server, inner, false)
  })
})

describe('by keyboard alone', () => {
  test('from the composer to a message and back, to another channel, to sign-out', async () => {
    const { page } = ada
    await page.setViewportSize({ width: 1280, height: 860 })
    await page.goto(`${server.url}/chat/${home}`)
    await ada.composer().waitFor()
    await ada.composer().focus()
    await page.keyboard.type('Typed, not clicked.')
    await page.keyboard.press('Enter')
    await ada.message('Typed, not clicked.').waitFor()
    const reached = new Set<string>()
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab')
      const name = await page.evaluate(() => {
        const at = document.activeElement
        return at === document.body ? '' : (at?.getAttribute('aria-label') ?? at?.textContent ?? '')
      })
      reached.add(name.trim())
    }
    expect([...reached].some((name) => name.includes('Sign out'))).toBe(true)
    expect([...reached].some((name) => name.includes('Notices'))).toBe(true)
  })
})
