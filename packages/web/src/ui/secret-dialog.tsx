// A secret that is shown this once: to be copied by a press, or by hand where the page may not. It is gone when it is closed.

import './forms.css'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { formTexts } from './form-texts.ts'

export function SecretDialog(props: {
  readonly title: string
  readonly text: ReactNode
  readonly label: string
  readonly secret: string
  readonly onClose: () => void
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(props.secret)
      setSaid(formTexts.copied)
    } catch {
      setSaid(formTexts.copyByHand)
    }
  }
  return (
    <dialog
      ref={dialog}
      className="ask form wide"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={props.onClose}
    >
      <form method="dialog" className="stack">
        <h2 id={`${id}-title`} className="title">
          {props.title}
        </h2>
        <div id={`${id}-text`} className="dim">
          {props.text}
        </div>
        <div className="field">
          <label htmlFor={`${id}-secret`}>{props.label}</label>
          <div className="row">
            <input
              ref={field}
              id={`${id}-secret`}
              className="input code grow"
              readOnly
              value={props.secret}
              onFocus={(event) => event.target.select()}
            />
            <Button icon="copy" onClick={() => void copy()}>
              {formTexts.copy}
            </Button>
          </div>
          <p role="status" className="hint">
            {said}
          </p>
        </div>
        <div className="acts">
          <Button type="submit" look="primary">
            {formTexts.keptIt}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
