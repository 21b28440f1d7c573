// What a screen reader hears of new messages. Pure.

import { listTexts } from './texts-list.ts'
import type { Entry } from './timeline.ts'

/** More at once are told as a number. */
export const MOST_AT_ONCE = 3

/** Each as "name: text", never the time; many as how many, and then `entries` need not be all of them. */
export function announced(
  entries: readonly Entry[],
  nameOf: (author: string | undefined) => string,
  count = entries.length,
): string {
  if (count > MOST_AT_ONCE) return listTexts.manyNew(count)
  return entries.map((entry) => spoken(entry, nameOf)).join('. ')
}

function spoken(entry: Entry, nameOf: (author: string | undefined) => string): string {
  if (entry.body.kind === 'line') return entry.body.text
  const text = entry.body.kind === 'deleted' ? listTexts.wasDeleted : entry.body.text
  return `${nameOf(entry.author)}: ${text}`
}
