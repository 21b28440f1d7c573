// One row of the log, drawn again only if something of its own has changed.

import { type ReactNode, useCallback } from 'react'
import { memo } from '../../../ui/spoken.ts'
import { clockTime, dayTitle } from '../../../ui/times.ts'
import type { Row } from '../model/rows.ts'
import { listTexts } from '../model/texts-list.ts'
import type { LogWindow } from './log-window.ts'
import { MessageRow } from './message-row.tsx'
import type { RowProps } from './props.ts'
import { SystemLine } from './system-line.tsx'
import { UnsentRow } from './unsent-row.tsx'

export const LogRow = memo(Draw, isSame)

export type SlotProps = RowProps & {
  readonly log: LogWindow
  /** The one the address names: stands out for a moment. */
  readonly isMarked: boolean
}

/** A row of the log, whose height the window follows. */
export const LogSlot = memo(
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
        <Draw {...props} />
      </div>
    )
  },
  (one, other) => one.log === other.log && one.isMarked === other.isMarked && isSame(one, other),
)

function Draw(props: RowProps): ReactNode {
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
function isSame(one: RowProps, other: RowProps): boolean {
  const keys = ['isStop', 'hasTools', 'people', 'control', 'session'] as const
  if (keys.some((key) => key !== 'people' && one[key] !== other[key])) return false
  if (one.people.authorOf !== other.people.authorOf) return false
  if (isEdited(one) || isEdited(other)) return false
  if (one.row === other.row) return true
  const names = Object.keys(one.row) as (keyof Row)[]
  return names.every((name) => one.row[name] === other.row[name])
}

function isEdited(props: RowProps): boolean {
  return props.row.kind === 'message' && props.row.entry.serial === props.editing
}
