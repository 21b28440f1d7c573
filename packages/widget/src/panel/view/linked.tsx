// A text in which addresses can be opened. Nothing of it is markup.

import { piecesOf } from '../model/pieces.ts'

export function Linked({ text }: { readonly text: string }) {
  return (
    <>
      {piecesOf(text).map(({ text: piece, href }) =>
        href === undefined ? (
          piece
        ) : (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow">
            {piece}
          </a>
        ),
      )}
    </>
  )
}
