// A message of one's own that has not arrived: pending after a moment, or failed with what one can do.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { MessageText } from '../markdown/message-text.tsx'
import type { Row } from '../model/rows.ts'
import { texts } from '../model/texts.ts'
import { clockTime } from '../model/times.ts'
import { Carried } from './carried.tsx'
import { copyText } from './clipboard.ts'
import type { RowProps } from './props.ts'

type UnsentRowProps = RowProps & { readonly row: Extract<Row, { kind: 'unsent' }> }

export function UnsentRow(props: UnsentRowProps): ReactNode {
  const { item, isHead, key } = props.row
  const { state } = item
  // Messages are reached by arrow keys, with one tab stop for all of them.
  return (
    <article
      className={isHead ? 'own' : 'own cont'}
      data-row={key}
      tabIndex={props.isStop ? 0 : -1}
    >
      <span className="vh">{texts.you}: </span>
      {isHead ? <span className="stamp">{clockTime(item.atMs)}</span> : null}
      <div className={state.kind === 'failed' ? 'bub failed' : 'bub'}>
        <MessageText text={item.text} extras={item.extras} people={props.people} me={props.me} />
        <Carried extras={item.extras} />
      </div>
      {state.kind === 'waiting' || state.kind === 'sending' ? (
        // Most messages arrive within this time, and then it is never seen.
        <span className="pending xs faint late">
          <Icon name="timer" size="s" />
          {state.kind === 'sending' ? texts.sending : texts.waiting}
        </span>
      ) : null}
      {state.kind === 'failed' ? <Failed {...props} /> : null}
    </article>
  )
}

function Failed(props: UnsentRowProps): ReactNode {
  const { item } = props.row
  if (item.state.kind !== 'failed') return null
  const { code, detail } = item.state.failure
  const words = code === 'refused' ? `${texts.failure.refused} ${detail}` : texts.failure[code]
  const acts = [
    { label: texts.unsent.retry, act: () => props.sender.retry(item.id) },
    {
      label: texts.unsent.edit,
      act: () => {
        props.composer.current?.insert(item.text)
        props.sender.discard(item.id)
      },
    },
    {
      label: texts.unsent.copy,
      act: () => void copyText(item.text),
    },
    { label: texts.unsent.discard, act: () => props.sender.discard(item.id) },
  ]
  return (
    <div className="failure sm" role="alert">
      <p className="error">
        <Icon name="circle-alert" size="s" />
        {words}
      </p>
      <p className="acts">
        {acts.map((one) => (
          <button key={one.label} type="button" className="link" onClick={one.act}>
            {one.label}
          </button>
        ))}
      </p>
    </div>
  )
}
