// What is unread in each channel: counted by the server, and added to as news come. Pure.

import type { OwnNews, UnreadView } from '@sayso/client'

export type Count = {
  readonly count: number
  /** How many of them mention the reader. */
  readonly mentions: number
}

/** By the name of the channel; those without anything unread are not in it. */
export type Counts = ReadonlyMap<string, Count>

export const NO_COUNTS: Counts = new Map()

/** Counts are shown up to here. */
const MOST_SHOWN = 999

/** Takes over what the server has counted: everything, or the channels that were asked about. */
export function withCounted(
  counts: Counts,
  items: UnreadView['items'],
  asked: ReadonlySet<string> | 'all',
): Counts {
  const next = new Map(asked === 'all' ? [] : counts)
  if (asked !== 'all') for (const name of asked) next.delete(name)
  for (const { channel, count, mentions } of items)
    if (count > 0) next.set(channel, { count, mentions })
  return isSameCounts(counts, next) ? counts : next
}

/** Adds what others have said since. */
export function withNews(counts: Counts, items: OwnNews['items']): Counts {
  const next = new Map(counts)
  for (const { channel, count = 0, mentions = 0 } of items) {
    const before = next.get(channel) ?? { count: 0, mentions: 0 }
    if (count > 0)
      next.set(channel, { count: before.count + count, mentions: before.mentions + mentions })
  }
  return isSameCounts(counts, next) ? counts : next
}

/** Leaves out channels that were read, or may no longer be. */
export function without(counts: Counts, names: Iterable<string>): Counts {
  const next = new Map(counts)
  for (const name of names) next.delete(name)
  return next.size === counts.size ? counts : next
}

export function totalOf(counts: Counts): Count {
  let total = { count: 0, mentions: 0 }
  for (const { count, mentions } of counts.values())
    total = { count: total.count + count, mentions: total.mentions + mentions }
  return total
}

export function shownCount(count: number): string {
  return count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count)
}

/**
 * A place just before a message: greater than every serial before it, less than its own. A mark there makes it the first
 * unread one.
 */
export function justBefore(serial: string): string {
  return serial.slice(0, -1)
}

export function isSameCounts(one: Counts, other: Counts): boolean {
  if (one.size !== other.size) return false
  return [...one].every(([name, { count, mentions }]) => {
    const now = other.get(name)
    return now?.count === count && now.mentions === mentions
  })
}

/** Channels of which one has chosen to hear nothing: what is unread there does not count. By what is kept in `notify`. */
export function mutedIn(
  kept: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  nowMs: number,
): ReadonlySet<string> {
  return new Set(
    [...kept].flatMap(([name, { level, untilMs }]) =>
      level === 'none' && !(Number(untilMs) <= nowMs) ? [name] : [],
    ),
  )
}
