// How the text will look, while it is written: only where that is not how it is written.

import { type ReactNode, useDeferredValue } from 'react'
import { Said } from '../../markdown/said.tsx'
import { hasMarkup } from '../../model/editing.ts'
import type { Mentionable } from '../../model/mentions.ts'
import { writingTexts } from '../../model/texts-writing.ts'

type PreviewProps = {
  readonly text: string
  readonly mentions: readonly Mentionable[]
  readonly me: string
}

export function Preview(props: PreviewProps): ReactNode {
  return hasMarkup(props.text) ? <Looks {...props} /> : null
}

function Looks(props: PreviewProps): ReactNode {
  // Typing comes first: the preview follows when there is time.
  const text = useDeferredValue(props.text)
  return (
    <section className="preview" aria-label={writingTexts.preview}>
      <Said source={text} mentions={props.mentions} me={props.me} />
    </section>
  )
}
