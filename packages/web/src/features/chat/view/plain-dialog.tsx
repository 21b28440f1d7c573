// A dialog with something to look through. Focus is held inside and given back; Escape closes.

import '../styles/channels.css'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { openDialog } from '../../../ui/open-dialog.ts'

export function PlainDialog(props: {
  readonly title: string
  readonly close: string
  /** For what needs the width of the window. */
  readonly look?: 'wide'
  readonly children: ReactNode
  readonly onClose: () => void
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => openDialog(dialog.current), [])
  return (
    <dialog
      ref={dialog}
      className={`ask form ${props.look ?? ''}`}
      aria-labelledby={id}
      onClose={props.onClose}
    >
      <div className="row">
        <h2 id={id} className="title grow" tabIndex={-1}>
          {props.title}
        </h2>
        <IconButton icon="x" label={props.close} onClick={() => dialog.current?.close()} />
      </div>
      {props.children}
    </dialog>
  )
}
