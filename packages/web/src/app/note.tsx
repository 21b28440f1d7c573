// A page with one thing to say and one thing to do.

import type { ReactNode } from 'react'
import { Mark } from '../ui/mark.tsx'

export function Note(props: {
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <main className="note-page">
      <Mark big />
      <h1 className="title">{props.title}</h1>
      <p className="dim">{props.text}</p>
      {props.children}
    </main>
  )
}
