// The sheet: the colour as it is, who painted it, and whether it is only tried.

import type { Shown } from './board.ts'
import type { Somebody } from './desk.ts'

export function Sheet(props: { readonly shown: Shown; readonly people: readonly Somebody[] }) {
  const { colour, by, isTried, closed } = props.shown
  const name = props.people.find(({ id }) => id === by)?.name ?? by
  return (
    <section className="sheet" aria-label="The board" data-colour={colour} data-tried={isTried}>
      <p className="word" aria-live="polite">
        {colour ?? (closed === undefined ? 'blank' : 'closed')}
      </p>
      <p className="by">
        {closed ?? (colour === undefined ? 'Nothing painted yet' : said(name, isTried))}
      </p>
    </section>
  )
}

function said(name: string | undefined, isTried: boolean): string {
  return isTried ? 'Asking…' : `Painted by ${name}`
}
