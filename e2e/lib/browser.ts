// A real Chromium, one context per person: separate cookies, storage and sockets, as on separate machines.

import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { findBrowser } from '../../scripts/browser.mjs'
import type { Server } from './server.ts'
import { titleOf } from './words.ts'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @param more arguments for it */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findBrowser()
  return chromium.launch({
    args: [...ARGS, ...more],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
}

export const PASSWORD = 'correct horse battery'

/** One person's browser, with everything that went wrong in it. */
export class Seat {
  readonly page: Page
  readonly context: BrowserContext
  readonly name: string
  /** Errors of the page itself; a cut network is not one. */
  readonly troubles: string[] = []
  readonly #server: Server

  private constructor(server: Server, context: BrowserContext, page: Page, name: string) {
    this.#server = server
    this.context = context
    this.page = page
    this.name = name
    // Shorter than a test: what never comes names itself.
    context.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => this.#note(error))
  }

  static async take(
    server: Server,
    browser: Browser,
    name: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Seat> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options })
    return new Seat(server, context, await context.newPage(), name)
  }

  /** Calls of ours handle what they reject with; what the stock client itself still waited for when it is closed, it throws. */
  #note({ message }: Error): void {
    if (message !== 'Connection closed') this.troubles.push(message)
  }

  /** Another tab of the same person. */
  async tab(path: string): Promise<Page> {
    const page = await this.context.newPage()
    page.on('pageerror', (error) => this.#note(error))
    await page.goto(`${this.#server.url}${path}`)
    return page
  }

  /** By the set-up link, as the first person of all. */
  async becomeOwner(): Promise<void> {
    await this.page.goto(this.#server.setUpUrl ?? '')
    await this.#fillAccount()
    await this.page.getByRole('button', { name: 'Become the owner' }).click()
    await this.page.getByRole('button', { name: 'Sign out' }).first().waitFor()
  }

  async signUp(): Promise<void> {
    await this.page.goto(`${this.#server.url}/login`)
    await this.page.getByRole('button', { name: /^Make an account/ }).click()
    await this.#fillAccount()
    await this.page.locator('form button[type=submit]').click()
    await this.page.getByRole('button', { name: 'Sign out' }).first().waitFor()
  }

  /** Signed in without the forms, which have tests of their own; with the owner's token as the first person of all. */
  async enter(setUpUrl?: string): Promise<void> {
    const account = { name: this.name, email: this.#email(), password: PASSWORD }
    const token = setUpUrl === undefined ? undefined : new URL(setUpUrl).searchParams.get('token')
    const path = token === undefined ? '/api/auth/sign-up/email' : '/api/v1/setup'
    const answer = await this.context.request.post(`${this.#server.url}${path}`, {
      headers: { origin: this.#server.url },
      data: token === undefined ? account : { ...account, token },
    })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  }

  #email(): string {
    return `${this.name.toLowerCase().replaceAll(' ', '.')}@example.com`
  }

  async #fillAccount(): Promise<void> {
    await this.page.getByLabel('Your name').fill(this.name)
    await this.page.getByLabel('E-mail').fill(this.#email())
    await this.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.#server.url}${path}`)
  }

  composer(): Locator {
    return this.page.getByRole('textbox', { name: /^Message #/ })
  }

  async say(text: string): Promise<void> {
    await this.composer().fill(text)
    await this.composer().press('Enter')
  }

  /** A message in the log, by what it says. */
  message(text: string): Locator {
    return this.page.getByRole('log').getByText(text, { exact: true })
  }

  channel(key: string): Locator {
    return this.page
      .getByRole('navigation', { name: 'Channels' })
      .getByRole('link', { name: new RegExp(`\\b${escaped(titleOf(key))}\\b`) })
  }

  /** Opens the menu of a person in the list and returns one of its items. */
  async menuItem(person: string, item: RegExp): Promise<Locator> {
    await this.page.getByRole('button', { name: `Actions for ${person}` }).click()
    return this.page.getByRole('menuitem', { name: item })
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Grace, who owns the place, and Ada, both signed in and with a channel before them. */
export async function seatTwo(
  server: Server,
  browser: Browser,
  path = '/chat',
): Promise<readonly [Seat, Seat]> {
  const grace = await Seat.take(server, browser, 'Grace Hopper')
  const ada = await Seat.take(server, browser, 'Ada Lovelace')
  await grace.enter(server.setUpUrl)
  await ada.enter()
  await Promise.all(
    [grace, ada].map(async (seat) => {
      await seat.open(path)
      await seat.composer().waitFor()
    }),
  )
  return [grace, ada]
}
