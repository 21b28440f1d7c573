// A page of signing in that says one thing and offers the way on.

import type { ReactNode } from 'react'
import { Frame } from './frame.tsx'

export function Said(props: {
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <Frame corner="">
      <div role="status">
        <h1>{props.title}</h1>
        <p className="lead dim">{props.text}</p>
      </div>
      <div className="ways">{props.children}</div>
    </Frame>
  )
}
