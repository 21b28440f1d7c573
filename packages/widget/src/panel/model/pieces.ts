// The text of a message as pieces: words, and addresses that can be opened. Nothing a visitor or operator writes is ever
// markup.

export type Piece = { readonly text: string; readonly href?: string }

const ADDRESS = /https?:\/\/[^\s<>"']{1,2000}/gi
/** Ends a sentence, not an address. */
const TRAILING = /[.,;:!?)\]]+$/

export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(TRAILING, '')
    if (!URL.canParse(address)) continue
    if (index > at) pieces.push({ text: text.slice(at, index) })
    pieces.push({ text: address, href: address })
    at = index + address.length
  }
  if (at < text.length) pieces.push({ text: text.slice(at) })
  return pieces
}
