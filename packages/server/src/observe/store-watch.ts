// Knows whether the log answers: a writer that is stuck or gone makes every answer of this server stale.

import { type Store, StoreClosed, StoreFull } from '@sayso/store'

/** A write that waits longer than this for its flush means trouble; milliseconds. */
const STUCK_AFTER_MS = 5_000

export type StoreWatch = {
  /** The same store, watched. */
  readonly store: Store
  /** A sentence while something is wrong. */
  readonly trouble: () => string | undefined
  /** Writes that wait for their flush. */
  readonly waiting: () => number
  /** How long the oldest of them has waited; milliseconds. */
  readonly waitsMs: () => number
}

export function watchStore(store: Store, now: () => number): StoreWatch {
  const waiting = new Set<{ readonly sinceMs: number }>()
  let failing: string | undefined
  const transact: Store['transact'] = async (write) => {
    const wait = { sinceMs: now() }
    waiting.add(wait)
    try {
      const committed = await store.transact(write)
      failing = undefined
      return committed
    } catch (error) {
      if (error instanceof StoreFull) failing = 'the disk refuses writes'
      if (error instanceof StoreClosed) failing = 'the store is closed'
      throw error
    } finally {
      waiting.delete(wait)
    }
  }
  const waitsMs = () => {
    // In order of arrival: the first is the oldest.
    const [oldest] = waiting
    return oldest === undefined ? 0 : now() - oldest.sinceMs
  }
  return {
    store: { ...store, transact },
    trouble: () =>
      waitsMs() > STUCK_AFTER_MS ? 'a write has waited too long for its flush' : failing,
    waiting: () => waiting.size,
    waitsMs,
  }
}
