// What a screen reader hears of new messages: each once as "name: text", never the time; many at once as a number.

import { useEffect, useRef, useState } from 'react'
import type { Entry } from '../model/timeline.ts'
import type { SessionState } from '../store/channel-session.ts'
import type { Author } from '../store/use-conversation-people.ts'

const GATHER_MS = 2_000
const MOST_AT_ONCE = 3

/** The words for the live region. What was there on opening, and what one wrote oneself, is not read out. */
export function useAnnouncer(
  state: SessionState,
  me: string,
  authorOf: (id: string | undefined) => Author,
): string {
  const [said, setSaid] = useState('')
  const last = useRef<string | undefined>(undefined)
  const waiting = useRef<Entry[]>([])
  const timer = useRef(0)
  const { phase, timeline } = state
  useEffect(() => {
    if (phase !== 'open') return
    const since = last.current
    last.current = timeline.at(-1)?.serial ?? since ?? ''
    if (since === undefined) return
    const news = timeline.filter((entry) => entry.serial > since && entry.author !== me)
    if (news.length === 0) return
    waiting.current.push(...news)
    clearTimeout(timer.current)
    const isFew = waiting.current.length <= MOST_AT_ONCE
    timer.current = window.setTimeout(
      () => {
        const entries = waiting.current
        waiting.current = []
        setSaid(
          entries.length > MOST_AT_ONCE
            ? `${entries.length} new messages`
            : entries.map((entry) => spoken(entry, authorOf)).join('. '),
        )
      },
      isFew ? 0 : GATHER_MS,
    )
  }, [phase, timeline, me, authorOf])
  return said
}

function spoken(entry: Entry, authorOf: (id: string | undefined) => Author): string {
  if (entry.body.kind === 'line') return entry.body.text
  const text = entry.body.kind === 'deleted' ? 'message deleted' : entry.body.text
  return `${authorOf(entry.author).name}: ${text}`
}
