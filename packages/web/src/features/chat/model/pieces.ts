// A message's text as pieces: plain, and links one can follow. Nothing else is read into what people write. Pure.

export type Piece = { readonly text: string; readonly href?: string }

const LINK = /https?:\/\/[^\s<>"'`]+/gi
/** What ends a sentence is not part of the link before it. */
const TRAILING = /[.,:;!?…'"’”)\]}]+$/

export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(LINK)) {
    const link = withoutTrailing(match[0])
    if (!URL.canParse(link)) continue
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) })
    pieces.push({ text: link, href: link })
    from = match.index + link.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}

/** A closing bracket stays if the link itself opened it. */
function withoutTrailing(link: string): string {
  const cut = link.replace(TRAILING, '')
  const rest = link.slice(cut.length)
  return rest.startsWith(')') && cut.includes('(') ? `${cut})` : cut
}
