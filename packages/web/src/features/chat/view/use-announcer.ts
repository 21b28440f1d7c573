// What a screen reader hears of new messages: each once as "name: text", never the time; many at once as a number.

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Entry } from '../model/timeline.ts'
import type { SessionState } from '../store/channel-session.ts'
import type { Author } from '../store/use-conversation-people.ts'

const GATHER_MS = 2_000
const MOST_AT_ONCE = 3
const KEPT_MS = 3_000

/** The words for the live region. What was there on opening, and what one wrote oneself, is not read out. */
export function useAnnouncer(
  state: SessionState,
  me: string,
  authorOf: (id: string | undefined) => Author,
): string {
  const [said, setSaid] = useState('')
  const last = useRef<string | undefined>(undefined)
  const waiting = useRef<readonly Entry[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { phase, timeline } = state
  const say = useEffectEvent(() => {
    timer.current = undefined
    if (waiting.current.length === 0) return
    setSaid(wordsOf(waiting.current, authorOf))
    waiting.current = []
    timer.current = setTimeout(say, GATHER_MS)
  })
  useEffect(() => {
    if (phase !== 'open') return
    const since = last.current
    last.current = timeline.at(-1)?.serial ?? since ?? ''
    if (since === undefined) return
    const news = timeline.filter((entry) => entry.serial > since && entry.author !== me)
    waiting.current = [...waiting.current, ...news]
    // The first is said at once; what comes on its heels is gathered.
    if (timer.current === undefined) say()
  }, [phase, timeline, me])
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (said === '') return
    // Read by now. What was said stays in the log, and nowhere else.
    const timer = setTimeout(() => setSaid(''), KEPT_MS)
    return () => clearTimeout(timer)
  }, [said])
  return phase === 'open' ? said : ''
}

function wordsOf(entries: readonly Entry[], authorOf: (id: string | undefined) => Author): string {
  if (entries.length > MOST_AT_ONCE) return `${entries.length} new messages`
  return entries.map((entry) => spoken(entry, authorOf)).join('. ')
}

function spoken(entry: Entry, authorOf: (id: string | undefined) => Author): string {
  if (entry.body.kind === 'line') return entry.body.text
  const text = entry.body.kind === 'deleted' ? 'message deleted' : entry.body.text
  return `${authorOf(entry.author).name}: ${text}`
}
