// What others say is drawn between two keys of whoever writes, not while one of them is on its way to the screen: right after
// the paint of a key the time to the next one is longest.

import { afterPaint } from '../../../ui/after-paint.ts'

/** So long after a key one is still writing. */
const WRITING_MS = 400
/** Nothing waits longer than this for the next key. */
const LONGEST_MS = 120

/** Does work at once, or while somebody writes after the next key is painted. The result takes it back. */
export type BetweenKeys = (work: () => void) => () => void

export function betweenKeys(keys: Pick<EventTarget, 'addEventListener'>): BetweenKeys {
  const waiting = new Set<() => void>()
  let lastMs = Number.NEGATIVE_INFINITY
  const run = () => {
    for (const work of [...waiting]) work()
  }
  const onKey = (event: Event) => {
    if (!isWritten(event as KeyboardEvent)) return
    lastMs = performance.now()
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
    const timer = setTimeout(once, LONGEST_MS)
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
