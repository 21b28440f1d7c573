// Names after an `@` whose people the page does not hold. Pure.

import { type Mentionable, mentionPieces } from './mentions.ts'

/** A name as it is typed after an `@`, of one word or two. */
const NAMED = /(?<![\p{L}\p{N}._-])@([\p{L}\p{N}][\p{L}\p{N}._'’-]*(?: [\p{L}\p{N}._'’-]+)?)/gu

/** Names that stand after an `@` in a text and belong to nobody of `known`, each once. */
export function unknownNames(text: string, known: readonly Mentionable[]): readonly string[] {
  const left = mentionPieces(text, known).filter(({ who }) => who === undefined)
  const names = left.flatMap((piece) =>
    [...piece.text.matchAll(NAMED)].map(([, name = '']) => name),
  )
  return [...new Set(names)]
}
