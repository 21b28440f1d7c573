// A dialog with a form: focus held inside and given back, Escape closes, what goes wrong is said in it and it stays. A dangerous
// one says what follows, and asks for the name of what it takes away. Enter confirms, also in a list to choose from; in a text of
// several lines with Ctrl or Command.

import './forms.css'
import {
  type KeyboardEvent,
  type ReactNode,
  type SubmitEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { Button } from './button.tsx'
import { TextField } from './fields.tsx'
import { formTexts } from './form-texts.ts'
import { refusalOf } from './refusal.ts'

/** Where one begins: the first field, or what confirms where there is none. A danger is not confirmed by an Enter of old. */
function firstOf(dialog: HTMLElement | null): HTMLElement | null {
  const field = 'input:not([hidden], [type=hidden]), select, textarea'
  const confirm = 'button[type=submit]:not(.danger)'
  return (
    dialog?.querySelector<HTMLElement>(field) ?? dialog?.querySelector<HTMLElement>(confirm) ?? null
  )
}

/** What a field of one line does by itself. */
function onKeyDown(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  const { target, currentTarget } = event
  const isMod = event.ctrlKey || event.metaKey
  const isSubmitted =
    target instanceof HTMLTextAreaElement
      ? isMod
      : target instanceof HTMLSelectElement && !isListOpen(target)
  if (!isSubmitted) return
  event.preventDefault()
  currentTarget.requestSubmit()
}

/** In an open list Enter chooses. */
function isListOpen(list: HTMLSelectElement): boolean {
  return CSS.supports('selector(:open)') && list.matches(':open')
}

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
    firstOf(dialog.current)?.focus()
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
      <form className="stack" onSubmit={submit} onKeyDown={onKeyDown}>
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
