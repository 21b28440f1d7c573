// What stands in the composer while one may not write, and what happens by itself when one may again.

import { type ReactNode, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { again, lazy } from '../../../ui/late.ts'
import type { Control } from '../model/controls.ts'

/** Fetched once the composer stands: the card must be there the moment a right is gone. */
const loadCard = async () => ({ default: (await import('./read-only-card.tsx')).ReadOnlyCard })
const ReadOnlyCard = lazy(loadCard)

export function ClosedForNow(props: {
  readonly title: string
  readonly control: Control
  readonly draft: string
  readonly send: () => void
}): ReactNode {
  const { title, control, draft } = props
  const canWrite = control.kind === 'on'
  const [isWaiting, setWaiting] = useState(false)
  const send = useEffectEvent(props.send)
  useEffect(() => void again(loadCard), [])
  useEffect(() => {
    if (!canWrite || !isWaiting) return
    setWaiting(false)
    send()
  }, [canWrite, isWaiting])
  return canWrite ? null : (
    <Suspense fallback={<div className="why" />}>
      <ReadOnlyCard
        title={title}
        control={control}
        draft={draft}
        isWaiting={isWaiting}
        onWait={setWaiting}
      />
    </Suspense>
  )
}
