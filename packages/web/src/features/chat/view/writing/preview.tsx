// How the text will look, while it is written: only where that is not how it is written.

import { type ReactNode, useDeferredValue } from 'react'
import { Said } from '../../markdown/said.tsx'
import { hasMarkup } from '../../model/editing.ts'
import type { Mentionable } from '../../model/mentions.ts'
import { writingTexts } from '../../model/texts-writing.ts'

export function Preview(props: {
  readonly text: string
  readonly mentions: readonly Mentionable[]
  readonly me: string
}): ReactNode {
  // Typing comes first: the preview follows when there is time.
  const text = useDeferredValue(props.text)
  if (!hasMarkup(text)) return null
  return (
    <section className="preview" aria-label={writingTexts.preview}>
      <Said source={text} mentions={props.mentions} me={props.me} />
    </section>
  )
}
