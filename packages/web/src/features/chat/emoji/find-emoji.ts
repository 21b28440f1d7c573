// Finds emoji by what people type: codes before names, names before other words, beginnings before middles. Pure.

import type { Emoji } from './emoji-table.ts'

/** At most `limit` emoji, the best first; `recent` characters win among equals. */
export function findEmoji(
  all: readonly Emoji[],
  query: string,
  limit: number,
  recent: readonly string[] = [],
): readonly Emoji[] {
  const parts = partsOf(query)
  if (parts.length === 0) return []
  const found: { readonly emoji: Emoji; readonly rank: number }[] = []
  for (const emoji of all) {
    const ranks = parts.map((part) => rankOf(emoji, part))
    if (ranks.includes(NONE)) continue
    const isRecent = recent.includes(emoji.char) || emoji.skins.some((one) => recent.includes(one))
    found.push({ emoji, rank: Math.max(...ranks) - (isRecent ? 0.5 : 0) })
  }
  return found
    .sort((one, other) => one.rank - other.rank)
    .slice(0, limit)
    .map(({ emoji }) => emoji)
}

const NONE = Number.POSITIVE_INFINITY

function partsOf(query: string): readonly string[] {
  return query
    .toLocaleLowerCase()
    .split(/[\s:_]+/)
    .filter((part) => part !== '')
}

function rankOf(emoji: Emoji, part: string): number {
  if (emoji.codes.some((code) => code === part)) return 0
  if (emoji.codes.some((code) => code.startsWith(part))) return 1
  const name = emoji.name.toLocaleLowerCase()
  if (name.startsWith(part)) return 2
  const words = name.split(/[^\p{L}\p{N}]+/u)
  if (words.some((word) => word.startsWith(part))) return 3
  if (emoji.codes.some((code) => code.split('_').some((word) => word.startsWith(part)))) return 4
  if (emoji.tags.includes(part)) return 5
  if (emoji.tags.some((tag) => tag.startsWith(part))) return 6
  // One letter is in nearly everything.
  return part.length > 1 && name.includes(part) ? 7 : NONE
}
