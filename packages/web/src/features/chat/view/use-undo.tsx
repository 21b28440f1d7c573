// For ten seconds after somebody was held back: the way to take it back.

import type { Api } from '@sayso/client'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { peopleTexts } from '../model/texts-people.ts'
import type { Doing } from './move-dialog.tsx'
import { labelOf } from './move-label.ts'

const SHOWN_MS = 10_000

export function useUndo(props: {
  readonly api: Api
  readonly resource: string
  readonly refresh: () => void
}): { readonly bar: ReactNode; readonly offer: (doing: Doing) => void } {
  const [done, setDone] = useState<Doing>()
  useEffect(() => {
    if (done === undefined) return
    const timer = setTimeout(() => setDone(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [done])
  const undo = ({ person, move }: Doing) => {
    setDone(undefined)
    const taken = { person: person.id, role: move.to.role, on: props.resource }
    void props.api.unassignRole(taken).finally(props.refresh)
  }
  const bar =
    done === undefined ? null : (
      <div className="undo-bar sm" role="status">
        <span className="grow cut">{peopleTexts.person(labelOf(done.move), done.person.name)}</span>
        <Button size="small" onClick={() => undo(done)}>
          {peopleTexts.undo}
        </Button>
      </div>
    )
  const offer = (doing: Doing) => setDone(doing.move.command === 'restrain' ? doing : undefined)
  return { bar, offer }
}
