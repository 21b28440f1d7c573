// A message of one's own that has not arrived: pending after a moment, or failed with what one can do.

import { type ReactNode, Suspense } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { clockTime } from '../../../ui/times.ts'
import { MessageText } from '../markdown/message-text.tsx'
import { texts } from '../model/texts.ts'
import { UnsentFailed, UnsentHeld } from './around/row-parts.ts'
import { Carried } from './carried.tsx'
import type { UnsentRowProps } from './props.ts'

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
      {state.kind === 'waiting' && (item.isPatient === true || state.untilMs !== undefined) ? (
        <Suspense>
          <UnsentHeld {...props} untilMs={state.untilMs} />
        </Suspense>
      ) : state.kind === 'waiting' || state.kind === 'sending' ? (
        // Most messages arrive within this time, and then it is never seen.
        <span className="pending xs faint late">
          <Icon name="timer" size="s" />
          {state.kind === 'sending' ? texts.sending : texts.waiting}
        </span>
      ) : null}
      {state.kind === 'failed' ? (
        <Suspense>
          <UnsentFailed {...props} />
        </Suspense>
      ) : null}
    </article>
  )
}
