// A message in a list of others from anywhere: who, when, how it begins; it leads there.

import type { ReactNode } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { dayTitle, exactTime, isoTime } from '../../../../ui/times.ts'
import type { Entry } from '../../model/timeline.ts'
import type { ConversationPeople } from '../../store/use-conversation-people.ts'
import { beginningOf } from './quote-head.tsx'

export function MessageCard(props: {
  readonly entry: Entry
  readonly people: ConversationPeople
  readonly href: string
  /** Under the text. */
  readonly foot?: ReactNode
  /** Beside it. */
  readonly children?: ReactNode
}): ReactNode {
  const { entry } = props
  const author = props.people.authorOf(entry.author)
  return (
    <li className="message-card">
      <Anchor className="message-link" href={props.href}>
        <Avatar
          id={author.id}
          name={author.name}
          picture={author.picture}
          glyph={author.glyph}
          size="s"
        />
        <span className="grow">
          <span className="row sm">
            <b className="cut">{author.name}</b>
            <time className="stamp" dateTime={isoTime(entry.atMs)} title={exactTime(entry.atMs)}>
              {dayTitle(entry.atMs, Date.now())}
            </time>
          </span>
          <span className="beginning sm">{beginningOf(entry)}</span>
          {props.foot}
        </span>
      </Anchor>
      {props.children}
    </li>
  )
}
