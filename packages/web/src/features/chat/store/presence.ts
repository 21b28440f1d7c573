// Who is here, read from the presence set of one channel; and whether the reader is shown in it.

import type { PresencePort } from './port.ts'

export type Presence = {
  /** Listens, once however often it is called. On a failed channel the client takes no listeners: attach first. */
  open(): void
  /** Enters when the right is there; what the server refuses is left as it is. */
  setShown(isShown: boolean): void
  /** Reads the set again. */
  refresh(): void
  /** Nobody is here: the channel is closed to the reader. */
  clear(): void
  close(): void
}

/** Follows a presence set. Events within one turn of the loop are one reading. */
export function presenceOf(
  port: PresencePort,
  onChange: (here: ReadonlySet<string>) => void,
): Presence {
  let isPlanned = false
  let isShown = false
  let isClosed = false
  const read = async () => {
    isPlanned = false
    const members = await port.get({ waitForSync: false })
    if (!isClosed) onChange(new Set(members.map((member) => member.clientId)))
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
      port.enter().catch(() => {
        isShown = false
      })
    },
    refresh,
    clear: () => {
      isShown = false
      onChange(new Set())
    },
    close: () => {
      isClosed = true
      port.unsubscribe(onMessage)
    },
  }
}
