// Under a name: what somebody says of themselves, and how they are.

import type { ReactNode } from 'react'
import type { PresenceSaid } from '../../model/presence-said.ts'
import { liveTexts } from '../../model/texts-live.ts'
import { serverNow } from '../../store/server-clock.ts'
import { availabilityText, statusText } from './presence-words.ts'

/** `said` absent: offline. */
export function PresenceLine(props: { readonly said: PresenceSaid | undefined }): ReactNode {
  const status = statusText(props.said)
  const state = availabilityText(props.said, serverNow())
  return (
    <span
      className="presence-line"
      title={status === undefined ? undefined : `${state} · ${status}`}
    >
      {status === undefined ? (
        state
      ) : (
        <>
          <bdi>{status}</bdi>
          {` · ${liveTexts.availability[props.said?.availability ?? 'offline']}`}
        </>
      )}
    </span>
  )
}
