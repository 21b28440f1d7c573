// Reporting a message: why, and a word to it. Who wrote it is not told.

import type { ReportReasonView } from '@sayso/client'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { FieldError } from '../../../../ui/field.tsx'
import { texts as chatTexts } from '../../model/texts.ts'
import { texts } from '../../model/texts-around.ts'
import type { Entry } from '../../model/timeline.ts'
import type { ActsNeeds } from './acts-needs.ts'
import { beginningOf } from './quote-head.tsx'

const REASONS: readonly ReportReasonView[] = ['spam', 'abuse', 'harm', 'private', 'other']

export function ReportDialog(
  props: ActsNeeds & { readonly entry: Entry; readonly onClose: () => void },
): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [reason, setReason] = useState<ReportReasonView>('spam')
  const [note, setNote] = useState('')
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  const control = props.control('report')
  const gone = control.kind === 'on' ? undefined : texts.notAllowed
  const send = async () => {
    if (isBusy || gone !== undefined) return
    setBusy(true)
    try {
      const { serial } = props.entry
      const word = note.trim() === '' ? {} : { note: note.trim() }
      await props.api.report(props.channelKey, { serial, reason, ...word })
      props.notices.tell(texts.reported)
      dialog.current?.close()
    } catch (cause) {
      setError(chatTexts.notDone(cause).text)
      setBusy(false)
    }
  }
  return (
    <dialog
      ref={dialog}
      className="ask"
      aria-labelledby={id}
      onClose={props.onClose}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id={id} className="title">
        {texts.reportTitle}
      </h2>
      <p className="dim">{texts.reportText}</p>
      <p className="quoted sm">{beginningOf(props.entry)}</p>
      <fieldset className="choices">
        <legend className="label">{texts.reportWhy}</legend>
        {REASONS.map((one) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name={id}
              checked={reason === one}
              onChange={() => setReason(one)}
            />
            {texts.reasons[one]}
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span className="label">{texts.reportNote}</span>
        <textarea
          className="input note"
          rows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      {(gone ?? error) === undefined ? null : <FieldError text={gone ?? error ?? ''} />}
      <div className="acts">
        <Button onClick={() => dialog.current?.close()}>{texts.cancel}</Button>
        <Button look="primary" busy={isBusy || gone !== undefined} onClick={() => void send()}>
          {texts.report}
        </Button>
      </div>
    </dialog>
  )
}
