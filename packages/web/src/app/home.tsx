// The front page: what this place is called, and the way in.

import type { Api, SessionView } from '@sayso/client'
import type { ReactNode } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Brand, Mark } from '../ui/mark.tsx'
import { Anchor } from '../ui/navigation.tsx'
import { leave } from './leave.ts'
import type { Session } from './session.ts'
import { pageTexts } from './texts.ts'

export function Home(props: {
  readonly api: Api
  readonly session: Session
  readonly view: SessionView
}): ReactNode {
  const { view } = props
  const { person } = view
  return (
    <div className="home">
      <header className="bar">
        <Brand />
        <span className="grow" />
        {person === undefined ? (
          <Anchor className="btn" href="/login">
            {pageTexts.signIn}
          </Anchor>
        ) : (
          <>
            <Avatar id={person.id} name={person.name} picture={person.picture} size="m" />
            <span className="sm strong cut">{person.name}</span>
            <Button
              look="quiet"
              icon="log-out"
              onClick={() => void leave(props.api, props.session)}
            >
              {pageTexts.signOut}
            </Button>
          </>
        )}
      </header>
      <main className="front">
        <div className="saying">
          <Mark big />
          <h1>{view.title}</h1>
          <p className="creed">
            Nothing happens
            <br />
            except on somebody’s <span className="hl">say-so</span>.
          </p>
          <Anchor className="btn primary large" href="/chat">
            {pageTexts.startChatting}
          </Anchor>
          {view.needsOwner ? <p className="sm dim">{pageTexts.noOwner}</p> : null}
        </div>
      </main>
    </div>
  )
}
