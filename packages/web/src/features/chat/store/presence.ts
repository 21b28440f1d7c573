// Who is here, read from the presence set of one channel; and whether the reader is shown in it, and as what.

import type { PresencePort } from './port.ts'

/** What each person says of themselves: one value for each of their connections, the newest last. */
export type Members = ReadonlyMap<string, readonly unknown[]>

export type Presence = {
  /** Listens, once however often it is called. On a failed channel the client takes no listeners: attach first. */
  open(): void
  /** Enters when the right is there; what the server refuses is left as it is. */
  setShown(isShown: boolean): void
  /** What one says of oneself, from now on. */
  say(data: object | undefined): void
  /** Reads the set again. */
  refresh(): void
  /** Nobody is here: the channel is closed to the reader. */
  clear(): void
  close(): void
}

/** Follows a presence set. Events within one turn of the loop are one reading. */
export function presenceOf(port: PresencePort, onChange: (here: Members) => void): Presence {
  let isPlanned = false
  let isShown = false
  let isClosed = false
  let own: object | undefined
  const read = async () => {
    isPlanned = false
    const members = await port.get({ waitForSync: false })
    if (isClosed) return
    const here = new Map<string, readonly unknown[]>()
    // The newest word of somebody last.
    const byTime = members.toSorted((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0))
    for (const { clientId, data } of byTime)
      here.set(clientId, [...(here.get(clientId) ?? []), data])
    onChange(here)
  }
  const refresh = () => {
    if (isPlanned || isClosed) return
    isPlanned = true
    queueMicrotask(() => void read().catch(() => undefined))
  }
  const onMessage = () => refresh()
  return {
    open: () => {
      port.unsubscribe(onMessage)
      port.subscribe(onMessage).catch(() => undefined)
    },
    setShown: (wanted) => {
      if (wanted === isShown) return
      isShown = wanted
      // Who loses the right is taken out by the server; asking to leave would only be refused. Entering again after a
      // reconnection is the client's own work.
      if (!wanted) return
      port.enter(own).catch(() => {
        isShown = false
      })
    },
    say: (data) => {
      own = data
      if (isShown) port.update(data).catch(() => undefined)
    },
    refresh,
    clear: () => {
      isShown = false
      onChange(new Map())
    },
    close: () => {
      isClosed = true
      port.unsubscribe(onMessage)
    },
  }
}
