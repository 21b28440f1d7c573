// Two people and a place of their own for each test of a file: what one changes there is gone before the next.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { openBrowser, type Seat, seatTwo } from './browser.ts'
import { type Server, startServer } from './server.ts'

export type Two = {
  readonly browser: Browser
  readonly server: Server
  readonly grace: Seat
  readonly ada: Seat
}

/** Calls back before each test. What a file checks after each comes before everything is put away. */
export function eachWithTwo(take: (two: Two) => void): void {
  let browser: Browser
  let two: Two
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => browser.close())
  beforeEach(async () => {
    const server = await startServer()
    const [grace, ada] = await seatTwo(server, browser)
    two = { browser, server, grace, ada }
    take(two)
  })
  afterEach(async () => {
    await two.grace.context.close()
    await two.ada.context.close()
    await two.server.remove()
  })
}
