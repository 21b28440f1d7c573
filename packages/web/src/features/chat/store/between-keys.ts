// What others say is drawn between two keys of whoever writes, not while one of them is on its way to the screen: right after
// the paint of a key the time to the next one is longest. What takes long to draw is drawn less often meanwhile.

import { afterPaint } from '../../../ui/after-paint.ts'

/** So long after a key one is still writing. */
const WRITING_MS = 400
/** Nothing waits longer than this for the next key. */
const LONGEST_MS = 250
/** So many times as long as the last work took, there is none while somebody writes. */
const REST_PER_WORK = 6
/** Nor is there more rest than this. */
const MOST_REST_MS = 400

/** Does work at once, or while somebody writes after the next key is painted. The result takes it back. */
export type BetweenKeys = (work: () => void) => () => void

export function betweenKeys(keys: Pick<EventTarget, 'addEventListener'>): BetweenKeys {
  const waiting = new Set<() => void>()
  let lastMs = Number.NEGATIVE_INFINITY
  let restsUntilMs = Number.NEGATIVE_INFINITY
  const run = () => {
    const fromMs = performance.now()
    if (fromMs < restsUntilMs) return
    for (const work of [...waiting]) work()
    // What it draws is drawn in a microtask: this one comes after it.
    queueMicrotask(() => {
      const nowMs = performance.now()
      restsUntilMs = nowMs + Math.min(MOST_REST_MS, REST_PER_WORK * (nowMs - fromMs))
    })
  }
  const onKey = (event: Event) => {
    const isWriting = isWritten(event as KeyboardEvent)
    // Whoever sends, or does anything else, waits for what comes of it.
    lastMs = isWriting ? performance.now() : Number.NEGATIVE_INFINITY
    if (!isWriting) restsUntilMs = lastMs
    if (waiting.size > 0) afterPaint(run)
  }
  keys.addEventListener('keydown', onKey, { capture: true })
  return (work) => {
    if (performance.now() - lastMs > WRITING_MS) {
      work()
      return () => undefined
    }
    const once = () => {
      stop()
      work()
    }
    const timer = setTimeout(once, Math.max(LONGEST_MS, restsUntilMs - performance.now()))
    const stop = () => {
      clearTimeout(timer)
      waiting.delete(once)
    }
    waiting.add(once)
    return stop
  }
}

/** A key that writes into a field; others do something, and what comes of it is waited for. */
function isWritten({ key, target, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || !(target instanceof HTMLTextAreaElement)) return false
  return key.length === 1 || key === 'Backspace' || key === 'Delete'
}
