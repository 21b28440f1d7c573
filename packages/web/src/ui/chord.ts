// What keys are called. `Mod` is Ctrl, or Cmd on Apple.

import type { KeyLike } from './keys.ts'

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
