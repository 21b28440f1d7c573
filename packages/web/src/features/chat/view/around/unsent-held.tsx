// A message that waits for its time: until one may write here again, or until one's turn comes in slow mode.

import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { serverNow } from '../../../../ui/server-clock.ts'
import { endOf } from '../../model/durations.ts'
import { texts } from '../../model/texts.ts'
import { rightsTexts } from '../../model/texts-rights.ts'
import type { UnsentRowProps } from '../props.ts'
import { useRightsHere } from '../rights-context.ts'
import { takeBack } from './take-back.ts'

export function UnsentHeld(
  props: UnsentRowProps & { readonly untilMs: number | undefined },
): ReactNode {
  const { item } = props.row
  const heldUntilMs = useRightsHere()?.view.restraints?.[0]?.untilMs
  const acts = [
    {
      label: rightsTexts.doNotSend,
      act: () => takeBack(props),
    },
    { label: texts.unsent.discard, act: () => props.sender.discard(item.id) },
  ]
  return (
    <div className="failure sm">
      <p className="dim held">
        <Icon name="timer" size="s" />
        {wordsOf(props.untilMs, heldUntilMs)}
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

function wordsOf(turnMs: number | undefined, heldUntilMs: number | undefined): string {
  if (turnMs !== undefined) return rightsTexts.waitsForTurn(endOf(turnMs, Date.now()))
  return heldUntilMs === undefined
    ? rightsTexts.waitsToWrite
    : rightsTexts.waitsUntil(endOf(heldUntilMs, serverNow()))
}
