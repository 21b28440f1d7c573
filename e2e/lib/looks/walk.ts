// Walks the screens of the tables on one build and takes a picture of each in every theme and width.

import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page, Request } from 'playwright-core'
import { ADMIN_SCREENS } from '../screens/admin.ts'
import { furnishAdmin } from '../screens/admin-furniture.ts'
import { DESK_SCREENS } from '../screens/desk.ts'
import { furnishDesk } from '../screens/desk-furniture.ts'
import { type Look, looking, nameOf, WIDTHS } from '../screens/look.ts'
import { openPlace, type Place, reopenPlace } from '../screens/place.ts'
import type { Shown } from '../screens/shown.ts'
import { SCREENS } from '../screens/table.ts'
import { freePort, startServer } from '../server.ts'
import { VARIES } from './varies.ts'

const LOOKS: readonly Look[] = (['light', 'dark'] as const).flatMap((theme) =>
  WIDTHS.map((width) => ({ theme, width })),
)
/** Of a browser whose pictures of one thing are alike to the last bit: each tile drawn whole and in turn. */
export const DRAWN_ALIKE = [
  '--disable-partial-raster',
  '--disable-skia-runtime-opts',
  '--num-raster-threads=1',
]
/** How often a picture is taken until two are alike. */
const TRIES = 40
/** What a page has set itself to do sooner than this is waited for. */
const SOON_MS = 1_000
/** How long a connection is lost. */
const LOST_MS = 3_000

/** Every screen as it stands: the first of its states in which nothing was opened, else the first. */
export function screensOf(isWhole: boolean, named = ''): readonly Shown<string>[] {
  const all: readonly Shown<string>[] = [...SCREENS, ...DESK_SCREENS, ...ADMIN_SCREENS]
  const isFirst = (shown: Shown<string>) =>
    shown ===
    (all.find(({ screen, state }) => screen === shown.screen && state === 'full') ??
      all.find(({ screen }) => screen === shown.screen))
  const chosen = isWhole ? all : all.filter(isFirst)
  const some = chosen.filter((shown) => `${shown.screen} (${shown.state})`.includes(named))
  // Those of one person follow each other: who is there changes seldom.
  return some.toSorted((one, other) => one.who.localeCompare(other.who))
}

/** What both builds are looked at with. */
export type Stage = Pick<Place, 'root' | 'cookies'> & {
  /** Folder of the data, with no server on it. */
  readonly data: string
  readonly port: number
  /** When it was furnished, milliseconds since 1970: the clocks of servers and pages stand there. */
  readonly at: number
}

/** Furnishes a place on a build and ends its server. @param root of the built tree, the older one: data only move forward */
export async function setStage(browser: Browser, root: string): Promise<Stage> {
  const port = await freePort()
  const place = await openPlace(browser, { root, port })
  const ends = await furnishAdmin(place)
  const leaves = await furnishDesk(place)
  ends()
  await leaves()
  await place.server.kill('SIGTERM')
  const data = await mkdtemp(join(tmpdir(), 'sayso-looks-'))
  await cp(place.server.data, data, { recursive: true })
  await place.close()
  return { root: place.root, cookies: place.cookies, data, port, at: Date.now() }
}

/** A clock that stands; where a connection is lost, later than when it was: a page has no word for a short loss. */
const standing = (at: number) => `
  const Real = Date
  let now = ${at}
  globalThis.Date = class Date extends Real {
    constructor(...given) { super(...(given.length === 0 ? [now] : given)) }
    static now() { return now }
  }
  globalThis.addEventListener?.('offline', () => setTimeout(() => { now += ${LOST_MS} }, ${SOON_MS}))
`

/** A picture of a look at a screen, or why there is none. */
export type Shot = Buffer | Error

/**
 * @param root of the built tree
 * @param keep told each picture under the name of its look
 */
export async function walk(
  browser: Browser,
  root: string,
  stage: Stage,
  screens: readonly Shown<string>[],
  keep: (name: string, shot: Shot) => void,
): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'sayso-looks-'))
  await cp(stage.data, data, { recursive: true })
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(standing(stage.at))}`
  const server = await startServer({ root, data, port: stage.port, env: { NODE_OPTIONS } })
  const place = await reopenPlace(browser, server, stage)
  const { at } = stage
  const still = {
    ...place,
    at,
    open: async (who: Shown['who']) => stood(await place.open(who), stage),
  }
  try {
    for (const shown of screens) {
      const missing = new Set(LOOKS.map((look) => nameOf({ shown, ...look })))
      try {
        await looking(still, shown, LOOKS, async (page, look) => {
          const name = nameOf({ shown, ...look })
          keep(name, await settledShot(page, shown.hold))
          missing.delete(name)
        })
      } catch (cause) {
        for (const name of missing) keep(name, cause as Error)
      }
    }
  } finally {
    await place.close()
  }
}

/** What a page counts goes on a thousand times slower; its timers are known; and tsx names the functions that it hands over. */
const IN_PAGE = `{
  const real = performance.now.bind(performance)
  performance.now = () => real() / 1000
  globalThis.__name ??= (given) => given
  const { setTimeout, clearTimeout } = globalThis
  const due = new Set()
  globalThis.setTimeout = (run, ms = 0, ...given) => {
    const timer = setTimeout((...all) => { due.delete(timer); run(...all) }, ms, ...given)
    if (ms < ${SOON_MS}) due.add(timer)
    return timer
  }
  globalThis.clearTimeout = (timer) => { due.delete(timer); clearTimeout(timer) }
  globalThis.isStill = () => due.size === 0 &&
    [...document.images].every(({ complete, loading }) => complete || loading === 'lazy')
}`

/** A page whose clock stands and which knows what it still waits for. */
async function stood(page: Page, { at }: Stage): Promise<Page> {
  await page.addInitScript({ content: `{${standing(at)}}` })
  await page.addInitScript({ content: IN_PAGE })
  const waits = new Set<Request>()
  page.on('request', (request) => waits.add(request))
  page.on('requestfinished', (request) => waits.delete(request))
  page.on('requestfailed', (request) => waits.delete(request))
  WAITS.set(page, waits)
  return page
}
const WAITS = new WeakMap<Page, ReadonlySet<Request>>()

/**
 * Taken until two that follow each other are alike, no answer is awaited and no timer is about to run.
 *
 * @param held requests whose answers never come
 */
async function settledShot(page: Page, held: RegExp | undefined): Promise<Buffer> {
  await page.evaluate(() => document.fonts.ready)
  const take = () =>
    page.screenshot({
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
      mask: VARIES.map((selector) => page.locator(selector)),
    })
  let last = await take()
  const isQuiet = async () => {
    const waits = [...(WAITS.get(page) ?? [])].filter((one) => held?.test(one.url()) !== true)
    return waits.length === 0 && (await page.evaluate('isStill()'))
  }
  let wasQuiet = await isQuiet()
  for (let turn = 0; turn < TRIES; turn++) {
    const next = await take()
    const isNow = await isQuiet()
    if (wasQuiet && isNow && next.equals(last)) return next
    last = next
    wasQuiet = isNow
  }
  return last
}
