// Where one answers, or leaves a note for the desk. Each has a draft of its own that is kept; a slash offers canned replies, an
// at sign in a note the people of the desk.

import {
  type ChangeEvent,
  type KeyboardEvent,
  type ReactNode,
  type SubmitEvent,
  useEffect,
  useRef,
  useState,
} from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { choices } from '../../../ui/choices.ts'
import { Icon } from '../../../ui/icon.tsx'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import { AttachedRow } from './attached-row.tsx'
import { draftName } from './drafts.ts'
import type { SheetProps } from './sheet-props.ts'
import { SuggestionList } from './suggestion-list.tsx'
import { useAttachments } from './use-attachments.ts'
import { mentionedIn, useSuggestions } from './use-suggestions.ts'

type Mode = 'text' | 'note'
export type ComposerProps = SheetProps & { readonly startsAsNote: boolean }

export function Composer(props: ComposerProps): ReactNode {
  const { controls, conversation } = props
  const writing = useWriting(props)
  const { mode, text, field, suggestions, files } = writing
  const right = controls.control(mode === 'note' ? 'note' : 'publish')
  const isOn = right.kind === 'on'
  const label = mode === 'note' ? texts.noteLabel : texts.replyLabel(conversation.visitor.name)
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a candidate. 229 is how some browsers say so after the fact.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (suggestions.onKey(event)) return
    if (!isSendKey(event)) return
    event.preventDefault()
    writing.send()
  }
  return (
    <form
      className={mode === 'note' ? 'desk-composer noting' : 'desk-composer'}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault()
        writing.send()
      }}
    >
      <Modes {...props} mode={mode} onMode={writing.setMode} />
      {isOn ? null : (
        <p id="composer-reason" className="reason sm">
          <Icon name="lock" size="s" />
          {right.kind === 'off' ? right.reason : texts.takeFirst}
        </p>
      )}
      <SuggestionList suggestions={suggestions} />
      <AttachedRow items={files.items} onRemove={files.remove} />
      <div className="field-row">
        <textarea
          ref={field}
          rows={1}
          value={text}
          readOnly={!isOn}
          aria-label={label}
          aria-describedby={isOn ? undefined : 'composer-reason'}
          placeholder={label}
          data-shortcut={mode === 'note' ? 'note' : 'reply'}
          maxLength={8_000}
          dir="auto"
          autoComplete="off"
          {...suggestions.fieldProps}
          onChange={(event: ChangeEvent<HTMLTextAreaElement>) =>
            writing.change(event.target.value, event.target.selectionStart)
          }
          onSelect={(event) => suggestions.at(event.currentTarget.selectionStart)}
          onPaste={(event) => {
            const pasted = [...event.clipboardData.files]
            if (pasted.length === 0 || !writing.canAttach) return
            event.preventDefault()
            files.add(pasted)
          }}
          onKeyDown={onKeyDown}
        />
        {writing.canAttach ? <AttachButton onFiles={files.add} /> : null}
        <button
          type="submit"
          className="send"
          aria-label={mode === 'note' ? texts.sendNote : texts.send}
          aria-disabled={!writing.canSend || undefined}
        >
          <Icon name="send-horizontal" />
        </button>
      </div>
    </form>
  )
}

function isSendKey(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey) return false
  const isMod = event.ctrlKey || event.metaKey
  return choices().sendBy === 'enter' ? !isMod : isMod
}

/** The text, where it is kept, and how it is sent. */
function useWriting(props: ComposerProps) {
  const { conversation, session, controls } = props
  const { kept } = useDesk()
  const { key } = conversation
  const mayReply = controls.control('publish').kind !== 'absent'
  const [mode, setMode] = useState<Mode>(props.startsAsNote || !mayReply ? 'note' : 'text')
  const [drafts, setDrafts] = useState(() => ({
    text: kept.get(draftName(key, 'text')) ?? '',
    note: kept.get(draftName(key, 'note')) ?? '',
  }))
  const field = useRef<HTMLTextAreaElement>(null)
  const files = useAttachments(key)
  const text = drafts[mode]
  const set = (next: string) => {
    setDrafts((now) => ({ ...now, [mode]: next }))
    kept.set(draftName(key, mode), next === '' ? undefined : next)
  }
  const suggestions = useSuggestions({ mode, text, conversation, field, onText: set })
  useGrowing(field, text)
  // biome-ignore lint/correctness/useExhaustiveDependencies: when one turns from answers to notes
  useEffect(() => {
    if (props.startsAsNote || document.activeElement === document.body) field.current?.focus()
  }, [mode])
  const isAllowed = controls.may(mode === 'note' ? 'note' : 'publish')
  const canAttach = mode === 'text' && isAllowed && controls.may('attach-file')
  const hasText = text.trim() !== ''
  const canSend = isAllowed && (hasText || files.isReady) && !files.isBusy
  const send = () => {
    if (!canSend) return
    if (hasText) {
      const mentions = mode === 'note' ? mentionedIn(text, suggestions.operators) : []
      session.write({ kind: mode, text: text.trim(), files: [], mentions })
    }
    const named = files.items.flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }]))
    if (named.length > 0 && mode === 'text')
      session.write({ kind: 'file', text: '', files: named, mentions: [] })
    files.clear()
    set('')
    field.current?.focus()
  }
  const change = (next: string, caret: number) => {
    set(next)
    suggestions.at(caret)
    // Nobody outside of the desk learns that a note is being written.
    if (mode === 'text' && isAllowed && next.trim() !== '') session.typing()
  }
  return { mode, setMode, text, field, files, suggestions, change, send, canSend, canAttach }
}

/** As high as what is written, where the style sheet cannot see to it. */
function useGrowing(field: { readonly current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: at every change of the text
  useEffect(() => {
    const element = field.current
    if (element === null || CSS.supports('field-sizing', 'content')) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [field, text])
}

function Modes(
  props: ComposerProps & { readonly mode: Mode; readonly onMode: (mode: Mode) => void },
): ReactNode {
  const { controls, mode, onMode } = props
  const shown = [
    { key: 'text', action: 'publish', label: texts.reply, shortcut: 'reply' },
    { key: 'note', action: 'note', label: texts.noteMode, shortcut: 'note' },
  ] as const
  return (
    <fieldset className="modes">
      <legend className="vh">{texts.modeTitle}</legend>
      {shown
        .filter(({ action }) => controls.control(action).kind !== 'absent')
        .map((one) => (
          <label key={one.key} data-shortcut={one.key === mode ? undefined : one.shortcut}>
            <input
              type="radio"
              name="mode"
              checked={mode === one.key}
              onChange={() => onMode(one.key)}
            />
            <span>{one.label}</span>
          </label>
        ))}
    </fieldset>
  )
}

function AttachButton(props: { readonly onFiles: (files: readonly File[]) => void }): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={texts.attach}
        onChange={(event) => {
          props.onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <IconButton icon="paperclip" label={texts.attach} onClick={() => input.current?.click()} />
    </>
  )
}
