// What the terms of a key cover among the channels there are, and what its live connections would lose, as one types.

import type { Manage } from '@sayso/client/manage'
import type { ReactNode } from 'react'
import { refusalOf } from '../../../../ui/refusal.ts'
import { useSettled } from '../../form/settled.ts'
import { useRead } from '../../store/use-read.ts'
import { type KeyDraft, termsOf } from './model.ts'
import { texts } from './texts.ts'

const SHOWN = 50

export function KeyPreview(props: {
  readonly calls: Manage
  readonly draft: KeyDraft
  /** Of the key that is changed. */
  readonly keyId: string | undefined
}): ReactNode {
  const terms = termsOf(props.draft)
  const key = props.keyId === undefined ? {} : { key: props.keyId }
  const body = useSettled({ ...terms, ...key })
  const read = useRead(props.calls, 'previewKey', { body })
  const { data } = read
  const losing = data?.connections?.items.filter(({ loses }) => loses.length > 0) ?? []
  return (
    <section
      className="key-preview"
      aria-label={texts.preview}
      aria-busy={read.state === 'loading'}
    >
      <h2 className="label">{texts.preview}</h2>
      {read.state === 'failed' ? <p className="problem sm">{refusalOf(read.error)}</p> : null}
      {data === undefined ? null : (
        <>
          <p className="sm dim" role="status">
            {data.covered === 0 ? texts.previewNone : texts.previewOf(data.covered, data.looked)}
          </p>
          <ul>
            {data.items.slice(0, SHOWN).map(({ channel, operations, attached }) => (
              <li key={channel}>
                <code className="cut">{channel}</code>
                <span className="xs dim cut">{operations.join(', ')}</span>
                <span className="xs faint num">{attached > 0 ? texts.attached(attached) : ''}</span>
              </li>
            ))}
          </ul>
          {data.covered > SHOWN ? (
            <p className="xs faint">{texts.previewMore(data.covered - SHOWN)}</p>
          ) : null}
          {data.connections === undefined ? null : (
            <>
              <h2 className="label">{texts.live}</h2>
              <p className="sm dim" role="status">
                {data.connections.count === 0 ? texts.liveNone : texts.liveLoses(losing.length)}
              </p>
              <ul>
                {losing.map(({ id, clientId, loses }) => (
                  <li key={id}>
                    <span className="sm strong cut">{clientId ?? id}</span>
                    <span className="xs danger-text">{texts.loses(loses.join(', '))}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  )
}
