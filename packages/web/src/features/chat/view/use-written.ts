// What is written in a field. The field has each letter at once, as the browser puts it there; what follows from it — the
// draft that is kept, aids, a preview — comes after the paint, so that no key waits for them.

import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { afterPaint } from '../../../ui/after-paint.ts'
import { grow, useGrowing } from './composer-field.ts'

export type Written = {
  readonly field: RefObject<HTMLTextAreaElement | null>
  /** What the field began with. */
  readonly initial: string
  /** The text as the parts beside the field know it: a moment behind while one types. */
  readonly text: string
  /** The text as it stands in the field. */
  readonly now: () => string
  /** For the field's `onChange`. */
  readonly onTyped: () => void
  /** Writes into the field. */
  readonly change: (next: string) => void
  /** Brings everything up to what is in the field, before this returns. */
  readonly settle: () => void
}

/** `keep` is called with what is to be kept, and before the page or the field goes. */
export function useWritten(initial: () => string, keep: (text: string) => void): Written {
  const [text, setText] = useState(initial)
  const [first] = useState(text)
  const field = useRef<HTMLTextAreaElement>(null)
  const written = useRef(text)
  const owed = useRef<() => void>(undefined)
  useGrowing(field, text)
  /** Keeps what was typed since. True if there was anything. */
  const take = useCallback(() => {
    if (owed.current === undefined) return false
    owed.current()
    owed.current = undefined
    keep(written.current)
    return true
  }, [keep])
  const now = useCallback(() => written.current, [])
  const onTyped = useCallback(() => {
    written.current = field.current?.value ?? written.current
    grow(field.current)
    owed.current ??= afterPaint(() => {
      take()
      setText(written.current)
    })
  }, [take])
  const change = useCallback(
    (next: string) => {
      written.current = next
      if (field.current !== null && field.current.value !== next) field.current.value = next
      setText(next)
      // After what was sent of it is kept as a message on its way: of the two there is always one.
      owed.current ??= afterPaint(() => void take())
    },
    [take],
  )
  const settle = useCallback(() => {
    if (take()) flushSync(() => setText(written.current))
  }, [take])
  useLayoutEffect(() => {
    addEventListener('pagehide', take)
    document.addEventListener('visibilitychange', take)
    return () => {
      removeEventListener('pagehide', take)
      document.removeEventListener('visibilitychange', take)
      take()
    }
  }, [take])
  return useMemo(
    () => ({ field, initial: first, text, now, onTyped, change, settle }),
    [first, text, now, onTyped, change, settle],
  )
}

/** Whether a key may mean something to what stands around the field: others only write. */
export function isForAids({ key }: { readonly key: string }): boolean {
  return key.length > 1 && key !== 'Backspace' && key !== 'Delete'
}
