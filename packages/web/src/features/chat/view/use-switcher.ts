// Ctrl or Cmd with K opens the quick switcher, wherever the focus is.

import { useCallback, useEffect, useRef, useState } from 'react'

/** Channels visited most recently, the latest first. */
const MOST_RECENT = 6

export function useSwitcher(channelKey: string | undefined) {
  const recent = useRef<readonly string[]>([])
  useEffect(() => {
    if (channelKey === undefined) return
    const rest = recent.current.filter((key) => key !== channelKey)
    recent.current = [channelKey, ...rest].slice(0, MOST_RECENT)
  }, [channelKey])
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // Also while the table of shortcuts is on its way, where it stands as `Mod+K`.
      const isIt = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      if (!isIt || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const open = useCallback(() => setOpen(true), [])
  const close = useCallback(() => setOpen(false), [])
  return { isOpen, recent, open, close }
}
