// Keys as they look on a keyboard.

import { Fragment, type ReactNode } from 'react'
import { labelled } from './shortcuts.ts'
import { shortcutTexts } from './texts.ts'
import './keys.css'

export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}

/** `Ctrl+Shift+X` in words, to be read out. */
export function saidOf(chord: string): string {
  return labelled(chord, isApple(), shortcutTexts.keys).join('+')
}

/** One or more chords that do the same. */
export function KeyCaps(props: { readonly chords: readonly string[] }): ReactNode {
  return (
    <span className="caps">
      {props.chords.map((chord, index) => (
        <Fragment key={chord}>
          {index === 0 ? null : <span className="xs faint">{shortcutTexts.or}</span>}
          <kbd className="chord">
            {labelled(chord, isApple(), shortcutTexts.keys).map((cap) => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </kbd>
        </Fragment>
      ))}
    </span>
  )
}
