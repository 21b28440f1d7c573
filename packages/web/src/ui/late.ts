// Parts that are fetched when they are first wanted. A part that cannot be fetched, as the network is gone, is not an error of
// the page: it comes when the network does, and until then what stands around it stays.

import { type ComponentType, type LazyExoticComponent, lazy as reactLazy } from 'react'

const FIRST_WAIT_MS = 1_000
const MOST_WAIT_MS = 30_000

/** React's `lazy` for parts of ours: tries again until the part is there. */
// biome-ignore lint/suspicious/noExplicitAny: as React has it, whatever a component is given
export function lazy<T extends ComponentType<any>>(
  load: () => Promise<{ readonly default: T }>,
): LazyExoticComponent<T> {
  return reactLazy(() => again(load))
}

/** Tries until it succeeds: at once when the network is back, else after 1 s, 2 s, 4 s and at most 30 s. */
export async function again<T>(load: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, MOST_WAIT_MS)) {
    try {
      return await load()
    } catch {
      await new Promise<void>((resolve) => {
        setTimeout(resolve, wait)
        globalThis.addEventListener?.('online', () => resolve(), { once: true })
      })
    }
  }
}
