// How people are who stand in what is drawn: asked about for as long as they stand there. There is one reader on a page.

import { useEffect, useSyncExternalStore } from 'react'
import type { Members } from '../../store/presence.ts'
import type { Whereabouts } from '../../store/whereabouts.ts'

const NOTHING: Members = new Map()

let current: Whereabouts | undefined
const listeners = new Set<() => void>()
let stop: (() => void) | undefined

/** Takes over who is asked; undefined: nobody is any more. */
export function setWhereabouts(next: Whereabouts | undefined): void {
  stop?.()
  current = next
  stop = next?.subscribe(tell)
  tell()
}

/**
 * What people say of themselves beside a channel, or the resource of it: nothing said means not here, and who is missing has
 * not been heard of yet.
 *
 * @param people the same set until it changes
 */
export function useWhereabouts(on: string, people: ReadonlySet<string>): Members {
  const whereabouts = useSyncExternalStore(subscribe, () => current)
  useEffect(() => whereabouts?.watch(on, people), [whereabouts, on, people])
  return useSyncExternalStore(subscribe, () => current?.said(on) ?? NOTHING)
}

function tell(): void {
  for (const listener of [...listeners]) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
