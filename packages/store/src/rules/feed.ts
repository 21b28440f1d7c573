// Who hears the log. All hear a batch before anybody learns that a write of it succeeded.

import type { FeedEntry } from '../store.ts'

type Listener = (entries: readonly FeedEntry[]) => void

export function createFeed() {
  const listeners = new Set<{ readonly hear: Listener }>()
  return {
    subscribe(hear: Listener): () => void {
      const listener = { hear }
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Tells a batch. What a listener throws is a bug: it stays uncaught, but nobody else is left untold. */
    tell(entries: readonly FeedEntry[]): void {
      if (entries.length === 0) return
      for (const { hear } of [...listeners]) {
        try {
          hear(entries)
        } catch (bug) {
          queueMicrotask(() => {
            throw bug
          })
        }
      }
    },
  }
}
