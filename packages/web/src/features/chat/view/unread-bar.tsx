// While one reads older messages that are unread: what there is, the way to the newest, and a way to be done with it.

import type { ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'
import { listTexts } from '../model/texts-list.ts'
import { clockTime } from '../model/times.ts'

export function UnreadBar(props: {
  /** When the first unread message was written. */
  readonly sinceMs: number
  readonly onJump: () => void
  readonly onRead: () => void
}): ReactNode {
  return (
    <div className="unread-bar">
      <p className="grow cut sm strong">{listTexts.newSince(clockTime(props.sinceMs))}</p>
      <Button size="small" look="quiet" onClick={props.onJump}>
        {listTexts.jumpToLatest}
      </Button>
      <Button size="small" look="quiet" icon="check" onClick={props.onRead}>
        {listTexts.markRead}
      </Button>
    </div>
  )
}
