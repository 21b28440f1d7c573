// Opening and closing what floats, on the platform's own popover: top layer, closing by Escape and by a click elsewhere.

import { type RefObject, type ToggleEvent, useCallback, useEffect, useRef, useState } from 'react'
import { float, type Side } from './place.ts'

export type Popup = {
  readonly isOpen: boolean
  readonly trigger: RefObject<HTMLButtonElement | null>
  readonly popup: RefObject<HTMLDivElement | null>
  readonly open: () => void
  readonly close: () => void
  readonly onToggle: (event: ToggleEvent<HTMLDivElement>) => void
}

/** State of one popup beside its trigger. Focus goes back to the trigger if it was inside when the popup closed. */
export function usePopup(side: Side): Popup {
  const trigger = useRef<HTMLButtonElement>(null)
  const popup = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const settle = useCallback(() => {
    if (trigger.current !== null && popup.current !== null)
      float(trigger.current, popup.current, side)
  }, [side])
  const open = () => {
    popup.current?.showPopover()
    settle()
  }
  const close = () => popup.current?.hidePopover()
  const onToggle = (event: ToggleEvent<HTMLDivElement>) => {
    const opens = event.newState === 'open'
    setOpen(opens)
    if (opens) settle()
  }
  useEffect(() => {
    if (!isOpen) return
    // What is drawn only while open has its size from now on.
    settle()
    window.addEventListener('resize', settle)
    return () => window.removeEventListener('resize', settle)
  }, [isOpen, settle])
  return { isOpen, trigger, popup, open, close, onToggle }
}
