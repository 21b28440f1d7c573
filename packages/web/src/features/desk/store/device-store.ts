// What the desk keeps on this device for one person: drafts, and what has not been sent. Storage that is full or closed loses
// nothing on screen: everything lives in memory as well until the page is left.

export type DeviceStore = {
  get(name: string): string | undefined
  /** Absent: kept no more. */
  set(name: string, value: string | undefined): void
}

export function deviceStore(
  person: string,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined,
): DeviceStore {
  const memory = new Map<string, string | undefined>()
  const keyOf = (name: string) => `sayso.${person}.desk.${name}`
  return {
    get: (name) => {
      if (memory.has(name)) return memory.get(name)
      return safely(() => storage?.getItem(keyOf(name))) ?? undefined
    },
    set: (name, value) => {
      memory.set(name, value)
      safely(() => {
        if (value === undefined || value === '') storage?.removeItem(keyOf(name))
        else storage?.setItem(keyOf(name), value)
      })
    },
  }
}

function safely<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
