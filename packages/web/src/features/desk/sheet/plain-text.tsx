// A text as it was written, with its addresses as links. What people of another side send is never more than text.

import { Fragment, type ReactNode } from 'react'

const ADDRESS = /(https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]])/

export function PlainText({ text }: { readonly text: string }): ReactNode {
  return (
    <p className="plain-text">
      {text.split(ADDRESS).map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other identity
        <Fragment key={index}>
          {index % 2 === 1 && URL.canParse(piece) ? (
            <a href={piece} target="_blank" rel="noopener noreferrer nofollow">
              {piece}
            </a>
          ) : (
            piece
          )}
        </Fragment>
      ))}
    </p>
  )
}
