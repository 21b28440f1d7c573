// The browser's memory for the panel, each thing under a name of its own, so that two tabs take nothing from each other. A
// browser that keeps nothing is one on which one begins anew.

const PREFIX = 'sayso-widget-'

export function keptText(name: string): string | undefined {
  return tried(() => localStorage.getItem(PREFIX + name)) ?? undefined
}

/** @param text undefined: nothing any more */
export function keep(name: string, text: string | undefined): void {
  tried(() => {
    if (text === undefined) localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, text)
  })
}

/** Names that begin so, without the prefix of all of ours. */
export function keptNames(beginning: string): readonly string[] {
  const names = tried(() => Object.keys(localStorage)) ?? []
  return names
    .filter((name) => name.startsWith(PREFIX + beginning))
    .map((name) => name.slice(PREFIX.length))
}

/** Everything under a name that ends with somebody's id, or has it in the middle. */
export function forgetKept(visitor: string): void {
  for (const name of keptNames('')) if (`${name}:`.includes(`:${visitor}:`)) keep(name, undefined)
}

function tried<V>(run: () => V): V | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
