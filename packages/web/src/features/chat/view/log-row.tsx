// One row of the log, drawn again only if something of its own has changed.

import { memo as memoized, type ReactNode, useCallback } from 'react'
import { clockTime, dayTitle } from '../../../ui/times.ts'
import type { Language } from '../../../ui/words.ts'
import type { Row } from '../model/rows.ts'
import { listTexts } from '../model/texts-list.ts'
import type { LogWindow } from './log-window.ts'
import { hasReactions, MessageRow } from './message-row.tsx'
import type { RowProps } from './props.ts'
import { SystemLine } from './system-line.tsx'
import { UnsentRow } from './unsent-row.tsx'

type SpokenRowProps = RowProps & {
  /** The language spoken now. Told by the list, which hears of another one for all its rows. */
  readonly language: Language
}

export const LogRow = memoized(Draw, isSame)

export type SlotProps = SpokenRowProps & {
  readonly log: LogWindow
  /** The one the address names: stands out for a moment. */
  readonly isMarked: boolean
}

/** A row of the log, whose height the window follows. */
export const LogSlot = memoized(
  function LogSlot(props: SlotProps): ReactNode {
    const { log } = props
    const { key } = props.row
    const ref = useCallback(
      (element: HTMLDivElement | null) => {
        log.slot(key, element)
        return () => log.slot(key, null)
      },
      [log, key],
    )
    return (
      <div ref={ref} className={props.isMarked ? 'slot marked' : 'slot'} data-slot={key}>
        {Draw(props)}
      </div>
    )
  },
  (one, other) => one.log === other.log && one.isMarked === other.isMarked && isSame(one, other),
)

function Draw(props: SpokenRowProps): ReactNode {
  const { row } = props
  switch (row.kind) {
    case 'day':
      return (
        <div className="day" data-row={row.key}>
          <span>{dayTitle(row.atMs, Date.now())}</span>
        </div>
      )
    case 'unread':
      return (
        <div className="unreadline" data-row={row.key}>
          <span>{listTexts.newSince(clockTime(row.atMs))}</span>
        </div>
      )
    case 'line':
      return <SystemLine row={row} hrefOf={props.acts.hrefOf} />
    case 'unsent':
      return <UnsentRow {...props} row={row} />
    case 'message':
      return <MessageRow {...props} row={row} />
  }
}

/** Rows are made anew with every message; what they show mostly is not. */
function isSame(one: SpokenRowProps, other: SpokenRowProps): boolean {
  if (one.isStop !== other.isStop || one.hasTools !== other.hasTools) return false
  if (one.session !== other.session || one.language !== other.language) return false
  if (one.people.authorOf !== other.people.authorOf) return false
  if (isEdited(one) || isEdited(other)) return false
  if (!isSameNews(one, other)) return false
  if (one.control !== other.control && hasControls(other)) return false
  if (one.row === other.row) return true
  const names = Object.keys(one.row) as (keyof Row)[]
  return names.every((name) => one.row[name] === other.row[name])
}

function isSameNews({ news: one }: RowProps, { news: other }: RowProps): boolean {
  if (one === undefined || other === undefined) return one === other
  return (
    one.wishes === other.wishes &&
    one.removal === other.removal &&
    one.hasThread === other.hasThread &&
    one.isPinned === other.isPinned
  )
}

/** Whether anything in the row depends on what one may do. */
function hasControls({ row, hasTools, news }: RowProps): boolean {
  if (row.kind === 'unsent') return true
  if (row.kind !== 'message') return false
  const { extras } = row.entry
  return hasTools || hasReactions(row.entry, news) || extras?.previews !== undefined
}

function isEdited(props: RowProps): boolean {
  return props.row.kind === 'message' && props.row.entry.serial === props.editing
}
