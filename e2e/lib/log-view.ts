// The log of a page as a reader sees it: what is drawn, where it stands, and whether it moves.

import type { Page } from 'playwright-core'
import { keyRest } from './person.ts'
import type { Server } from './server.ts'
import { channelOf } from './words.ts'

const BATCH = 200

/** Fills a channel with `count` numbered messages of different heights, by three authors. */
export async function fill(
  server: Server,
  channelKey: string,
  count: number,
  options: { readonly from?: number; readonly word?: string } = {},
): Promise<void> {
  const { from = 1, word = 'Message' } = options
  const channel = keyRest(server).channels.get(channelOf(channelKey))
  for (let at = 0; at < count; at += BATCH) {
    const size = Math.min(BATCH, count - at)
    await channel.publish(
      Array.from({ length: size }, (_, index) => {
        const number = from + at + index
        return {
          name: 'message',
          clientId: `author-${Math.floor(number / 4) % 3}`,
          data: textOf(number, word),
        }
      }),
    )
  }
}

/** `Message 12.`, some with lines of padding after it. */
export function textOf(number: number, word = 'Message'): string {
  const lines = (number * 7) % 5
  return `${word} ${number}.${'\nand another line of it'.repeat(lines)}`
}

export type Seen = {
  /** Messages in the page, drawn or not in view. */
  readonly drawn: number
  readonly scrollTop: number
  /** First line of each message in view and where its text stands, pixels below the top of the log. */
  readonly inView: readonly { readonly text: string; readonly top: number }[]
}

/** What stands in the log now. */
export async function seen(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const log = document.querySelector('.log') as HTMLElement
    const box = log.getBoundingClientRect()
    const rows = [...log.querySelectorAll<HTMLElement>('article')]
    const inView = rows.flatMap((row) => {
      const text = row.querySelector<HTMLElement>('.said, .gone') ?? row
      const { top, bottom } = text.getBoundingClientRect()
      if (bottom <= box.top || top >= box.bottom) return []
      return [{ text: (text.textContent ?? '').split('\n')[0] ?? '', top: top - box.top }]
    })
    return { drawn: rows.length, scrollTop: log.scrollTop, inView }
  })
}

/** The longest way anything moved that stands in view in both, in pixels. */
export function moved(before: Seen, after: Seen): number {
  const tops = new Map(before.inView.map(({ text, top }) => [text, top]))
  const ways = after.inView.flatMap(({ text, top }) => {
    const then = tops.get(text)
    return then === undefined ? [] : [Math.abs(top - then)]
  })
  if (ways.length === 0) throw new Error('nothing that stood there is still in view')
  return Math.max(...ways)
}

/** Scrolls as a wheel does, and waits until that is drawn. */
export async function wheel(page: Page, px: number): Promise<void> {
  // Low down at the side, where no toast lies over it.
  const box = await page.locator('.log').boundingBox()
  if (box === null) throw new Error('there is no log')
  await page.mouse.move(box.x + 40, box.y + box.height - 80)
  const ended = await watchScroll(page, px)
  await page.mouse.wheel(0, px)
  await ended()
  await drawn(page)
}

/** The browser scrolls beside the page and tells it later: the returned function waits for the end, if there is room at all. */
async function watchScroll(page: Page, px: number): Promise<() => Promise<void>> {
  const end = await page.evaluateHandle((way) => {
    const log = document.querySelector('.log') as HTMLElement
    const room = way < 0 ? log.scrollTop : log.scrollHeight - log.clientHeight - log.scrollTop
    const done = new Promise<void>((resolve) => {
      if (room <= 1) return resolve()
      const onWheel = () => log.addEventListener('scrollend', () => resolve(), { once: true })
      log.addEventListener('wheel', onWheel, { once: true, passive: true })
    })
    return { done }
  }, px)
  return () => end.evaluate(({ done }) => done)
}

/** Two frames: what was asked for has been drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
      ),
  )
}

/** Messages have been drawn in the same place for as many frames as a hand needs to come to them. */
export async function steady(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const STEADY_FRAMES = 12
        const MOST_FRAMES = 300
        const boxes = () =>
          [...document.querySelectorAll('.log article')].map((row) => {
            const { top, height } = row.getBoundingClientRect()
            return `${Math.round(top)}+${Math.round(height)}`
          })
        let last = ''
        let same = 0
        let frames = 0
        const look = () => {
          const now = boxes().join(' ')
          same = now === last ? same + 1 : 0
          last = now
          frames += 1
          if (same >= STEADY_FRAMES || frames >= MOST_FRAMES) resolve()
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

/** Resolves when a message of the log stands in view. */
export async function inView(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const box = document.querySelector('.log')?.getBoundingClientRect()
    if (box === undefined) return false
    return [...document.querySelectorAll<HTMLElement>('.log article .said')].some((said) => {
      const { top, bottom } = said.getBoundingClientRect()
      return said.textContent?.split('\n')[0] === wanted && bottom > box.top && top < box.bottom
    })
  }, text)
}

/** The last messages that are drawn, by their first line; `deleted` for what was. */
export async function tail(page: Page, count: number): Promise<readonly string[]> {
  return (await drawnTexts(page)).slice(-count).map(({ text }) => text)
}

/** Reads the whole list from the newest to the first, as a reader would: each message once, oldest first. */
export async function readThrough(page: Page): Promise<readonly string[]> {
  const read = new Map<string, string>()
  let order: readonly string[] = []
  for (;;) {
    const rows = await drawnTexts(page)
    for (const { key, text } of rows) read.set(key, text)
    const fresh = rows.map(({ key }) => key).filter((key) => !order.includes(key))
    order = [...fresh, ...order]
    const isAtStart = await page.evaluate(() => {
      const log = document.querySelector('.log') as HTMLElement
      return log.scrollTop === 0 && log.querySelector('.log-start.begin') !== null
    })
    if (isAtStart) return order.map((key) => read.get(key) ?? '')
    await wheel(page, -500)
  }
}

async function drawnTexts(
  page: Page,
): Promise<readonly { readonly key: string; readonly text: string }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.log article')].map((row) => {
      const said = row.querySelector('.said')
      const text = (said?.firstChild?.textContent ?? 'deleted').split('\n')[0] ?? ''
      return { key: row.dataset.row ?? '', text: text.trim() }
    }),
  )
}
