// A message of one's own being edited in its place. Losing the right keeps the text and says so.

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { FieldError } from '../../../ui/field.tsx'
import { texts } from '../model/texts.ts'
import { useGrowing } from './composer-field.ts'
import type { MessageRowProps } from './props.ts'

export function EditBox(props: MessageRowProps): ReactNode {
  const { entry } = props.row
  const original = entry.body.kind === 'text' ? entry.body.text : ''
  const [text, setText] = useState(original)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const field = useRef<HTMLTextAreaElement>(null)
  const isLost = props.control('message-update-own').kind !== 'on'
  const error = isLost ? texts.editGone : failure
  useGrowing(field, text)
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(original.length, original.length)
  }, [original])
  const save = async () => {
    if (isBusy || isLost || text.trim() === '') return
    if (text === original) return props.onEditEnd()
    setBusy(true)
    try {
      await props.session?.edit(entry.serial, text)
      props.onEditEnd()
    } catch (cause) {
      setFailure(texts.notDone(cause).text)
      setBusy(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') props.onEditEnd()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    void save()
  }
  return (
    <div className="editor">
      <textarea
        ref={field}
        className="input"
        rows={1}
        value={text}
        aria-label="Edit message"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {error === undefined ? null : <FieldError text={error} />}
      <div className="row">
        <span className="xs faint grow">Enter saves, Escape keeps it as it was.</span>
        <Button size="small" look="quiet" onClick={props.onEditEnd}>
          Cancel
        </Button>
        <Button size="small" look="primary" busy={isBusy || isLost} onClick={() => void save()}>
          Save
        </Button>
      </div>
    </div>
  )
}
