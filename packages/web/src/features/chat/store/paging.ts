// Reading the history of a channel: the page before, the page after, and what stands around one message.

import type { ChannelPort, Page, WireMessage } from './port.ts'

export type Stretch = {
  readonly items: readonly WireMessage[]
  /** There is more beyond. */
  readonly hasMore: boolean
}

export type Surroundings = {
  readonly items: readonly WireMessage[]
  readonly hasOlder: boolean
  readonly hasNewer: boolean
}

export const PAGE = 100
const LARGE_PAGE = 1_000
/** A message opened by its address is shown with so many on each side. */
const HALF_PAGE = 50
/** The first digits of a serial are the time of its message: the way in when the message itself is gone. */
const TIME_DIGITS = 14

/**
 * The messages before or after a time that is known already. `end` and `start` include their own millisecond, so pages
 * of nothing new are passed over.
 */
export async function stretch(
  channel: ChannelPort,
  bound: { readonly end: number } | { readonly start: number },
  known: ReadonlySet<string>,
): Promise<Stretch> {
  const isForwards = 'start' in bound
  const params = {
    limit: PAGE,
    ...bound,
    ...(isForwards ? { direction: 'forwards' as const } : {}),
  }
  let page: Page | null = await channel.history(params)
  let items = page.items
  while (page?.hasNext() === true && items.every(({ serial }) => known.has(serial ?? ''))) {
    page = await page.next()
    items = page?.items ?? []
  }
  return { items, hasMore: page?.hasNext() === true }
}

/**
 * What stands around a message, newest and oldest in no order; absent if there is none or it may not be read.
 *
 * @param canBeGone read around the time of a message that is there no more
 * @throws the error of the server
 */
export async function surroundings(
  channel: ChannelPort,
  serial: string,
  canBeGone: boolean,
): Promise<Surroundings | undefined> {
  const found = await messageOf(channel, serial)
  const atMs = found?.timestamp ?? (canBeGone ? timeOf(serial) : undefined)
  if (atMs === undefined) return undefined
  const [older, newer] = await Promise.all([
    pastMillisecond(await channel.history({ limit: HALF_PAGE, end: atMs }), atMs),
    pastMillisecond(
      await channel.history({ limit: HALF_PAGE, start: atMs, direction: 'forwards' }),
      atMs,
    ),
  ])
  return {
    items: [...older.items, ...newer.items, ...(found === undefined ? [] : [found])],
    hasOlder: older.hasMore,
    hasNewer: newer.hasMore,
  }
}

/** Reads back from a time until a serial is reached, in large pages. */
export async function* backTo(
  channel: ChannelPort,
  end: number,
  serial: string,
): AsyncGenerator<readonly WireMessage[]> {
  let page: Page | null = await channel.history({ limit: LARGE_PAGE, end })
  while (page !== null) {
    yield page.items
    const oldest = page.items.at(-1)?.serial
    if (!page.hasNext() || oldest === undefined || oldest <= serial) return
    page = await page.next()
  }
}

/** A page, and more as long as it ends within the millisecond in which both directions meet. */
async function pastMillisecond(first: Page, atMs: number): Promise<Stretch> {
  const items = [...first.items]
  let page: Page | null = first
  while (page?.hasNext() === true && items.at(-1)?.timestamp === atMs) {
    page = await page.next()
    items.push(...(page?.items ?? []))
  }
  return { items, hasMore: page?.hasNext() === true }
}

async function messageOf(channel: ChannelPort, serial: string): Promise<WireMessage | undefined> {
  try {
    return await channel.getMessage(serial)
  } catch (cause) {
    const status = (cause as { readonly statusCode?: number } | null)?.statusCode
    if (status === 400 || status === 404) return undefined
    throw cause
  }
}

function timeOf(serial: string): number | undefined {
  const digits = serial.slice(0, TIME_DIGITS)
  return /^\d{14}$/.test(digits) ? Number(digits) : undefined
}

/** The newest serial among these; at least `least`. */
export function newestOf(messages: readonly WireMessage[], least = ''): string {
  return messages.reduce((last, { serial = '' }) => (serial > last ? serial : last), least)
}

export function isCreated(message: WireMessage): boolean {
  return message.action === undefined || message.action === 'message.create'
}
