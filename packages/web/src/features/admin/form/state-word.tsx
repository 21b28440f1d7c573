// How something stands, as a word with a glyph; the colour only repeats it.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'

export type Tone = 'good' | 'late' | 'bad' | 'plain'

const GLYPHS: Readonly<Record<Tone, string>> = {
  good: 'circle-check',
  late: 'triangle-alert',
  bad: 'circle-alert',
  plain: 'circle',
}

export function StateWord(props: { readonly tone: Tone; readonly children: string }): ReactNode {
  return (
    <span className="state-word" data-tone={props.tone} title={props.children}>
      <Icon name={GLYPHS[props.tone]} />
      {props.children}
    </span>
  )
}
