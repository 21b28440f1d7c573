// Asking to be let in to a locked channel, and taking it back. The answer arrives by itself.

import type { Api, ResourceView } from '@sayso/client'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { lengthOf } from '../../../ui/lengths.ts'
import { keyOf } from '../model/channels.ts'
import { PRESETS_MS } from '../model/durations.ts'
import { texts } from '../model/texts.ts'
import { rightsTexts } from '../model/texts-rights.ts'
import type { Notices } from '../store/use-notices.ts'

const LONGEST_NOTE = 500

export function AskToEnter(props: {
  readonly api: Api
  readonly view: ResourceView
  readonly notices: Notices
}): ReactNode {
  const { api, view, notices } = props
  const key = keyOf(view)
  const [note, setNote] = useState('')
  const [forMs, setFor] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const id = useId()
  const run = (call: Promise<unknown>) => {
    setBusy(true)
    call.catch((cause: unknown) => notices.tell(texts.notDone(cause))).finally(() => setBusy(false))
  }
  if (view.requested === true) {
    return (
      <div className="ask-in">
        <p className="dim">{texts.asked}</p>
        <Button look="quiet" busy={isBusy} onClick={() => run(api.withdrawRequest(key))}>
          {texts.withdraw}
        </Button>
      </div>
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const said = note.trim() === '' ? {} : { note: note.trim() }
    run(api.requestAccess(key, { ...said, ...(forMs === 0 ? {} : { forMs }) }))
  }
  return (
    <form className="ask-in" onSubmit={submit}>
      <label className="label" htmlFor={id}>
        {texts.whyLabel}
      </label>
      <textarea
        id={id}
        className="input"
        rows={2}
        maxLength={LONGEST_NOTE}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <label className="label" htmlFor={`${id}-for`}>
        {rightsTexts.howLong}
      </label>
      <select
        id={`${id}-for`}
        className="input"
        value={forMs}
        onChange={(event) => setFor(Number(event.target.value))}
      >
        <option value={0}>{rightsTexts.forGood}</option>
        {PRESETS_MS.map((ms) => (
          <option key={ms} value={ms}>
            {lengthOf(ms)}
          </option>
        ))}
      </select>
      <Button look="primary" type="submit" busy={isBusy}>
        {texts.requestAccess}
      </Button>
    </form>
  )
}
