// Who asks to be let in here, for people who may answer: let in, or decline.

import type { AccessRequestsView } from '@sayso/client'
import type { ReactNode } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { grammar } from '../model/grammar.ts'
import { texts } from '../model/texts.ts'

export type Answer = 'admit' | 'decline'

export function RequestsList(props: {
  readonly view: AccessRequestsView
  readonly heading: 'h2' | 'h3'
  readonly onAnswer: (answer: Answer, person: string) => void
}): ReactNode {
  const { view, heading: Heading } = props
  const as = view.gives === undefined ? '' : ` ${texts.letInAs(grammar.roleWord(view.gives))}`
  return (
    <section className="requests">
      <Heading className="grp">
        <span>{texts.wantIn}</span>
        <span className="num">{view.requests.length}</span>
      </Heading>
      <ul>
        {view.requests.map(({ person, note }) => (
          <li key={person.id} className="request">
            <Avatar id={person.id} name={person.name} picture={person.picture} size="m" />
            <div className="grow">
              <div className="nm cut">{person.name}</div>
              {note === undefined ? null : (
                <p className="plea" dir="auto">
                  {note}
                </p>
              )}
              <div className="row">
                <Button
                  size="small"
                  look="primary"
                  onClick={() => props.onAnswer('admit', person.id)}
                >
                  {texts.letIn}
                  <span className="vh">
                    {' '}
                    {person.name}
                    {as}
                  </span>
                </Button>
                <Button size="small" onClick={() => props.onAnswer('decline', person.id)}>
                  {texts.decline}
                  <span className="vh"> {person.name}</span>
                </Button>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
