// What a screen reader hears of new messages: each once, gathered if many come at once, not while one is writing, and not
// at all if one has chosen so.

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useChoices } from '../../../ui/choices.ts'
import { announced, MOST_AT_ONCE } from '../model/announcing.ts'
import type { Entry } from '../model/timeline.ts'
import type { SessionState } from '../store/channel-session.ts'
import type { Author } from '../store/use-conversation-people.ts'

/** Of many only how many they are is said: one may be writing for long while others do. */
type Waiting = { readonly first: readonly Entry[]; readonly count: number }

const NOTHING: Waiting = { first: [], count: 0 }
const GATHER_MS = 2_000
const KEPT_MS = 3_000

/** The words for the live region. What was there on opening, and what one wrote oneself, is not read out. */
export function useAnnouncer(
  state: SessionState,
  me: string,
  authorOf: (id: string | undefined) => Author,
): string {
  const { announce } = useChoices()
  const [said, setSaid] = useState('')
  const last = useRef<string | undefined>(undefined)
  const waiting = useRef(NOTHING)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { phase, timeline, hasNewer } = state
  const say = useEffectEvent(() => {
    timer.current = undefined
    const { first, count } = waiting.current
    if (count === 0) return
    if (!isWriting()) {
      setSaid(announced(first, (id) => authorOf(id).name, count))
      waiting.current = NOTHING
    }
    timer.current = setTimeout(say, GATHER_MS)
  })
  useEffect(() => {
    if (phase !== 'open') return
    const since = last.current
    // Far back nothing new is held; coming from there, what is held then is not news.
    last.current = hasNewer ? undefined : (timeline.at(-1)?.serial ?? since ?? '')
    if (since === undefined || hasNewer || !announce) return
    const news = timeline.filter((entry) => entry.serial > since && entry.author !== me)
    const { first, count } = waiting.current
    waiting.current = {
      first: [...first, ...news].slice(0, MOST_AT_ONCE),
      count: count + news.length,
    }
    // The first is said at once; what comes on its heels is gathered.
    if (timer.current === undefined) say()
  }, [phase, timeline, hasNewer, announce, me])
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (said === '') return
    // Read by now. What was said stays in the log, and nowhere else.
    const timer = setTimeout(() => setSaid(''), KEPT_MS)
    return () => clearTimeout(timer)
  }, [said])
  return phase === 'open' && announce ? said : ''
}

/** A text that is being written is not talked over; what came meanwhile is told when it is sent or left. */
function isWriting(): boolean {
  const field = document.activeElement
  return field instanceof HTMLTextAreaElement && field.value !== ''
}
