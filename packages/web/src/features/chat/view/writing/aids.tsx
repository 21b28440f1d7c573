// What helps while writing, loaded beside the first messages: completion, formatting by keys and buttons, a preview, pasting of
// formatted text. Without it one can write and send all the same.

import type { Api } from '@sayso/client'
import { useResources } from '@sayso/client/react'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useCallback,
  useImperativeHandle,
  useMemo,
} from 'react'
import { createPortal } from 'react-dom'
import { shortcutOf } from '../../../../ui/keys.ts'
import { EmojiButton } from '../../emoji/emoji-button.tsx'
import { useEmoji } from '../../emoji/load-emoji.ts'
import { type Command, commandIn, commandsFor } from '../../model/commands.ts'
import type { Control } from '../../model/controls.ts'
import {
  continued,
  type Edit,
  type Format,
  formatted,
  indented,
  isInFence,
  isWritingCode,
  linked,
} from '../../model/editing.ts'
import type { Mentionable } from '../../model/mentions.ts'
import { writingTexts } from '../../model/texts-writing.ts'
import { isSendKey } from '../../model/writing-settings.ts'
import { useWritingSettings } from '../../store/use-writing.ts'
import { applyEdit, insertAtCaret, writtenIn } from '../composer-field.ts'
import { calledBy } from './called-by.ts'
import { Completion, useCompletion } from './completion.tsx'
import { FormatBar, FormatToggle } from './format-bar.tsx'
import './live-commands.ts'
import './own-commands.ts'
import type { WritingPlace } from './place.ts'
import { Preview } from './preview.tsx'
import { markdownOf } from './rich-paste.ts'
import { useCalledPeople } from './use-called-people.ts'
import { type CommandMeans, useCommand } from './use-command.ts'
import { useNewVersion } from './use-new-version.ts'
import { useSharedDraft } from './use-shared-draft.ts'
import './writing.css'

/** What the field asks before it does anything by itself. True: it has been dealt with. */
export type Aids = {
  onKeyDown(event: KeyboardEvent): boolean
  onPaste(event: ClipboardEvent): boolean
  /** A text that is a command is run; `onDone` says that it may go. */
  onSend(text: string, onDone: () => void): boolean
  /** Whom one may mean by an `@`: those of the page, and whom the server found meanwhile. */
  mentions(): readonly Mentionable[]
}

export type AidsProps = {
  readonly ref: Ref<Aids>
  readonly field: RefObject<HTMLTextAreaElement | null>
  /** Where what stands above the field goes. */
  readonly above: HTMLElement | null
  readonly text: string
  readonly place: WritingPlace
  readonly api: Api
  readonly mentions: readonly Mentionable[]
  readonly control: (action: string) => Control
  /** What commands work with. Absent: here is nothing to command, as in a box for an edit. */
  readonly means?: CommandMeans
  /** What the draft is kept under, and what takes one from another device. Absent: no draft is kept. */
  readonly draft?: { readonly key: string; readonly offer: (text: string) => void }
}

/** More than these are warned of. */
const MANY = 5

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function WritingAids(props: AidsProps): ReactNode {
  const { field, text, place } = props
  const settings = useWritingSettings()
  const canCommand = props.means !== undefined
  const commands = useMemo(
    () => (canCommand ? commandsFor(props.control) : NO_COMMANDS),
    [canCommand, props.control],
  )
  const called = useCalledPeople(props)
  const run = useCommand(place, called.people, props.means)
  const { mentions } = called
  const completion = useKnownCompletion(props, commands, called)
  useImperativeHandle(props.ref, () => ({
    onKeyDown: (event) => {
      const element = field.current
      if (element === null) return false
      return (
        completion.onKeyDown(event) ||
        onFormatKey(event, element) ||
        onEnter(event, element, settings.enter)
      )
    },
    onPaste: (event) => field.current !== null && onPaste(event, field.current),
    onSend: (written, onDone) => {
      const command = commandIn(written, commands)
      if (command !== undefined) run(command, onDone)
      return command !== undefined
    },
    mentions: () => mentions,
  }))
  useSharedDraft(
    settings.shareDrafts && props.draft !== undefined,
    props.draft?.key ?? '',
    text,
    props.draft?.offer ?? NOT_OFFERED,
  )
  useNewVersion(text, place.notices.tell)
  const calls = text.includes('@') ? calledBy(text, mentions, called.people, place.me.id) : 0
  const pick = useCallback((char: string) => insertAtCaret(field.current, char), [field])
  const format = (what: Format) => {
    if (field.current !== null) applyEdit(field.current, formatted(writtenIn(field.current), what))
  }
  return (
    <>
      {props.above === null
        ? null
        : createPortal(
            <>
              <Completion completion={completion} />
              {settings.preview ? (
                <Preview text={text} mentions={mentions} me={place.me.id} />
              ) : null}
              {settings.bar ? <FormatBar onFormat={format} /> : null}
              {calls > MANY ? (
                <p className="calls xs" role="status">
                  {writingTexts.callsMany(calls)}
                </p>
              ) : null}
            </>,
            props.above,
          )}
      <FormatToggle isOn={settings.bar} />
      <EmojiButton label={writingTexts.emoji} className="no-phone" onPick={pick} />
    </>
  )
}

const NOT_OFFERED = () => undefined
const NO_COMMANDS: readonly Command[] = []

function useKnownCompletion(
  props: AidsProps,
  commands: readonly Command[],
  called: ReturnType<typeof useCalledPeople>,
) {
  const { place, control, text } = props
  const views = useResources()
  const emoji = useEmoji(text.includes(':'))
  const { list, counts } = place.people
  const { found } = called
  const known = useMemo(
    () => ({
      people: list ?? [],
      found,
      counts,
      me: place.me.id,
      views: views ?? [],
      emoji,
      commands,
      mayMentionEveryone: control('mention-everyone').kind === 'on',
    }),
    [list, found, counts, place.me.id, views, emoji, control, commands],
  )
  return useCompletion(props.field, text, known, called.onAsk)
}

const FORMATS: readonly Format[] = ['strong', 'emphasis', 'code', 'strike', 'list', 'quote']

function onFormatKey(event: KeyboardEvent, field: HTMLTextAreaElement): boolean {
  const does = shortcutOf(event)
  const format = FORMATS.find((one) => one === does)
  if (format === undefined && does !== 'indent' && does !== 'outdent') return false
  const written = writtenIn(field)
  const edit =
    format === undefined ? indented(written, does === 'outdent') : formatted(written, format)
  return edit !== undefined && done(event, field, edit)
}

/** Between fences Enter is a line of code; elsewhere a new line goes on with its list or quote. */
function onEnter(
  event: KeyboardEvent,
  field: HTMLTextAreaElement,
  enter: 'send' | 'line',
): boolean {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return false
  const written = writtenIn(field)
  const isModified = event.ctrlKey || event.metaKey
  if (isWritingCode(written.text, written.start) && !isModified) {
    insertAtCaret(field, '\n')
    event.preventDefault()
    return true
  }
  if (isSendKey(event, enter)) return false
  const edit = continued(written)
  return edit !== undefined && done(event, field, edit)
}

function done(event: KeyboardEvent, field: HTMLTextAreaElement, edit: Edit): boolean {
  event.preventDefault()
  applyEdit(field, edit)
  return true
}

function onPaste(event: ClipboardEvent, field: HTMLTextAreaElement): boolean {
  const plain = event.clipboardData.getData('text/plain')
  const written = writtenIn(field)
  const isCode = isInFence(written.text, written.start)
  const isOverWords = written.start !== written.end && !isCode
  if (isOverWords && /^https?:\/\/\S+$/i.test(plain.trim())) {
    event.preventDefault()
    applyEdit(field, linked(written, plain.trim()))
    return true
  }
  // What editors of code copy is code, whatever it looks like.
  const isFromEditor = event.clipboardData.types.includes('vscode-editor-data')
  const html = isCode || isFromEditor ? '' : event.clipboardData.getData('text/html')
  const text = html === '' ? undefined : markdownOf(html)
  if (text === undefined) return false
  event.preventDefault()
  insertAtCaret(field, text)
  return true
}
