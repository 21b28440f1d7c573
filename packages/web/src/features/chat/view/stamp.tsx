// When a message was written: the clock beside it, and the exact time while one points at it or has it in focus.

import type { ReactNode } from 'react'
import { clockTime, exactTime, isoTime } from '../../../ui/times.ts'

export function Stamp(props: {
  readonly atMs: number
  /** The message is not the first of its group: the clock shows in the margin while one is at it. */
  readonly aside?: boolean
  /** One is at the message. */
  readonly isAt: boolean
}): ReactNode {
  const { atMs, aside = false, isAt } = props
  if (aside && !isAt) return null
  return (
    <time className={`stamp${aside ? ' beside' : ''}${isAt ? ' at' : ''}`} dateTime={isoTime(atMs)}>
      {clockTime(atMs)}
      {/* Never read out with the message: the clock was enough. */}
      {isAt ? (
        <span className="exact" aria-hidden="true">
          {exactTime(atMs)}
        </span>
      ) : null}
    </time>
  )
}
