// Under a name: how somebody is, and what they say of it.

import type { ReactNode } from 'react'
import type { PresenceSaid } from '../../model/presence-said.ts'
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
      {state}
      {status === undefined ? null : (
        <>
          {' · '}
          <bdi>{status}</bdi>
        </>
      )}
    </span>
  )
}
