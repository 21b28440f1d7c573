// Under the message a thread is about: how many answers, who gave them, when the last one came. It opens the thread.

import { type ReactNode, useMemo, useSyncExternalStore } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { clockTime, dayOf } from '../../../../ui/times.ts'
import { texts } from '../../model/texts-around.ts'
import { threadCounts } from '../../store/thread-counts.ts'
import { usePersonal } from '../../store/use-personal.ts'
import type { MessageRowProps } from '../props.ts'

const NEVER = () => () => undefined

export function ThreadChip(props: MessageRowProps): ReactNode {
  const { acts, session, people } = props
  const { serial } = props.row.entry
  const counts = useMemo(
    () => session && threadCounts(session, acts.api, acts.channelKey),
    [session, acts],
  )
  const count = useSyncExternalStore(counts?.subscribe ?? NEVER, () => counts?.of(serial))
  const mark = usePersonal('read').get(threadMark(acts.channelKey, serial))?.serial
  if (count === undefined) return null
  const isNew = typeof mark === 'string' && mark < count.lastSerial
  return (
    <Anchor className="thread-chip sm" href={acts.threadHref(serial)}>
      <span className="faces">
        {count.people.map((id) => {
          const author = people.authorOf(id)
          return <Avatar key={id} id={id} name={author.name} picture={author.picture} size="s" />
        })}
      </span>
      <b>{texts.answers(count.count)}</b>
      <span className="faint xs">{texts.lastAnswer(lastTime(count.lastAtMs))}</span>
      {isNew ? <span className="tag-new">{texts.newAnswers}</span> : null}
    </Anchor>
  )
}

/** The key of the read mark of a thread. */
export function threadMark(channelKey: string, root: string): string {
  return `${channelKey}/${root}`
}

/** The time of today, else the day. */
export function lastTime(atMs: number): string {
  return dayOf(atMs) === dayOf(Date.now()) ? clockTime(atMs) : dayOf(atMs)
}
