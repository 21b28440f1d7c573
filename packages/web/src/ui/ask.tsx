// A question that names the consequence, on the platform's own dialog: focus is held inside and given back.

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './button.tsx'
import { partTexts } from './part-texts.ts'

export function Ask(props: {
  readonly title: string
  readonly consequence: string
  readonly quoted?: string
  readonly confirm: string
  /** Why it can no longer be confirmed; the dialog stays, so that nothing jumps. */
  readonly reason?: string | undefined
  readonly onConfirm: () => void
  readonly onClose: () => void
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="ask"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={props.onClose}
    >
      <h2 id={`${id}-title`} className="title">
        {props.title}
      </h2>
      <p id={`${id}-text`} className="dim">
        {props.reason ?? props.consequence}
      </p>
      {props.quoted === undefined ? null : <p className="quoted sm">{props.quoted}</p>}
      <div className="acts">
        <Button onClick={() => dialog.current?.close()}>{partTexts.keepIt}</Button>
        <Button
          look="danger filled"
          busy={props.reason !== undefined}
          onClick={() => {
            props.onConfirm()
            dialog.current?.close()
          }}
        >
          {props.confirm}
        </Button>
      </div>
    </dialog>
  )
}
