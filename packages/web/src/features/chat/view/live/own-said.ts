// How one is seen now, for what shows it. There is one reader on a page, and one who says it.

import { useSyncExternalStore } from 'react'
import type { PresenceSaid } from '../../model/presence-said.ts'
import type { OwnPresence } from '../../store/own-presence.ts'

const ONLINE: PresenceSaid = { availability: 'online' }

let current: OwnPresence | undefined
const listeners = new Set<() => void>()
let stop: (() => void) | undefined

/** Takes over who says it; undefined: nobody does any more. */
export function setOwnPresence(next: OwnPresence | undefined): void {
  stop?.()
  current = next
  stop = next?.subscribe(tell)
  tell()
}

export function ownSaid(): PresenceSaid {
  return current?.said() ?? ONLINE
}

export function useOwnSaid(): PresenceSaid {
  return useSyncExternalStore(subscribe, ownSaid)
}

function tell(): void {
  for (const listener of [...listeners]) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
