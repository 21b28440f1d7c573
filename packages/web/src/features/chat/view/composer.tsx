// Where one writes. Enter sends, Shift+Enter starts a line. Without the right to write it becomes a card that says so,
// around the same field: focus, caret and text stay where they are.

import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type SubmitEvent,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { Icon } from '../../../ui/icon.tsx'
import type { Control } from '../model/controls.ts'
import { texts } from '../model/texts.ts'
import type { Draft } from '../store/sender.ts'
import type { Kept } from '../store/storage.ts'
import { useGrowing } from './composer-field.ts'
import { ReadOnlyCard } from './read-only-card.tsx'

export type ComposerHandle = {
  focus(): void
  /** Puts text before what is already there. */
  insert(text: string): void
}

export type ComposerProps = {
  readonly ref: Ref<ComposerHandle>
  readonly title: string
  readonly kept: Kept
  readonly channelKey: string
  readonly control: Control
  readonly onSend: (draft: Draft) => void
  readonly onEditLast: () => void
}

export function Composer(props: ComposerProps): ReactNode {
  const { kept, channelKey, control } = props
  const [text, setText] = useState(() => kept.draft(channelKey))
  const field = useRef<HTMLTextAreaElement>(null)
  const canWrite = control.kind === 'on'
  const change = (next: string) => {
    setText(next)
    kept.setDraft(channelKey, next)
  }
  useGrowing(field, text)
  useFirstFocus(field, canWrite)
  useImperativeHandle(props.ref, () => ({
    focus: () => field.current?.focus(),
    insert: (added) => {
      change(text === '' ? added : `${added}\n${text}`)
      field.current?.focus()
    },
  }))
  const send = () => {
    if (!canWrite || text.trim() === '') return
    props.onSend({ text: text.replace(/\s+$/, '') })
    change('')
    field.current?.focus()
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <form className={canWrite ? 'composer' : 'composer closed-for-now'} onSubmit={submit}>
      {canWrite ? null : <ReadOnlyCard title={props.title} control={control} draft={text} />}
      <textarea
        id="composer"
        ref={field}
        rows={1}
        value={text}
        readOnly={!canWrite}
        hidden={!canWrite && text === '' && document.activeElement !== field.current}
        placeholder={canWrite ? texts.composer(props.title) : ''}
        aria-label={canWrite ? texts.composer(props.title) : texts.draftKept}
        enterKeyHint="send"
        autoComplete="off"
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => onKey(event, text, send, props.onEditLast)}
      />
      {canWrite ? (
        <button type="submit" className="send" aria-label="Send" aria-disabled={text.trim() === ''}>
          <Icon name="arrow-up" size="l" />
        </button>
      ) : null}
    </form>
  )
}

function onKey(event: KeyboardEvent, text: string, send: () => void, editLast: () => void): void {
  // While an input method composes, Enter chooses a candidate. 229 is how some browsers say so after the fact.
  if (event.nativeEvent.isComposing || event.keyCode === 229) return
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault()
    send()
  }
  if (event.key === 'ArrowUp' && text === '') {
    event.preventDefault()
    editLast()
  }
}

/** On a device with a keyboard one can write at once; on a phone the keyboard would cover what one came to read. */
function useFirstFocus(
  field: { readonly current: HTMLTextAreaElement | null },
  canWrite: boolean,
): void {
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) return
    isFirst.current = false
    const isFree = document.activeElement === null || document.activeElement === document.body
    if (canWrite && isFree && matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [field, canWrite])
}
