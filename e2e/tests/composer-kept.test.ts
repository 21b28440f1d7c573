// Nothing that was written is lost: not by a tab that is killed, not by a server that is down, and nothing arrives twice.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, Seat } from '../lib/browser.ts'
import { keyRest } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { channelOf, home } from '../lib/words.ts'

/** 50 by command. */
const TRIALS = Number(process.env.KEPT_TRIALS ?? 3)

let browser: Browser
let server: Server
let seat: Seat

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer()
  seat = await Seat.take(server, browser, 'Grace Hopper')
  await seat.becomeOwner()
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

async function everything(): Promise<readonly unknown[]> {
  const said: unknown[] = []
  let page = await keyRest(server).channels.get(channelOf(home)).history({ limit: 1_000 })
  for (;;) {
    said.push(...page.items.map(({ data }) => data))
    const next = page.hasNext() ? await page.next() : null
    if (next === null) return said
    page = next
  }
}

test(`drafts and unsent messages outlive ${TRIALS} killed tabs with the server down`, async () => {
  const wanted: string[] = []
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const page = await seat.tab(`/chat/${home}`)
    const composer = page.getByRole('textbox', { name: /^Message #/ })
    await composer.waitFor()
    await server.kill(trial % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
    for (const part of ['first', 'second']) {
      wanted.push(`${part} of trial ${trial}`)
      await composer.fill(`${part} of trial ${trial}`)
      await composer.press('Enter')
    }
    await composer.fill(`draft of trial ${trial}`)
    // No event tells the page that it ends, and nobody answers for it.
    const session = await page.context().newCDPSession(page)
    const crashed = page.waitForEvent('crash')
    session.send('Page.crash').catch(() => undefined)
    await crashed
    server = await server.restart()

    const again = await seat.tab(`/chat/${home}`)
    await again.getByRole('log').getByText(`second of trial ${trial}`, { exact: true }).waitFor()
    const kept = again.getByRole('textbox', { name: /^Message #/ })
    expect(await kept.inputValue()).toBe(`draft of trial ${trial}`)
    await again.getByRole('log').locator('.pending').first().waitFor({ state: 'detached' })
    await again.close()
  }
  const said = await everything()
  for (const text of wanted) expect(said.filter((one) => one === text)).toEqual([text])
})
