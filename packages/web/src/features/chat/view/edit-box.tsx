// A message of one's own being edited in its place, with the same aids as a new one. Losing the right keeps the text and says
// so; what was begun and neither saved nor cancelled is a draft, and is there when the message is edited again.

import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { FieldError } from '../../../ui/field.tsx'
import { extrasOf, mentionable } from '../model/mentions.ts'
import { texts } from '../model/texts.ts'
import { writingTexts } from '../model/texts-writing.ts'
import { isSendKey } from '../model/writing-settings.ts'
import { useWritingSettings } from '../store/use-writing.ts'
import { useGrowing } from './composer-field.ts'
import type { MessageRowProps } from './props.ts'
import WritingAids, { type Aids } from './writing/aids.tsx'

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function EditBox(props: MessageRowProps): ReactNode {
  const { people, view, me, notices, control } = props
  const { enter } = useWritingSettings()
  const aids = useRef<Aids>(null)
  const [above, setAbove] = useState<HTMLElement | null>(null)
  const mayAll = control('mention-everyone').kind === 'on'
  const mentions = useMemo(() => mentionable(people.list ?? [], mayAll), [people.list, mayAll])
  const { field, text, write, isBusy, isLost, error, save, end } = useEdit(props, (said) => ({
    mentions: extrasOf(said, aids.current?.mentions() ?? mentions)?.mentions,
  }))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (aids.current?.onKeyDown(event) === true) return
    if (event.key === 'Escape') end()
    if (!isSendKey(event, enter)) return
    event.preventDefault()
    void save()
  }
  return (
    <div className="editor">
      <div ref={setAbove} className="above" />
      <textarea
        ref={field}
        className="input"
        rows={1}
        value={text}
        dir="auto"
        aria-label={writingTexts.edit}
        aria-autocomplete="list"
        onChange={(event) => write(event.target.value)}
        onPaste={(event) => aids.current?.onPaste(event)}
        onKeyDown={onKeyDown}
      />
      {error === undefined ? null : <FieldError text={error} />}
      <div className="row">
        <span className="xs faint grow edit-hint">{writingTexts.editHint(enter === 'send')}</span>
        <WritingAids
          ref={aids}
          {...{ field, above, text, mentions, control }}
          api={props.acts.api}
          place={{ me, view, people, notices }}
        />
        <Button size="small" look="quiet" onClick={end}>
          {writingTexts.cancel}
        </Button>
        <Button size="small" look="primary" busy={isBusy || isLost} onClick={() => void save()}>
          {writingTexts.save}
        </Button>
      </div>
    </div>
  )
}

/** The text being edited, and what became of saving it. */
function useEdit(
  props: MessageRowProps,
  besideOf: (text: string) => Readonly<Record<string, unknown>>,
) {
  const { entry } = props.row
  const original = entry.body.kind === 'text' ? entry.body.text : ''
  const { kept } = props.acts
  const place = `edit:${entry.serial}`
  const [text, setText] = useState(() => kept.draft(place) || original)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const field = useRef<HTMLTextAreaElement>(null)
  const isLost = props.control('message-update-own').kind !== 'on'
  useGrowing(field, text)
  useEffect(() => {
    const { current } = field
    current?.focus()
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [])
  const write = (said: string) => {
    setText(said)
    kept.setDraft(place, said === original ? '' : said)
  }
  const end = () => {
    kept.setDraft(place, '')
    props.onEditEnd()
  }
  const save = async () => {
    if (isBusy || isLost || text.trim() === '') return
    if (text === original) return end()
    setBusy(true)
    try {
      await props.session?.edit(entry.serial, text, besideOf(text))
      end()
    } catch (cause) {
      setFailure(texts.notDone(cause).text)
      setBusy(false)
    }
  }
  const error = isLost ? texts.editGone : failure
  return { field, text, write, isBusy, isLost, error, save, end }
}
