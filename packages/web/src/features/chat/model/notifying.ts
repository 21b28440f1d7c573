// Who is told of what: the choice for a channel, the hours, do-not-disturb, and what one has before one's eyes. Pure.

import type { OwnNews } from '@sayso/client'
import { LEVELS, type Level, type NotifySettings } from './notify-settings.ts'
import { isQuiet } from './quiet-hours.ts'
import type { Fields } from './timeline.ts'
import type { Count, Counts } from './unread.ts'

/** What is chosen for one channel; kept in the collection `notify` by the name of the channel. */
export type ChannelChoice = { readonly level: Level; readonly untilMs?: number }

/** A choice that makes sense and is not over. */
export function choiceIn(kept: Fields | undefined, nowMs: number): ChannelChoice | undefined {
  const level = LEVELS.find((one) => one === kept?.level)
  const untilMs = typeof kept?.untilMs === 'number' ? kept.untilMs : undefined
  if (level === undefined || (untilMs !== undefined && untilMs <= nowMs)) return undefined
  return { level, ...(untilMs === undefined ? {} : { untilMs }) }
}

/** What one is told of in a channel. Messages between a few people are meant for each of them. */
export function levelOf(choice: ChannelChoice | undefined, isDirect: boolean, usual: Level): Level {
  return choice?.level ?? (isDirect ? 'all' : usual)
}

/** What of the news counts at a level; absent: nothing does. */
export function toldAt(level: Level, { count, mentions }: Count): Count | undefined {
  if (level === 'none') return undefined
  const told = level === 'all' ? count : mentions
  return told > 0 ? { count: told, mentions } : undefined
}

/** Nothing is told now, whatever comes. */
export function isSilent(settings: NotifySettings, isDnd: boolean, nowMs: number): boolean {
  return isDnd || isQuiet(settings.quiet, nowMs)
}

/** Older than this when it arrives, it was said while one was away; milliseconds. */
export const OLD_MS = 10_000

export type NewsItem = OwnNews['items'][number]

export type Asked = {
  readonly item: NewsItem
  /** When the server told it. */
  readonly toldMs: number | undefined
  readonly nowMs: number
  readonly choice: ChannelChoice | undefined
  readonly isDirect: boolean
  readonly isDnd: boolean
  readonly settings: NotifySettings
}

/** What is shown of news as they come; absent: nothing. */
export function worthTelling(asked: Asked): Count | undefined {
  const { item, toldMs, nowMs, choice, isDirect, isDnd, settings } = asked
  if (toldMs !== undefined && nowMs - toldMs > OLD_MS) return undefined
  if (isSilent(settings, isDnd, nowMs)) return undefined
  const { count = 0, mentions = 0 } = item
  return toldAt(levelOf(choice, isDirect, settings.level), { count, mentions })
}

/** What came while one was away: by how much each channel has grown. */
export function grownSince(before: Counts, now: Counts): Counts {
  const grown = new Map<string, Count>()
  for (const [name, { count, mentions }] of now) {
    const old = before.get(name) ?? { count: 0, mentions: 0 }
    if (count > old.count)
      grown.set(name, {
        count: count - old.count,
        mentions: Math.max(0, mentions - old.mentions),
      })
  }
  return grown
}
