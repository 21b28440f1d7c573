// What one can do with the message one is at. A tool that was lost a moment ago stays, off and with its reason.

import { type ReactNode, useRef, useState } from 'react'
import { Ask } from '../../../ui/ask.tsx'
import { IconButton } from '../../../ui/button.tsx'
import type { Control } from '../model/controls.ts'
import { texts } from '../model/texts.ts'
import { copyText } from './clipboard.ts'
import type { MessageRowProps } from './props.ts'

export function MessageTools(props: MessageRowProps): ReactNode {
  const { entry, isOwn } = props.row
  const { body, serial } = entry
  const [isAsking, setAsking] = useState(false)
  const tools = useRef<HTMLDivElement>(null)
  const edit: Control =
    isOwn && body.kind === 'text' ? props.control('message-update-own') : { kind: 'absent' }
  const remove = removal(props)
  const text = body.kind === 'text' || body.kind === 'code' ? body.text : ''
  return (
    <div ref={tools} className="tools" role="toolbar" aria-label="Message actions">
      <IconButton icon="copy" label="Copy text" tabIndex={-1} onClick={() => void copyText(text)} />
      {edit.kind === 'absent' ? null : (
        <IconButton
          icon="pencil"
          label="Edit"
          tabIndex={-1}
          reason={edit.kind === 'off' ? edit.reason : undefined}
          onClick={() => props.onEdit(serial)}
        />
      )}
      {remove.kind === 'absent' ? null : (
        <IconButton
          icon="trash"
          label="Delete"
          className="dangerous"
          tabIndex={-1}
          reason={remove.kind === 'off' ? remove.reason : undefined}
          onClick={() => setAsking(true)}
        />
      )}
      {isAsking ? (
        <Ask
          title={texts.askDelete.title}
          consequence={texts.askDelete.text}
          quoted={text}
          confirm="Delete"
          reason={remove.kind === 'on' ? undefined : reasonOf(remove)}
          onConfirm={() => {
            const done = props.session?.remove(serial)
            done?.catch((cause: unknown) => props.notices.tell(texts.notDone(cause)))
          }}
          onClose={() => {
            setAsking(false)
            // The button may be gone with the message; the message itself stays.
            tools.current?.closest<HTMLElement>('[data-row]')?.focus()
          }}
        />
      ) : null}
    </div>
  )
}

/** One's own by either right; others' only by the one for any message. */
function removal(props: MessageRowProps): Control {
  const any = props.control('message-delete-any')
  if (!props.row.isOwn) return any
  const own = props.control('message-delete-own')
  return own.kind === 'on' || any.kind === 'absent' ? own : any
}

function reasonOf(control: Control): string {
  return control.kind === 'off' ? control.reason : texts.rightsChanged
}
