// Where the words that were looked for stand in a text. Pure.

export type TextPart = { readonly text: string; readonly isHit: boolean; readonly from: number }

/** The text in parts, in order. A word counts where one of the text begins with it, whatever its case. */
export function partsOf(text: string, words: string): readonly TextPart[] {
  const wanted = words.match(/[\p{L}\p{N}]+/gu) ?? []
  if (wanted.length === 0) return [{ text, isHit: false, from: 0 }]
  const begins = new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join('|')})`, 'giu')
  const parts: TextPart[] = []
  let at = 0
  for (const { 0: hit, index } of text.matchAll(begins)) {
    if (index > at) parts.push({ text: text.slice(at, index), isHit: false, from: at })
    parts.push({ text: hit, isHit: true, from: index })
    at = index + hit.length
  }
  if (at < text.length) parts.push({ text: text.slice(at), isHit: false, from: at })
  return parts
}
