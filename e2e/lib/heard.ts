// What a test has heard so far, and waiting for more of it: by event, never by time.

export type Heard<T> = {
  readonly all: readonly T[]
  add(item: T): void
  /** Resolves when so many have been heard. */
  count(least: number): Promise<readonly T[]>
  /** The first, past or future, that fits. */
  first(fits: (item: T, index: number) => boolean): Promise<T>
}

/** Starts listening: hand `add` to whatever emits. */
export function heard<T>(): Heard<T> {
  const all: T[] = []
  const waiting = new Set<() => boolean>()
  const until = <R>(look: () => R | undefined): Promise<R> =>
    new Promise((resolve) => {
      const check = () => {
        const found = look()
        if (found === undefined) return false
        waiting.delete(check)
        resolve(found)
        return true
      }
      if (!check()) waiting.add(check)
    })
  return {
    all,
    add(item) {
      all.push(item)
      for (const check of [...waiting]) check()
    },
    count: (least) => until(() => (all.length >= least ? all : undefined)),
    // Wrapped, as what was heard may itself be undefined.
    first: async (fits) =>
      (
        await until(() => {
          const index = all.findIndex(fits)
          return index < 0 ? undefined : { item: all[index] as T }
        })
      ).item,
  }
}
