// A sentence of the server's in which names stand in backticks.

import type { ReactNode } from 'react'

export function Sentence(props: { readonly text: string }): ReactNode {
  const parts = props.text.split('`')
  return parts.map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, never moved
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  )
}
