// A dialog with a form: focus held inside and given back, Escape closes, what goes wrong is said in it and it stays. A dangerous
// one says what follows, and asks for the name of what it takes away.

import './forms.css'
import { type ReactNode, type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { TextField } from './fields.tsx'
import { formTexts } from './form-texts.ts'
import { refusalOf } from './refusal.ts'

export function FormDialog(props: {
  readonly title: string
  /** What follows, in words. */
  readonly text?: ReactNode
  readonly confirm: string
  readonly isDanger?: boolean
  /** Has to be typed before it can be confirmed. */
  readonly typeName?: string
  /** Why it cannot be confirmed now. */
  readonly off?: string | undefined
  readonly isWide?: boolean
  readonly children?: ReactNode
  readonly onConfirm: () => Promise<unknown>
  readonly onClose: () => void
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [typed, setTyped] = useState('')
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const isOff =
    props.off !== undefined || (props.typeName !== undefined && typed !== props.typeName)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (isBusy || isOff) return
    setBusy(true)
    setProblem('')
    props
      .onConfirm()
      .then(
        () => dialog.current?.close(),
        (cause: unknown) => setProblem(refusalOf(cause)),
      )
      .finally(() => setBusy(false))
  }
  return (
    <dialog
      ref={dialog}
      className={props.isWide === true ? 'ask form wide' : 'ask form'}
      aria-labelledby={`${id}-title`}
      aria-describedby={props.text === undefined ? undefined : `${id}-text`}
      onClose={props.onClose}
    >
      <form className="stack" onSubmit={submit}>
        <h2 id={`${id}-title`} className="title">
          {props.title}
        </h2>
        {props.text === undefined ? null : (
          <div id={`${id}-text`} className="dim">
            {props.text}
          </div>
        )}
        {props.children}
        {props.typeName === undefined ? null : (
          <TextField
            label={formTexts.typeToConfirm(props.typeName)}
            value={typed}
            onChange={setTyped}
            isCode
          />
        )}
        <p className="problem sm" role="alert">
          {problem || props.off}
        </p>
        <div className="acts">
          <Button onClick={() => dialog.current?.close()}>{formTexts.cancel}</Button>
          <Button
            type="submit"
            look={props.isDanger === true ? 'danger filled' : 'primary'}
            busy={isBusy || isOff}
          >
            {props.confirm}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
