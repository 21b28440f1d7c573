// Where one writes. Enter sends, Shift+Enter starts a line. Without the right to write it becomes a card that says so,
// around the same field: focus, caret and text stay where they are.

import type { Api } from '@sayso/client'
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type SubmitEvent,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import { memo } from '../../../ui/spoken.ts'
import { useStable } from '../../../ui/stable.ts'
import { beside, loadBeside } from '../load-beside.ts'
import type { Control } from '../model/controls.ts'
import { extrasOf, mentionable } from '../model/mentions.ts'
import { texts } from '../model/texts.ts'
import { composerTexts } from '../model/texts-composer.ts'
import { isSendKey } from '../model/writing-settings.ts'
import type { Draft } from '../store/sender.ts'
import type { Kept } from '../store/storage.ts'
import type { TypingRealtime } from '../store/typing-room.ts'
import { useWritingSettings } from '../store/use-writing.ts'
import { ClosedForNow } from './closed-for-now.tsx'
import { useSlots } from './composer-slots.tsx'
import { SendMark } from './send-mark.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import { isForAids, useWritten } from './use-written.ts'
import type { Aids } from './writing/aids.tsx'
import type { WritingPlace } from './writing/place.ts'

const WritingAids = beside('WritingAids')
const TypingRow = beside('TypingRow')

export type ComposerHandle = {
  focus(): void
  /** Puts a text before what is already there, and what it carried beside it. */
  insert(text: string, extras: Draft['extras']): void
}

export type ComposerProps = {
  readonly ref: Ref<ComposerHandle>
  /** What the field is called, if not after the channel. */
  readonly label?: string
  readonly kept: Kept
  readonly channelKey: string
  /** What the draft is kept under: a thread has one of its own. Absent: the channel's. */
  readonly draftKey?: string
  /** Serial of the root, in a thread. */
  readonly thread?: string
  readonly realtime: TypingRealtime
  readonly api: Api
  readonly place: WritingPlace
  readonly control: (action: string) => Control
  readonly onSend: (draft: Draft) => void
  /** Sends a text to another channel. */
  readonly onSendTo: (channelKey: string, text: string) => void
  readonly onEditLast: () => void
}

/** Drawn again for what is written in it, not for what is said around it. */
export const Composer = memo(function Composer(props: ComposerProps): ReactNode {
  const { title } = props.place.view
  const { label = texts.composer(title) } = props
  const write = props.control('publish')
  const canWrite = write.kind === 'on'
  const id = useId()
  const [above, setAbove] = useState<HTMLElement | null>(null)
  const { enter } = useWritingSettings()
  const writing = useWriting(props, canWrite)
  const { written, aids, slots, mentions, send } = writing
  const { field, text } = written
  const form = useRef<HTMLFormElement>(null)
  const hasFocus = useKeptFocus(form, field)
  const onKeyDown = (event: KeyboardEvent) => {
    if (isForAids(event)) written.settle()
    // While an input method composes, Enter chooses a candidate. 229 is how some browsers say so after the fact.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (canWrite && aids.current?.onKeyDown(event) === true) return
    if (isSendKey(event, enter)) {
      event.preventDefault()
      send()
    } else if (event.key === 'ArrowUp' && written.now() === '') {
      event.preventDefault()
      props.onEditLast()
    }
  }
  return (
    <>
      <div className="typing-row">
        <Suspense fallback={null}>
          <TypingRow {...props} {...{ text, canWrite }} />
        </Suspense>
      </div>
      <form
        ref={form}
        className={canWrite ? 'composer' : 'composer closed-for-now'}
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault()
          send()
        }}
      >
        <ClosedForNow
          {...{ title, control: write, draft: text }}
          {...{ hasFiles: slots.isEnough, waits: slots.waits, sendLater: writing.sendLater }}
        />
        {slots.above}
        <div ref={setAbove} className="above" hidden={!canWrite} />
        {canWrite ? slots.buttons : null}
        <textarea
          id={props.draftKey === undefined ? 'composer' : id}
          ref={field}
          rows={1}
          defaultValue={written.initial}
          readOnly={!canWrite}
          hidden={!canWrite && text === '' && !hasFocus}
          placeholder={canWrite ? label : ''}
          aria-label={canWrite ? label : texts.draftKept}
          aria-autocomplete="list"
          enterKeyHint={enter === 'send' ? 'send' : 'enter'}
          autoComplete="off"
          dir="auto"
          onChange={written.onTyped}
          onPaste={(event) => slots.onPaste(event) || aids.current?.onPaste(event)}
          onKeyDown={onKeyDown}
        />
        {canWrite ? (
          <>
            <Suspense fallback={null}>
              <WritingAids
                ref={aids}
                {...{ field, above, text, mentions }}
                {...{ place: props.place, api: props.api, control: props.control }}
                means={writing.means}
                draft={writing.draft}
              />
            </Suspense>
            <button
              type="submit"
              className="send"
              aria-label={composerTexts.send}
              aria-disabled={!writing.canSend}
            >
              <SendMark />
            </button>
          </>
        ) : null}
      </form>
    </>
  )
})

/** The text, where it is kept, and how it is sent. */
function useWriting(props: ComposerProps, canWrite: boolean) {
  const { kept, channelKey, draftKey = channelKey, control, place } = props
  const keep = useCallback((next: string) => kept.setDraft(draftKey, next), [kept, draftKey])
  const written = useWritten(() => kept.draft(draftKey), keep)
  const { field, text, change } = written
  const aids = useRef<Aids>(null)
  const slots = useSlots({ person: kept.person, channelKey, draftKey, control, text })
  const mentions = useMentionable(place, control)
  const draft = useMemo(() => ({ key: draftKey, offer: change }), [draftKey, change])
  useFirstFocus(field, canWrite && props.draftKey === undefined)
  useImperativeHandle(props.ref, () => ({
    focus: () => field.current?.focus(),
    insert: (added, extras) => {
      change([added, written.now()].filter((text) => text !== '').join('\n'))
      if (extras !== undefined) slots.takeBack(extras)
      field.current?.focus()
    },
  }))
  const isReady = canWrite && slots.waits === undefined
  const canSend = isReady && (text.trim() !== '' || slots.isEnough)
  const write = useStable((said: string, isPatient?: true) => {
    const extras = { ...slots.extras, ...extrasOf(said, aids.current?.mentions() ?? mentions) }
    const hasExtras = Object.keys(extras).length > 0
    props.onSend({ text: said.replace(/\s+$/, ''), ...(hasExtras ? { extras } : {}), isPatient })
  })
  const means = useMemo(
    () => ({ api: props.api, send: write, sendTo: props.onSendTo }),
    [props.api, write, props.onSendTo],
  )
  const send = useStable(() => {
    const said = written.now()
    if (!isReady || (said.trim() === '' && !slots.isEnough)) return
    if (aids.current === null && isCommand(said)) return whenLoaded(field.current?.form)
    if (aids.current?.onSend(said, () => change('')) === true) return
    write(said)
    change('')
    slots.onSent()
    // Asked first: giving the focus to what has it lays out the page all the same.
    if (document.activeElement !== field.current) field.current?.focus()
  })
  const sendLater = () => {
    const said = written.now()
    if (slots.waits !== undefined || isCommand(said)) return
    if (said.trim() === '' && !slots.isEnough) return
    write(said, true)
    change('')
    slots.onSent()
  }
  return { written, aids, slots, mentions, canSend, draft, means, send, sendLater }
}

/** What looks like a command is never sent as a message only because it was written too early. */
function isCommand(text: string): boolean {
  return /^\/[a-z-]+(\s|$)/.test(text)
}

function whenLoaded(form: HTMLFormElement | null | undefined): void {
  const again = () => setTimeout(() => form?.requestSubmit(), 50)
  loadBeside().then(again, () => undefined)
}

function useMentionable(place: WritingPlace, control: ComposerProps['control']) {
  const { list } = place.people
  const mayAll = control('mention-everyone').kind === 'on'
  return useMemo(() => mentionable(list ?? [], mayAll), [list, mayAll])
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
