// What stands in the composer while one may not write.

import { type ReactNode, Suspense, useEffect } from 'react'
import { again, lazy } from '../../../ui/late.ts'
import type { Control } from '../model/controls.ts'

/** Fetched once the composer stands: the card must be there the moment a right is gone. */
const loadCard = async () => ({ default: (await import('./read-only-card.tsx')).ReadOnlyCard })
const ReadOnlyCard = lazy(loadCard)

export function ClosedForNow(props: {
  readonly title: string
  readonly control: Control
  readonly draft: string
  /** Sends the draft as soon as writing is possible again. */
  readonly sendLater: () => void
}): ReactNode {
  const canWrite = props.control.kind === 'on'
  useEffect(() => void again(loadCard), [])
  return canWrite ? null : (
    <Suspense fallback={<div className="why" />}>
      <ReadOnlyCard {...props} />
    </Suspense>
  )
}
