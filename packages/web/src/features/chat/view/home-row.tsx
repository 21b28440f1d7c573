// A channel in the list where that is a page of its own: its name and when it was spoken in, and below what was said last.

import type { ReactNode } from 'react'
import { exactTime, isoTime, shortTime } from '../../../ui/times.ts'
import type { ChannelItem } from '../model/channels.ts'
import type { LastLine } from '../model/last-line.ts'
import { railTexts } from '../model/texts-rail.ts'

type HomeRowProps = {
  readonly item: ChannelItem
  /** Null: there is none; undefined: not known yet. */
  readonly line: LastLine | null | undefined
  readonly me: string
  readonly trailing: ReactNode
}

export function HomeRow({ item, line, me, trailing }: HomeRowProps): ReactNode {
  // What may no longer be read is not shown, whatever is still known of it.
  const said = item.isLocked ? undefined : line
  return (
    <span className="two-lines">
      <span className="over">
        <span className="grow cut">{item.title}</span>
        {said ? (
          <time className="xs faint" dateTime={isoTime(said.atMs)} title={exactTime(said.atMs)}>
            {shortTime(said.atMs, Date.now())}
          </time>
        ) : null}
      </span>
      <span className="under">
        <span className="grow cut">{underOf(item, said, me)}</span>
        {trailing}
      </span>
    </span>
  )
}

function underOf(item: ChannelItem, line: LastLine | null | undefined, me: string): ReactNode {
  if (item.isLocked) return item.about ?? (item.isOpen ? '' : railTexts.membersOnly)
  if (line === undefined) return ''
  if (line === null) return item.about ?? ''
  const { by, text } = line
  const said = <bdi>{text}</bdi>
  // Between two it is clear who.
  if (by === undefined || (item.people.length === 2 && by.id !== me)) return said
  return (
    <>
      <bdi>{by.id === me ? railTexts.you : by.short}</bdi>: {said}
    </>
  )
}
