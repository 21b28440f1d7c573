// One conversation in the list: who, what was said last, how long they wait, whose it is.

import type { ReactNode } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { memo } from '../../../ui/spoken.ts'
import { clockTime, dayOf, dayTitle, isoTime } from '../../../ui/times.ts'
import { partsOf } from '../model/hits.ts'
import { activityOf } from '../model/inbox.ts'
import type { Conversation } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import { waited, waitedIso } from '../model/waiting.ts'
import { useSecond } from '../store/second.ts'

type RowProps = {
  readonly conversation: Conversation
  readonly href: string
  readonly isCurrent: boolean
  readonly showsAssignee: boolean
  /** What was looked for. */
  readonly words: string | undefined
}

export const InboxRow = memo(function InboxRow(props: RowProps): ReactNode {
  const { conversation, href, isCurrent, words } = props
  const { visitor, last, unread, found } = conversation
  const atMs = activityOf(conversation)
  return (
    <Anchor href={href} className={unread > 0 ? 'conv unread' : 'conv'} current={isCurrent}>
      <Avatar id={visitor.id} name={visitor.name} />
      <div className="grow">
        <div className="row">
          <span className="name cut grow">
            <bdi>{visitor.name}</bdi>
          </span>
          {unread > 0 ? (
            <span className="count fresh">
              {unread}
              <span className="vh"> {texts.unread}</span>
            </span>
          ) : null}
          <time className="stamp" dateTime={isoTime(atMs)}>
            {shortTime(atMs)}
          </time>
        </div>
        <p className="cut sm last-said" dir="auto">
          {found === undefined || words === undefined ? (
            <Last last={last} />
          ) : (
            <Found text={found.text} kind={found.kind} words={words} />
          )}
        </p>
        <Meta {...props} />
      </div>
    </Anchor>
  )
})

function Last({ last }: { readonly last: Conversation['last'] | undefined }): ReactNode {
  return (
    <>
      {last?.kind === 'file' ? <Icon name="paperclip" size="s" /> : null}{' '}
      {last?.text || texts.nothingSaid}
    </>
  )
}

/** The part of what was said that has the words, with them marked. */
function Found(props: {
  readonly text: string
  readonly kind: NonNullable<Conversation['found']>['kind']
  readonly words: string
}): ReactNode {
  return (
    <>
      {props.kind === 'file' ? <Icon name="paperclip" size="s" /> : null}
      {props.kind === 'note' ? (
        <>
          <Icon name="lock" size="s" /> <span className="vh">{texts.note}: </span>
        </>
      ) : null}
      {partsOf(props.text, props.words).map(({ text, isHit, from }) =>
        isHit ? <mark key={from}>{text}</mark> : text,
      )}
    </>
  )
}

function Meta({ conversation, showsAssignee }: RowProps): ReactNode {
  const { state, labels, assignee, waitingSinceMs, visitor } = conversation
  return (
    <div className="row meta xs">
      {state === 'waiting' && waitingSinceMs !== undefined ? (
        <Waiting sinceMs={waitingSinceMs} />
      ) : null}
      {state === 'snoozed' || state === 'closed' ? (
        <span className="badge">{texts.states[state]}</span>
      ) : null}
      {visitor.verified ? (
        <span className="verified" title={texts.verified}>
          <Icon name="circle-check" size="s" />
          <span className="vh">{texts.verified}</span>
        </span>
      ) : null}
      {showsAssignee && assignee !== undefined ? (
        <span className="cut">
          <bdi>{assignee.name}</bdi>
        </span>
      ) : null}
      {labels.map((label) => (
        <span key={label} className="label cut">
          {label}
        </span>
      ))}
    </div>
  )
}

/** Counts as it stands there. It is not read out each second: only what surrounds it is. */
export function Waiting({ sinceMs }: { readonly sinceMs: number }): ReactNode {
  const ms = useSecond() - sinceMs
  return (
    <span className="badge wait">
      {texts.waiting}{' '}
      <time className="num" dateTime={waitedIso(ms)}>
        {waited(ms)}
      </time>
    </span>
  )
}

function shortTime(atMs: number): string {
  const now = Date.now()
  return dayOf(atMs) === dayOf(now) ? clockTime(atMs) : dayTitle(atMs, now).replace(/,.*$/, '')
}
