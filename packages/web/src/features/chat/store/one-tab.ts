// Of several tabs one tells. Locks of the browser know which: they end with the tab that holds them, however it ends. Without
// them (pages that do not come over https) the tab that can be seen tells.

export type OneTab = {
  /** This tab is the one that tells. */
  isTeller(): boolean
  /** One looks at this channel in this tab now; undefined: at none. */
  setViewing(channel: string | undefined): void
  /** One looks at a channel in some tab. */
  isViewed(channel: string): Promise<boolean>
  close(): void
}

export function oneTab(me: string, locks: LockManager | undefined): OneTab {
  const teller = locks && held(locks, `sayso.teller.${me}`)
  const nameOf = (channel: string) => `sayso.viewing.${me}.${channel}`
  let viewing: { readonly channel: string; readonly lock: Held | undefined } | undefined
  const setViewing = (channel: string | undefined) => {
    if (viewing?.channel === channel) return
    viewing?.lock?.release()
    viewing =
      channel === undefined
        ? undefined
        : { channel, lock: locks && held(locks, nameOf(channel), 'shared') }
  }
  return {
    isTeller: () =>
      teller === undefined ? document.visibilityState === 'visible' : teller.isHeld(),
    setViewing,
    isViewed: async (channel) => {
      if (viewing?.channel === channel) return true
      const all = (await locks?.query())?.held ?? []
      return all.some(({ name }) => name === nameOf(channel))
    },
    close: () => {
      setViewing(undefined)
      teller?.release()
    },
  }
}

type Held = { isHeld(): boolean; release(): void }

function held(locks: LockManager, name: string, mode: LockMode = 'exclusive'): Held {
  const waiting = new AbortController()
  let isHeld = false
  let release = () => waiting.abort()
  locks
    .request(name, { mode, signal: waiting.signal }, () => {
      isHeld = true
      return new Promise<void>((resolve) => {
        release = () => {
          isHeld = false
          resolve()
        }
      })
    })
    // Called off before it was given.
    .catch(() => undefined)
  return { isHeld: () => isHeld, release: () => release() }
}
