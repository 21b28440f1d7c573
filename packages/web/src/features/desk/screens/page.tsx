// The frame of a screen beside the inbox: its title, what can be done, and what it holds.

import '../styles/pages.css'
import type { ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { texts } from '../model/texts.ts'

export function DeskPage(props: {
  readonly title: string
  readonly about?: string
  readonly back?: { readonly href: string; readonly label: string }
  readonly acts?: ReactNode
  readonly children: ReactNode
}): ReactNode {
  return (
    <div className="desk-page">
      <header className="page-bar">
        {props.back === undefined ? null : (
          <Anchor className="iconbtn" href={props.back.href} label={props.back.label}>
            <Icon name="chevron-left" size="l" />
          </Anchor>
        )}
        <h1 className="title grow">{props.title}</h1>
        {props.acts}
      </header>
      <div className="page-body">
        {props.about === undefined ? null : <p className="sm dim about">{props.about}</p>}
        {props.children}
      </div>
    </div>
  )
}

/** What is asked for and not there yet, or refused. Absent: it is there. */
export function Unread(props: {
  readonly isPending: boolean
  readonly error: unknown
  readonly again: () => void
}): ReactNode {
  if (props.error !== null && props.error !== undefined)
    return (
      <div className="banner" role="alert">
        <span className="grow">{refusalOf(props.error)}</span>
        <Button size="small" onClick={props.again}>
          {texts.tryAgain}
        </Button>
      </div>
    )
  return props.isPending ? <div className="late" aria-busy="true" /> : null
}
