// What stands in the composer while one may not write.

import { type ReactNode, Suspense } from 'react'
import { beside } from '../load-beside.ts'
import type { Control } from '../model/controls.ts'

/** Fetched with the first screen: the card must be there the moment a right is gone. */
const ReadOnlyCard = beside('ReadOnlyCard')

export type ClosedProps = {
  readonly title: string
  readonly control: Control
  readonly draft: string
  /** Files are of the draft. */
  readonly hasFiles: boolean
  /** Why the draft cannot be sent yet, not even later. */
  readonly waits: string | undefined
  /** Sends the draft as soon as writing is possible again. */
  readonly sendLater: () => void
}

export function ClosedForNow(props: ClosedProps): ReactNode {
  const canWrite = props.control.kind === 'on'
  return canWrite ? null : (
    <Suspense fallback={<div className="why" />}>
      <ReadOnlyCard {...props} />
    </Suspense>
  )
}
