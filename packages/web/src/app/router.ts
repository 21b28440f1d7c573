// The address bar as state. Going somewhere is writing the address; what is shown follows from it.

import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of [...listeners]) listener()
}

/** Goes to an address of ours. The same address again changes nothing. */
export function navigate(href: string, options: { readonly replace?: boolean } = {}): void {
  if (href === current()) return
  if (options.replace === true) history.replaceState(history.state, '', href)
  else history.pushState({ entry: nextEntry() }, '', href)
  tell()
}

let steps = 0

/** A name for a step of the history, unlike those of an earlier visit of the page. */
function nextEntry(): string {
  steps += 1
  return `${Math.round(performance.timeOrigin)}-${steps}`
}

/** Path, query and fragment of the page. */
export function useHref(): string {
  return useSyncExternalStore(subscribe, current)
}

function current(): string {
  return location.pathname + location.search + location.hash
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}
