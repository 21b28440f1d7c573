// Rights flip at random under somebody who types, scrolls, uploads and has menus open: no reload, no lost character, the
// focus never on the page's body, nothing moves, no control stays on that has been forbidden, and no file is lost.

import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { drawn, fill, moved, seen, wheel } from '../lib/log-view.ts'
import { move, type Person, role } from '../lib/person.ts'
import { type Random, seeded } from '../lib/random.ts'
import { type Server, startServer } from '../lib/server.ts'
import { home, promotedTitle, promotion, silencing } from '../lib/words.ts'

const FLIPS = Number(process.env.SCREEN_FLIPS ?? 30)
const SEED = Number(process.env.SEED ?? 20_261_122)
const ON = `${promotion?.type}:${home}`

let browser: Browser
let server: Server
let grace: Seat
let ada: Seat
let page: Page
let person: string

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  grace = await Seat.take(server, browser, 'Grace Hopper')
  ada = await Seat.take(server, browser, 'Ada Lovelace')
  page = ada.page
  await grace.becomeOwner()
  await ada.signUp()
  const session = await page.request.get(`${server.url}/api/v1/session`)
  person = ((await session.json()) as { person: { id: string } }).person.id
  await fill(server, home, 400)
  await ada.open(`/chat/${home}`)
  await ada.composer().waitFor()
})
afterAll(async () => {
  await grace.context.close()
  await ada.context.close()
  await browser.close()
  await server.remove()
})

type Rights = { readonly isModerator: boolean; readonly isSilent: boolean }

/** What the screen says one may do. */
async function onScreen(): Promise<Rights> {
  return page.evaluate((title) => {
    const field = document.querySelector<HTMLTextAreaElement>('#composer')
    return {
      isSilent: field?.readOnly !== false,
      isModerator: document.querySelector('.rail')?.textContent?.includes(title) === true,
    }
  }, promotedTitle)
}

/** Items of the menu over people that can be chosen. What was lost may still be there, off and with its reason. */
async function offered(): Promise<number> {
  const opener = page.getByRole('button', { name: `Actions for ${grace.name}` })
  if ((await opener.count()) === 0) return 0
  await opener.click()
  await page.getByRole('menuitem').first().waitFor()
  // Writing to somebody, and not hearing from them, takes no right over them.
  const free = page.locator('[role="menuitem"]:not([aria-disabled="true"])')
  const count = await free.filter({ hasNotText: /^(Message|Block)/ }).count()
  await page.keyboard.press('Escape')
  return count
}

/** Changes one right. Resolves when the server has said so. */
async function flip(rights: Rights, random: Random): Promise<Rights> {
  const who = { id: person } as Person
  if (random.int(2) === 0) {
    await move(server, rights.isModerator ? 'demote' : 'promote', home, who)
    return { ...rights, isModerator: !rights.isModerator }
  }
  const what = rights.isSilent ? 'take' : 'give'
  await role(server, what, { person, role: silencing, on: ON })
  return { ...rights, isSilent: !rights.isSilent }
}

/** Counts, inside the page, what the field has taken of what was typed. */
async function watch(): Promise<void> {
  await page.evaluate(() => {
    const state = { taken: '', lost: 0 }
    Object.assign(globalThis, { watched: state })
    document.addEventListener('input', (event) => {
      if (event instanceof InputEvent && event.data !== null) state.taken += event.data
    })
    const look = () => {
      if (document.activeElement === document.body) state.lost += 1
      requestAnimationFrame(look)
    }
    look()
  })
}

const watched = () =>
  page.evaluate(
    () => (globalThis as unknown as { watched?: { taken: string; lost: number } }).watched,
  )

/** Pieces of files on their way: each is held until the flip that comes upon it is over. */
const held: Route[] = []
const MOST_FILES = 6
let picked = 0

async function holdPieces(): Promise<void> {
  await page.context().route('**/api/v1/uploads/**', async (route) => {
    if (route.request().method() === 'PUT') held.push(route)
    else await route.continue()
  })
}

async function letPiecesGo(): Promise<void> {
  for (const route of held.splice(0)) await route.continue()
}

/** Everything that was picked gets there once nothing forbids it. */
async function allFilesArrive(): Promise<void> {
  await page.context().unroute('**/api/v1/uploads/**')
  await letPiecesGo()
  const arrived = page.getByRole('button', { name: /^Remove flip-/ })
  const again = page.locator('.tray').getByRole('button', { name: 'Try again' })
  await expect
    .poll(
      async () => {
        if ((await again.count()) > 0) await again.first().click()
        return arrived.count()
      },
      { timeout: 30_000, message: 'files that were picked' },
    )
    .toBe(picked)
}

const ACTIVITIES: readonly ((random: Random) => Promise<void>)[] = [
  async () => {
    await page.locator('#composer').focus()
    await page.keyboard.type('words that must stay ', { delay: 4 })
  },
  async (random) => {
    await wheel(page, (random.int(2) === 0 ? -1 : 1) * (40 + random.int(500)))
  },
  async () => {
    await page.locator('.log article[tabindex="0"]').focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('menu').first().waitFor()
  },
  async () => {
    await page.locator('.log article[tabindex="0"]').focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
  },
  async () => {
    const emoji = page.locator('form.composer button').first()
    if ((await emoji.count()) > 0) await emoji.focus()
    else await page.locator('.log article[tabindex="0"]').focus()
  },
  async () => {
    const input = page.locator('.composer input[type=file]')
    if (picked === MOST_FILES || (await input.count()) === 0) return
    picked += 1
    const name = `flip-${picked}.txt`
    await input.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.alloc(600_000, 97) })
  },
]

test(`the screen keeps still through ${FLIPS} flips (seed ${SEED})`, async () => {
  const random = seeded(SEED)
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
  await page.locator('#composer').focus()
  // Far from the bottom: what the flips themselves say there is followed only from there.
  for (let turn = 0; turn < 4; turn += 1) await wheel(page, -1_500)
  await watch()
  await holdPieces()
  let rights: Rights = { isModerator: false, isSilent: false }
  const settledMs: number[] = []
  let flipsWhileUploading = 0
  for (let count = 1; count <= FLIPS; count += 1) {
    const act = ACTIVITIES[random.int(ACTIVITIES.length)]
    const isMenu = page.getByRole('menu')
    if ((await isMenu.count()) > 0) await page.keyboard.press('Escape')
    const isTyping = act === ACTIVITIES[0]
    // While typing both happen at once; else the flip comes upon what is there.
    const acting = act?.(random)
    if (!isTyping) await acting
    await drawn(page)
    const before = await seen(page)
    rights = await flip(rights, random)
    const at = performance.now()
    await expect
      .poll(onScreen, { interval: 10, timeout: 10_000, message: `flip ${count}` })
      .toEqual(rights)
    settledMs.push(performance.now() - at)
    if (held.length > 0) flipsWhileUploading += 1
    await letPiecesGo()
    await acting
    await drawn(page)
    expect(moved(before, await seen(page)), `flip ${count}: nothing moves`).toBeLessThanOrEqual(1)
    const state = await watched()
    expect(state?.lost, `flip ${count}: the focus`).toBe(0)
    // The list of people follows the right by a call of its own.
    if (!rights.isModerator && random.int(3) === 0)
      await expect.poll(offered, { message: `flip ${count}: what is forbidden` }).toBe(0)
    expect(await page.locator('#composer').inputValue(), `flip ${count}`).toBe(state?.taken)
  }
  if (rights.isSilent) await role(server, 'take', { person, role: silencing, on: ON })
  await page.locator('#composer:not([readonly])').waitFor()
  await allFilesArrive()
  settledMs.sort((one, other) => one - other)
  const share = (part: number) => Math.round(settledMs[Math.floor(part * (FLIPS - 1))] ?? 0)
  const report = {
    flips: FLIPS,
    seed: SEED,
    files: picked,
    flipsWhileUploading,
    p50Ms: share(0.5),
    p95Ms: share(0.95),
    p99Ms: share(0.99),
  }
  process.stdout.write(`flips on screen: ${JSON.stringify(report)}\n`)
  expect(loads).toBe(0)
  expect(flipsWhileUploading).toBeGreaterThan(0)
  expect(ada.troubles).toEqual([])
})
