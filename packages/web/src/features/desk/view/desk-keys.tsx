// The keys of the whole page. What a key does is done by the control that shows it: a key never does what no control offers.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { choices } from '../../../ui/choices.ts'
import { areKeysFree, isInField } from '../../../ui/page-keys.ts'
import { partTexts } from '../../../ui/part-texts.ts'
import { KEYS, type KeyId, keyOf } from '../model/keys.ts'
import { texts } from '../model/texts.ts'

/** Controls that keys lead to carry the key's name. */
const CONTROL = 'data-shortcut'

export function DeskKeys(): ReactNode {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const id = isOurs(event) ? keyOf(event) : undefined
      if (id === undefined) return
      if (id === 'help') setOpen(true)
      else if (!pressed(id, event.target)) return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return isOpen ? <KeyList onClose={() => setOpen(false)} /> : null
}

/** Presses, or goes to, what the key stands for. False: there is nothing of the kind now. */
function pressed(id: KeyId, target: EventTarget | null): boolean {
  if (id === 'next' || id === 'previous') return stepped(id === 'next' ? 1 : -1)
  // A link or button that has the focus knows itself what Enter does.
  if (id === 'open') return false
  const control = document.querySelector<HTMLElement>(`[${CONTROL}~="${id}"]`)
  if (control === null || control === target) return false
  if (control.matches('input, textarea')) control.focus()
  else control.click()
  return true
}

/** From row to row of the inbox; from elsewhere to the one that is open. */
function stepped(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('.inbox .conv')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const current = rows.findIndex((row) => row.hasAttribute('aria-current'))
  const next = at < 0 ? (current < 0 ? rows[0] : rows[current]) : rows[at + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  return next !== undefined
}

function isOurs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || !choices().singleKeys) return false
  return areKeysFree() && !isInField(event.target)
}

function KeyList(props: { readonly onClose: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} className="ask keys" aria-label={texts.keys.title} onClose={props.onClose}>
      <div className="row">
        <h2 className="title grow">{texts.keys.title}</h2>
        <IconButton icon="x" label={partTexts.close} onClick={() => dialog.current?.close()} />
      </div>
      <dl className="key-list">
        {KEYS.map(({ id, key }) => (
          <div key={id}>
            <dt>
              <kbd>{key.toUpperCase()}</kbd>
            </dt>
            <dd>{texts.keys.does[id]}</dd>
          </div>
        ))}
      </dl>
      <p className="sm dim">{texts.keys.off}</p>
    </dialog>
  )
}
