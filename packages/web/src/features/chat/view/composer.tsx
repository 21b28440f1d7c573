// Where one writes. Enter sends, Shift+Enter starts a line. Without the right to write it becomes a card that says so,
// around the same field: focus, caret and text stay where they are.

import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  type Ref,
  type SubmitEvent,
  Suspense,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { EmojiButton } from '../emoji/emoji-button.tsx'
import type { Control } from '../model/controls.ts'
import { texts } from '../model/texts.ts'
import { composerTexts } from '../model/texts-composer.ts'
import type { Draft } from '../store/sender.ts'
import type { Kept } from '../store/storage.ts'
import { insertAtCaret, useGrowing } from './composer-field.ts'
import { useSlots } from './composer-slots.tsx'
import { SendMark } from './send-mark.tsx'

/** Fetched once the composer stands: the card must be there the moment a right is gone. */
const loadCard = async () => ({ default: (await import('./read-only-card.tsx')).ReadOnlyCard })
const ReadOnlyCard = lazy(loadCard)

export type ComposerHandle = {
  focus(): void
  /** Puts text before what is already there. */
  insert(text: string): void
}

export type ComposerProps = {
  readonly ref: Ref<ComposerHandle>
  /** What the channel is called. */
  readonly title: string
  /** What the field is called, if not after the channel. */
  readonly label?: string
  readonly kept: Kept
  readonly channelKey: string
  /** What the draft is kept under: a thread has one of its own. Absent: the channel's. */
  readonly draftKey?: string
  readonly control: (action: string) => Control
  readonly onSend: (draft: Draft) => void
  readonly onEditLast: () => void
}

export function Composer(props: ComposerProps): ReactNode {
  const { title, label = texts.composer(title) } = props
  const write = props.control('publish')
  const canWrite = write.kind === 'on'
  const id = useId()
  const { field, text, change, slots, canSend, send } = useWriting(props, canWrite)
  const later = useSendLater(canWrite, send)
  useEffect(() => void loadCard(), [])
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <form className={canWrite ? 'composer' : 'composer closed-for-now'} onSubmit={submit}>
      {canWrite ? (
        slots.above
      ) : (
        <Suspense fallback={<div className="why" />}>
          <ReadOnlyCard
            title={title}
            control={write}
            draft={text}
            isWaiting={later.isWaiting}
            onWait={later.setWaiting}
          />
        </Suspense>
      )}
      {canWrite ? slots.buttons : null}
      <textarea
        id={props.draftKey === undefined ? 'composer' : id}
        ref={field}
        rows={1}
        value={text}
        readOnly={!canWrite}
        hidden={!canWrite && text === '' && document.activeElement !== field.current}
        placeholder={canWrite ? label : ''}
        aria-label={canWrite ? label : texts.draftKept}
        enterKeyHint="send"
        autoComplete="off"
        dir="auto"
        onChange={(event) => change(event.target.value)}
        onPaste={(event) => slots.onPaste(event)}
        onKeyDown={(event) => onKey(event, text, send, props.onEditLast)}
      />
      {canWrite ? (
        <>
          <EmojiButton
            label={composerTexts.emoji}
            className="no-phone"
            onPick={(char) => insertAtCaret(field.current, char)}
          />
          <button
            type="submit"
            className="send"
            aria-label={composerTexts.send}
            aria-disabled={!canSend}
          >
            <SendMark />
          </button>
        </>
      ) : null}
    </form>
  )
}

/** What was to be sent as soon as writing is possible again goes then. */
function useSendLater(canWrite: boolean, send: () => void) {
  const [isWaiting, setWaiting] = useState(false)
  const go = useEffectEvent(send)
  useEffect(() => {
    if (!canWrite || !isWaiting) return
    setWaiting(false)
    go()
  }, [canWrite, isWaiting])
  return { isWaiting, setWaiting }
}

/** The text, where it is kept, and how it is sent. */
function useWriting(props: ComposerProps, canWrite: boolean) {
  const { kept, channelKey, draftKey = channelKey } = props
  const [text, setText] = useState(() => kept.draft(draftKey))
  const field = useRef<HTMLTextAreaElement>(null)
  const slots = useSlots({ channelKey, draftKey, control: props.control, text })
  const change = (next: string) => {
    setText(next)
    kept.setDraft(draftKey, next)
  }
  useGrowing(field, text)
  useFirstFocus(field, canWrite && props.draftKey === undefined)
  useImperativeHandle(props.ref, () => ({
    focus: () => field.current?.focus(),
    insert: (added) => {
      change(text === '' ? added : `${added}\n${text}`)
      field.current?.focus()
    },
  }))
  const hasText = text.trim() !== ''
  const canSend = canWrite && (hasText || slots.isEnough) && slots.waits === undefined
  const send = () => {
    if (!canSend) return
    const { extras } = slots
    props.onSend({ text: text.replace(/\s+$/, ''), ...(extras && { extras }) })
    change('')
    slots.onSent()
    field.current?.focus()
  }
  return { field, text, change, slots, canSend, send }
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
