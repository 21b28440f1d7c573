// One clock for all that counts on the screen: drawn again each second, by the server's time.

import { useSyncExternalStore } from 'react'
import { serverNow } from '../../../ui/server-clock.ts'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let secondMs = 0

function now(): number {
  if (secondMs === 0) secondMs = serverNow()
  return secondMs
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    secondMs = serverNow()
    for (const one of [...listeners]) one()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
    secondMs = 0
  }
}

/** Milliseconds since 1970 as the server counts; a new value each second. */
export function useSecond(): number {
  return useSyncExternalStore(subscribe, now)
}
