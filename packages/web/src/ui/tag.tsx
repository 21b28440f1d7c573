// A coloured word with its glyph. Colour only repeats what the word says.

import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export function Tag(props: {
  readonly title: string
  readonly glyph?: string | undefined
  readonly tone?: string | undefined
  /** Beside a name: shown only for tones worth a badge. */
  readonly byName?: boolean
}): ReactNode {
  return (
    <span className={props.byName === true ? 'tag by-name' : 'tag'} data-tone={props.tone ?? ''}>
      <Icon name={props.glyph} fallback="circle" />
      {props.title}
    </span>
  )
}
