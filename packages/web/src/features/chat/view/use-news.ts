// What one has not seen yet, below what one reads; and the mark that moves on as the newest is seen.

import { useEffect, useRef } from 'react'
import { useVisible } from '../../../ui/use-visible.ts'
import { unreadRow } from '../model/opening.ts'
import type { Row } from '../model/rows.ts'
import type { LogProps } from './props.ts'

export type News = {
  /** Messages of others that were not seen. */
  readonly count: number
  /** Since when there are some that were unread when the channel was opened; absent once the newest was seen. */
  readonly isUnread: boolean
  /** Everything there is counts as read; one stays where one is. */
  readonly markRead: () => void
}

/** `isAtNewest`: the end of the newest is in view. */
export function useNews(props: LogProps, isAtNewest: boolean): News {
  const { readMark, state, rows } = props
  const { onSeen } = readMark
  const isVisible = useVisible()
  const lastSeen = useRef<string | undefined>(undefined)
  const last = state.timeline.at(-1)?.serial
  const isSeen = isAtNewest && isVisible && state.phase === 'open' && !state.hasNewer
  const lastKey = rows.at(-1)?.key
  useEffect(() => {
    if (isSeen && last !== undefined) onSeen(last)
    if (isSeen) lastSeen.current = lastKey
  }, [isSeen, last, lastKey, onSeen])
  const markRead = () => {
    readMark.clear()
    if (last !== undefined) onSeen(last)
    lastSeen.current = lastKey
  }
  const unread = unreadRow(rows)
  const isUnread = unread !== undefined && lastSeen.current === undefined
  if (state.hasNewer) return { count: state.ahead, isUnread, markRead }
  const from =
    lastSeen.current ?? (unread === undefined ? undefined : rows[rows.indexOf(unread) - 1])?.key
  return { count: isAtNewest ? 0 : newsAfter(rows, from), isUnread, markRead }
}

function newsAfter(rows: readonly Row[], seen: string | undefined): number {
  const at = rows.findLastIndex((row) => row.key === seen)
  if (at < 0) return 0
  return rows.slice(at + 1).filter((row) => row.kind === 'message' && !row.isOwn).length
}
