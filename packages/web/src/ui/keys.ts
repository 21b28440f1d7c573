// What keys do, by whoever knows. The table of shortcuts is loaded after the first screen; until it is there,
// keys have no other meaning than the browser's.

export type KeyLike = {
  readonly key: string
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

type Reader = (event: KeyLike) => string | undefined

let reader: Reader = () => undefined

/** Says what shortcuts keys are, from now on. */
export function readKeysWith(next: Reader): void {
  reader = next
}

/** The id of the shortcut that a key is; absent: it is none. */
export function shortcutOf(event: KeyLike): string | undefined {
  return reader(event)
}
