// In place of a message one has just deleted: how long it can be taken back, and the way to do so.

import { type ReactNode, useEffect, useState } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { texts } from '../../model/texts-around.ts'
import type { Removal } from '../../store/removals.ts'

export function Going(props: {
  readonly removal: Removal
  readonly onUndo: () => void
}): ReactNode {
  const seconds = useSecondsLeft(props.removal.dueMs)
  return (
    <p className="going sm">
      <Icon name="trash" size="s" />
      <span className="vh" role="status">
        {texts.goingSaid}
      </span>
      <span className="num" aria-hidden="true">
        {seconds > 0 ? texts.going(seconds) : texts.goingNow}
      </span>
      {seconds > 0 ? (
        <button type="button" className="link" onClick={props.onUndo}>
          {texts.undo}
        </button>
      ) : null}
    </p>
  )
}

function useSecondsLeft(dueMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((dueMs - nowMs) / 1_000))
}
