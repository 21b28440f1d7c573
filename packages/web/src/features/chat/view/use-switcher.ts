// Ctrl or Cmd with K opens the quick switcher, wherever the focus is.

import { useCallback, useEffect, useState } from 'react'
import { chordOf, SWITCHER_CHORD } from '../../../ui/keys.ts'

export function useSwitcher() {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (chordOf(event) !== SWITCHER_CHORD) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const open = useCallback(() => setOpen(true), [])
  const close = useCallback(() => setOpen(false), [])
  return { isOpen, open, close }
}
