// Drafts on one's other devices, for those who want that: what is written here goes there after a pause, and what was written
// there is offered here while nothing else has been begun.

import { useEffect, useRef } from 'react'
import { usePersonalStore } from '../../store/use-personal.ts'

/** So long without a key is a pause. */
const PAUSE_MS = 1_500
/** The server keeps no longer ones. */
const LONGEST = 12_000

export function useSharedDraft(
  isShared: boolean,
  draftKey: string,
  text: string,
  offer: (text: string) => void,
): void {
  const store = usePersonalStore()
  const last = useRef(text)
  useEffect(() => {
    if (!isShared || store === undefined) return
    const take = () => {
      const there = store.get('drafts', draftKey)?.text
      if (typeof there !== 'string' || there === last.current || last.current !== '') return
      last.current = there
      offer(there)
    }
    take()
    return store.subscribe(take)
  }, [isShared, store, draftKey, offer])
  useEffect(() => {
    const isNews = last.current !== text
    last.current = text
    if (!isShared || store === undefined || !isNews || text.length > LONGEST) return
    const keep = () => store.set('drafts', draftKey, text === '' ? undefined : { text })
    // What was sent is no draft anywhere, at once.
    if (text === '') return keep()
    const timer = setTimeout(keep, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [isShared, store, draftKey, text])
}
