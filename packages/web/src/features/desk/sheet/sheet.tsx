// The sheet: head, log, who writes, and where one writes or takes the conversation.

import { type ReactNode, useEffect, useState } from 'react'
import { closeReasonOf } from '../model/close-reason.ts'
import { texts } from '../model/texts.ts'
import { isVisitorOf } from '../model/visitor-of.ts'
import { useSessionState } from '../store/use-session.ts'
import { ClaimBar } from './claim-bar.tsx'
import { Composer } from './composer.tsx'
import type { DialogKind } from './dialog-props.ts'
import { Dialogs } from './dialogs.tsx'
import { Log } from './log.tsx'
import { SheetHead } from './sheet-head.tsx'
import type { SheetProps } from './sheet-props.ts'
import { TypingRow } from './typing-row.tsx'
import { useReadMarks } from './use-read-marks.ts'
import { WatchBar } from './watch-bar.tsx'

export function Sheet(
  props: SheetProps & { readonly isContext: boolean; readonly onContext: () => void },
): ReactNode {
  const { conversation, session, controls } = props
  const state = useSessionState(session)
  const [dialog, setDialog] = useState<DialogKind>()
  useReadMarks(conversation.key, state)
  const { visitor, marks } = conversation
  useEffect(() => {
    for (const [person, each] of Object.entries(marks ?? {}))
      if (each !== undefined)
        session.takeMarks(isVisitorOf(person, visitor.id) ? 'visitor' : person, each)
  }, [session, visitor.id, marks])
  return (
    <main className="sheet" aria-label={texts.conversationWith(visitor.name)}>
      <SheetHead {...props} onDialog={setDialog} />
      <Log {...props} state={state} />
      <TypingRow {...props} typing={state.typing} />
      <Foot {...props} onDialog={setDialog} />
      {dialog === undefined ? null : (
        <Dialogs
          kind={dialog}
          conversation={conversation}
          controls={controls}
          onChanged={props.onChanged}
          onClose={() => setDialog(undefined)}
        />
      )}
    </main>
  )
}

/** Where one writes; where it waits, the bar to take it, and notes. */
function Foot(props: SheetProps & { readonly onDialog: (kind: DialogKind) => void }): ReactNode {
  const { conversation, controls } = props
  const [isNoting, setNoting] = useState(false)
  const { state } = conversation
  if (state === 'closed')
    return (
      <div className="closed-foot">
        <p className="strong">{texts.closed.title(conversation.closedBy?.name)}</p>
        <p className="sm dim">{closeReasonOf(conversation) ?? texts.closed.text}</p>
      </div>
    )
  const canTake = controls.control('claim').kind !== 'absent' && state === 'waiting'
  const mayReply = controls.control('publish').kind !== 'absent'
  const isWriter = mayReply || controls.control('note').kind !== 'absent'
  return (
    <>
      {conversation.isWatching === true ? <WatchBar {...props} /> : null}
      {canTake ? <ClaimBar {...props} onNote={() => setNoting(true)} /> : null}
      {isWriter && (!canTake || isNoting) ? (
        // Whoever comes to have it answers from then on; drafts are kept.
        <Composer
          {...props}
          key={isNoting || !mayReply ? 'note' : 'reply'}
          startsAsNote={isNoting}
        />
      ) : null}
      {!canTake && !isWriter && controls.isKnown ? (
        <p className="closed-foot sm dim">{texts.readOnly}</p>
      ) : null}
    </>
  )
}
