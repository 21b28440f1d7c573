// Two texts held against each other, line by line.

import type { ReactNode } from 'react'
import type { DiffLine } from './model/line-diff.ts'

const SIGNS = { added: '+', removed: '−', same: ' ', gap: '⋯' } as const

export function DiffView(props: {
  readonly lines: readonly DiffLine[]
  readonly label: string
}): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by keyboard
    <section className="diff" aria-label={props.label} tabIndex={0}>
      <ol>
        {props.lines.map(({ kind, text, line }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, never moved
          <li key={index} data-kind={kind}>
            <span className="num">{kind === 'gap' ? '' : line}</span>
            <span>{SIGNS[kind]}</span>
            <code>{text}</code>
          </li>
        ))}
      </ol>
    </section>
  )
}
