// What is written in a field. The field has each letter at once, as the browser puts it there, and it is kept at once; aids, a
// preview and all else that follows from it come after the paint, so that no key waits for them.

import {
  type RefObject,
  useCallback,
  useEffect,
  useInsertionEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
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

/** `keep` is called with every text: a page that dies the moment after has lost nothing. */
export function useWritten(initial: () => string, keep: (text: string) => void): Written {
  // A new object with every change: what was typed since may have been the same text as before.
  const [shown, show] = useState(() => ({ text: initial(), isGiven: false }))
  const { text } = shown
  const [first] = useState(text)
  const field = useRef<HTMLTextAreaElement>(null)
  const written = useRef(text)
  /** Takes back what is to come after the paint. */
  const owed = useRef<() => void>(undefined)
  useGrowing(field, text)
  const follow = useCallback(() => {
    owed.current?.()
    owed.current = undefined
    show({ text: written.current, isGiven: false })
  }, [])
  const now = useCallback(() => written.current, [])
  const onTyped = useCallback(() => {
    written.current = field.current?.value ?? written.current
    keep(written.current)
    grow(field.current)
    owed.current ??= afterPaint(follow)
  }, [keep, follow])
  const change = useCallback(
    (next: string) => {
      owed.current?.()
      owed.current = undefined
      written.current = next
      keep(next)
      show({ text: next, isGiven: true })
    },
    [keep],
  )
  // With what else is drawn: written any earlier, the page would be laid out once for it alone.
  useInsertionEffect(() => {
    const element = field.current
    if (shown.isGiven && element !== null && element.value !== written.current)
      element.value = written.current
  }, [shown])
  const settle = useCallback(() => {
    if (owed.current !== undefined) flushSync(follow)
  }, [follow])
  useEffect(() => () => owed.current?.(), [])
  return useMemo(
    () => ({ field, initial: first, text, now, onTyped, change, settle }),
    [first, text, now, onTyped, change, settle],
  )
}

/** Whether a key may mean something to what stands around the field: others only write. */
export function isForAids({ key }: { readonly key: string }): boolean {
  return key.length > 1 && key !== 'Backspace' && key !== 'Delete'
}
