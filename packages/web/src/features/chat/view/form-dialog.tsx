// A dialog with a form, on the platform's own dialog: focus is held inside and given back, Escape closes.

import '../styles/channels.css'
import { type ReactNode, type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { openDialog } from '../../../ui/open-dialog.ts'
import { explanationOf } from '../model/refusals.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { Why } from './why.tsx'

type Problem = { readonly text: string; readonly explanation: string | undefined }

export function FormDialog(props: {
  readonly title: string
  readonly text?: string | undefined
  readonly confirm: string
  readonly isDanger?: boolean
  /** Why it cannot be confirmed now. */
  readonly off?: string | boolean | undefined
  readonly children: ReactNode
  /** What goes wrong is shown in the dialog, which stays. */
  readonly onConfirm: () => Promise<unknown>
  readonly onClose: () => void
  readonly wrong: (cause: unknown) => string
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const id = useId()
  useEffect(() => openDialog(dialog.current), [])
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isBusy || props.off) return
    setBusy(true)
    setProblem(undefined)
    props
      .onConfirm()
      .then(
        () => dialog.current?.close(),
        (cause: unknown) =>
          setProblem({ text: props.wrong(cause), explanation: explanationOf(cause) }),
      )
      .finally(() => setBusy(false))
  }
  return (
    <dialog
      ref={dialog}
      className="ask form"
      aria-labelledby={`${id}-title`}
      onClose={props.onClose}
    >
      <form onSubmit={submit}>
        <h2 id={`${id}-title`} className="title">
          {props.title}
        </h2>
        {props.text === undefined || props.text === '' ? null : <p className="dim">{props.text}</p>}
        {props.children}
        <p className="problem sm" role="alert">
          {problem?.text} <Why explanation={problem?.explanation} />
        </p>
        <div className="acts">
          <Button onClick={() => dialog.current?.close()}>{peopleTexts.cancel}</Button>
          <Button
            type="submit"
            look={props.isDanger === true ? 'danger filled' : 'primary'}
            busy={isBusy || Boolean(props.off)}
          >
            {props.confirm}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
