// Tells the server how far one has received and read: forward only, and read only while the page is looked at.

import { useEffect, useRef } from 'react'
import { useVisible } from '../../../ui/use-visible.ts'
import type { SessionState } from '../store/conversation-session.ts'
import { useDesk } from '../store/desk-context.tsx'

/** Several messages in a row are one mark. */
const SETTLE_MS = 300

export function useReadMarks(key: string, { log, phase }: SessionState): void {
  const { calls } = useDesk()
  const isSeen = useVisible()
  const said = useRef({ key, delivered: '', read: '' })
  if (said.current.key !== key) said.current = { key, delivered: '', read: '' }
  const last = phase === 'open' ? log.at(-1)?.serial : undefined
  useEffect(() => {
    if (last === undefined) return
    const timer = setTimeout(() => {
      const { delivered, read } = said.current
      const marks = {
        ...(last > delivered ? { delivered: last } : {}),
        ...(isSeen && last > read ? { read: last } : {}),
      }
      if (Object.keys(marks).length === 0) return
      said.current = { ...said.current, ...marks }
      calls.mark(key, marks).catch(() => undefined)
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [calls, key, last, isSeen])
}
