// Three buttons, each open exactly while the server would take its colour, and saying why not otherwise.

import { useCan, useUser } from '@sayso/client/react'
import { BOARD, type Board, PAINT, type Shown } from './board.ts'
import { COLOURS, type Colour } from './desk.ts'

export function Painter({ board, shown }: { readonly board: Board; readonly shown: Shown }) {
  return (
    <section className="painter" aria-label="Paint">
      <ul className="pots">
        {COLOURS.map((colour) => (
          <Pot key={colour} colour={colour} onPaint={() => board.paint({ colour })} />
        ))}
      </ul>
      <p className="refusal" role="status">
        {shown.refusal !== undefined && (
          <>
            <strong>{shown.refusal.colour} was refused.</strong> {shown.refusal.message}
          </>
        )}
      </p>
    </section>
  )
}

function Pot({ colour, onPaint }: { readonly colour: Colour; readonly onPaint: () => void }) {
  const { allowed, known, message } = useCan('publish', BOARD, { name: PAINT, data: { colour } })
  const { live } = useUser()
  const why = whyNot(live, known, allowed, message)
  return (
    <li>
      <button
        type="button"
        className="pot"
        data-colour={colour}
        disabled={why !== undefined}
        aria-describedby={`why-${colour}`}
        onClick={onPaint}
      >
        {colour}
      </button>
      <p className="why" id={`why-${colour}`}>
        {why}
      </p>
    </li>
  )
}

/** Absent: it may be pressed. */
function whyNot(live: boolean, known: boolean, allowed: boolean, message = 'Not yours to paint.') {
  if (!live) return 'No connection; waiting.'
  if (!known) return 'Asking…'
  return allowed ? undefined : message
}
