// Who asks to be let in here, for people who may answer: let in, or decline.

import type { AccessRequestsView, RoleView } from '@sayso/client'
import { type ReactNode, useId, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { lengthOf } from '../../../ui/lengths.ts'
import { serverNow } from '../../../ui/server-clock.ts'
import { PRESETS_MS } from '../model/durations.ts'
import { grammar } from '../model/grammar.ts'
import { texts } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'

export type Answer = 'admit' | 'decline'

export function RequestsList(props: {
  readonly view: AccessRequestsView
  readonly heading: 'h2' | 'h3'
  readonly onAnswer: (answer: Answer, person: string, untilMs?: number) => void
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
        {view.requests.map((request) => (
          <Request key={request.person.id} request={request} as={as} onAnswer={props.onAnswer} />
        ))}
      </ul>
    </section>
  )
}

function Request(props: {
  readonly request: AccessRequestsView['requests'][number]
  readonly as: string
  readonly onAnswer: (answer: Answer, person: string, untilMs?: number) => void
}): ReactNode {
  const { person, note, forMs, role, ends } = props.request
  const [lengthMs, setLength] = useState(forMs ?? 0)
  const id = useId()
  const lengths = [...new Set([...PRESETS_MS, ...(forMs === undefined ? [] : [forMs])])]
  const asked = askedFor(role, ends === true)
  return (
    <li className="request">
      <Avatar id={person.id} name={person.name} picture={person.picture} size="m" />
      <div className="grow">
        <div className="nm cut">{person.name}</div>
        {asked === '' ? null : <p className="sm dim">{asked}</p>}
        {note === undefined ? null : (
          <p className="plea" dir="auto">
            {note}
          </p>
        )}
        {ends === true ? null : (
          <>
            <label className="vh" htmlFor={id}>
              {peopleTexts.letInFor} {person.name}
            </label>
            <select
              id={id}
              className="input small"
              value={lengthMs}
              onChange={(event) => setLength(Number(event.target.value))}
            >
              <option value={0}>{peopleTexts.forLong}</option>
              {lengths
                .sort((a, b) => a - b)
                .map((ms) => (
                  <option key={ms} value={ms}>
                    {lengthOf(ms)}
                  </option>
                ))}
            </select>
          </>
        )}
        <div className="row">
          <Button
            size="small"
            look="primary"
            onClick={() =>
              props.onAnswer(
                'admit',
                person.id,
                lengthMs === 0 ? undefined : serverNow() + lengthMs,
              )
            }
          >
            {texts.letIn}
            <span className="vh">
              {' '}
              {person.name}
              {props.as}
            </span>
          </Button>
          <Button size="small" onClick={() => props.onAnswer('decline', person.id)}>
            {texts.decline}
            <span className="vh"> {person.name}</span>
          </Button>
        </div>
      </div>
    </li>
  )
}

function askedFor(role: RoleView | undefined, isEnd: boolean): string {
  if (role === undefined) return ''
  const word = grammar.roleWord(role)
  return isEnd ? peopleTexts.asksToEnd(word) : peopleTexts.asksToStay(word)
}
