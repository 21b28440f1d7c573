// What keys are called, and who knows what they do. The table of shortcuts is loaded after the first screen; until it is there,
// only what is asked for by its own chord is answered.

export type KeyLike = {
  readonly key: string
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** `Mod` is Ctrl, or Cmd on Apple. */
export const SWITCHER_CHORD = 'Mod+K'

/** `Mod+Shift+X`, `Alt+ArrowUp`, `?`. Shift is named only where it does not already show in the character. */
export function chordOf(event: KeyLike): string {
  const { key, code = '', altKey, shiftKey } = event
  const isMod = event.ctrlKey || event.metaKey
  // The two digits have other characters above them on every keyboard.
  const said = isMod && shiftKey && /^Digit\d$/.test(code) ? code.slice(5) : key
  const isCharacter = [...said].length === 1
  const parts = [
    isMod ? 'Mod+' : '',
    altKey ? 'Alt+' : '',
    shiftKey && (!isCharacter || isMod || altKey) ? 'Shift+' : '',
  ]
  return parts.join('') + (isMod || altKey ? said.replace(/^.$/u, said.toUpperCase()) : said)
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
