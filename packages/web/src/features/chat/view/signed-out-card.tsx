// The session has ended, here or from another device: the whole page, as nothing of the chat is for whoever sits here now.

import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Brand } from '../../../ui/mark.tsx'
import { connectionTexts } from '../model/texts-connection.ts'
import { whoTexts } from '../model/texts-who.ts'

export function SignedOutCard(props: { readonly onSignIn: () => void }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  // What had the focus is gone with the chat: it must not fall to the page.
  useEffect(() => heading.current?.focus(), [])
  return (
    <main className="note-page">
      <Brand />
      <div className="closed" role="status">
        <span className="closed-glyph">
          <Icon name="log-out" size="l" />
        </span>
        <h1 ref={heading} className="title" tabIndex={-1}>
          {whoTexts.sessionEnded}
        </h1>
        <p className="dim">{whoTexts.sessionEndedText}</p>
        <Button look="primary" size="large" onClick={props.onSignIn}>
          {connectionTexts.signIn}
        </Button>
      </div>
    </main>
  )
}
