// How far one has read in a channel: where a visit began, and the mark that moves on as the newest is seen.

import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ChatStore } from './chat-store.ts'

export type ReadMark = {
  /** False until it is known where the visit begins. */
  readonly isKnown: boolean
  /** What was read last when the visit began; absent if there was no visit before, or all is read. */
  readonly serial: string | undefined
  /** From now on nothing is unread. */
  readonly clear: () => void
  /** The newest was seen. */
  readonly onSeen: (serial: string) => void
  /** Everything after a serial is unread again, and stays so while one is here. */
  readonly setBack: (serial: string) => void
}

/** Longest wait for what other devices have read. */
const WAIT_MS = 1_500

/** `isOpen`: the messages are there. */
export function useReadMark(store: ChatStore, key: string, isOpen: boolean): ReadMark {
  const [start, setStart] = useState<{ readonly serial: string | undefined } | undefined>(() =>
    isOpen && store.personal.isKnown() ? { serial: store.readMark(key) } : undefined,
  )
  const isKnown = start !== undefined
  useEffect(() => {
    if (!isOpen || isKnown) return
    const take = () => setStart({ serial: store.readMark(key) })
    if (store.personal.isKnown()) return take()
    const timer = setTimeout(take, WAIT_MS)
    const stop = store.personal.subscribe(() => {
      if (store.personal.isKnown()) take()
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [store, key, isOpen, isKnown])
  const clear = useCallback(() => {
    store.release(key)
    setStart({ serial: undefined })
  }, [store, key])
  const onSeen = useCallback((serial: string) => store.markRead(key, serial), [store, key])
  const setBack = useCallback(
    (to: string) => {
      store.markUnread(key, to)
      setStart({ serial: to })
    },
    [store, key],
  )
  const serial = start?.serial
  return useMemo(
    () => ({ isKnown, serial, clear, onSeen, setBack }),
    [isKnown, serial, clear, onSeen, setBack],
  )
}
