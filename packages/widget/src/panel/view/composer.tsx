// The field: Enter sends, Shift+Enter goes on. What stands in it is kept until it is sent.

import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Attached } from '../model/shapes.ts'
import { Attaching } from './attaching.tsx'
import { Icon } from './icons.tsx'
import { usePanel, useSay } from './use.ts'

const MOST_CHARACTERS = 8_000
const MOST_HEIGHT = 132

export function Composer() {
  const { panel, state } = usePanel()
  const say = useSay()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(() => panel.draft())
  const [files, setFiles] = useState<readonly Attached[]>([])
  const [isBusy, setBusy] = useState(false)
  useLayoutEffect(() => {
    const element = field.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, MOST_HEIGHT)}px`
  }, [text])
  const isEmpty = text.trim() === '' && files.length === 0
  const write = (next: string) => {
    setText(next)
    panel.keepDraft(next)
    if (next !== '') panel.writing()
  }
  const send = () => {
    if (isEmpty || isBusy) return
    panel.send(text.trim(), files)
    write('')
    setFiles([])
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {state.config.files.isOn && (
        <Attaching files={files} onFiles={setFiles} onBusy={setBusy} field={field} />
      )}
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        maxLength={MOST_CHARACTERS}
        value={text}
        aria-label={say('write')}
        placeholder={say('write')}
        onInput={({ currentTarget }) => write(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" class="send" aria-label={say('send')} aria-disabled={isEmpty || isBusy}>
        <Icon name="send" />
      </button>
    </form>
  )
}
