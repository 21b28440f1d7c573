// The example of the colours as whoever follows its README runs it, and its four people, each in a browser of their own.

import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { freePort, ROOT } from './server.ts'

export type Style = 'deny' | 'allow'

export type Example = {
  readonly url: string
  readonly saysoPort: number
  /** The root key, as the example keeps it. */
  readonly key: string
  /** Calls Sayso's API with the root key. */
  call(path: string, body: object): Promise<Record<string, unknown>>
  stop(): Promise<void>
  /** Starts it again on the same ports and data. */
  start(): Promise<void>
  remove(): Promise<void>
}

export async function startExample(style: Style): Promise<Example> {
  const data = await mkdtemp(join(tmpdir(), 'sayso-colours-'))
  const [port, saysoPort] = [await freePort(), await freePort()]
  let child = await run(style, data, port, saysoPort)
  const stop = () => ended(child)
  const key = (await readFile(join(data, 'root.key'), 'utf8')).trim()
  return {
    url: `http://127.0.0.1:${port}`,
    saysoPort,
    key,
    async call(path, body) {
      const response = await fetch(`http://127.0.0.1:${saysoPort}/api/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const answer = (await response.json()) as Record<string, unknown>
      if (!response.ok) throw new Error(JSON.stringify(answer))
      return answer
    },
    stop,
    async start() {
      child = await run(style, data, port, saysoPort)
    },
    async remove() {
      await stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

type Child = ReturnType<typeof spawn>

function run(style: Style, data: string, port: number, saysoPort: number): Promise<Child> {
  const options = { style, data, port, 'sayso-port': saysoPort }
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'examples/colours/server.mjs'),
      ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    ],
    // As from a terminal: nothing of the test runner's own settings.
    { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('The board is at')) resolve(child)
    })
    child.once('exit', (code) => reject(new Error(`the example ended with ${code}`)))
  })
}

async function ended(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** One person of the example in a browser of their own. */
export class Painter {
  readonly page: Page
  readonly name: string
  /** Frames the page has received, as text. */
  readonly frames: string[] = []
  readonly troubles: string[] = []

  constructor(page: Page, name: string) {
    this.page = page
    this.name = name
    page.context().setDefaultTimeout(15_000)
    page.on('pageerror', (error) => this.troubles.push(error.message))
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => this.frames.push(String(payload))),
    )
  }

  /** Opens the page. @param port where this browser finds Sayso, if not where it is */
  static async open(
    example: Example,
    browser: Browser,
    name: string,
    port?: number,
  ): Promise<Painter> {
    const context = await browser.newContext({ viewport: { width: 900, height: 760 } })
    if (port !== undefined) {
      await context.route('**/me', async (route) => {
        const response = await route.fetch()
        if (!response.ok()) return route.fulfill({ response })
        return route.fulfill({ response, json: { ...(await response.json()), port } })
      })
    }
    const painter = new Painter(await context.newPage(), name)
    await painter.page.goto(example.url)
    return painter
  }

  async signIn(password = `${this.name.toLowerCase()} paints`): Promise<void> {
    await this.page.getByLabel('Name').fill(this.name)
    await this.page.getByLabel('Password').fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
  }

  button(colour: string): Locator {
    return this.page.getByRole('button', { name: colour, exact: true })
  }

  /** Resolves when exactly these buttons are open, and the others say why not. */
  async open(...colours: readonly string[]): Promise<void> {
    for (const colour of ['red', 'green', 'blue']) {
      const isOpen = colours.includes(colour)
      const state = isOpen ? ':enabled' : ':disabled'
      await this.page.locator(`.pot[data-colour=${colour}]${state}`).waitFor()
      if (!isOpen) await this.why(colour).filter({ hasText: 'Not ticked' }).waitFor()
    }
  }

  why(colour: string): Locator {
    return this.page.locator(`#why-${colour}`)
  }

  /** Resolves when the board shows this colour, confirmed. */
  async sees(colour: string): Promise<void> {
    await this.page.locator(`.sheet[data-colour=${colour}][data-tried=false]`).waitFor()
  }

  refusal(): Locator {
    return this.page.locator('.painter .refusal')
  }

  /** Paints as the page does, past its buttons. Resolves to whether the server took it. */
  async paint(data: unknown): Promise<boolean> {
    return this.page.evaluate(async (sent) => {
      const { paint } = window as unknown as { paint: (data: unknown) => Promise<boolean> }
      return paint(sent)
    }, data)
  }

  cell(painter: string, colour: string): Locator {
    return this.page.getByRole('checkbox', { name: `${painter} may paint ${colour}` })
  }
}
