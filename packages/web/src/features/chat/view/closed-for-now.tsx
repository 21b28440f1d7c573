// What stands in the composer while one may not write.

import { type ReactNode, Suspense } from 'react'
import { beside } from '../load-beside.ts'
import type { Control } from '../model/controls.ts'

/** Fetched with the first screen: the card must be there the moment a right is gone. */
const ReadOnlyCard = beside('ReadOnlyCard')

export function ClosedForNow(props: {
  readonly title: string
  readonly control: Control
  readonly draft: string
  /** Sends the draft as soon as writing is possible again. */
  readonly sendLater: () => void
}): ReactNode {
  const canWrite = props.control.kind === 'on'
  return canWrite ? null : (
    <Suspense fallback={<div className="why" />}>
      <ReadOnlyCard {...props} />
    </Suspense>
  )
}
