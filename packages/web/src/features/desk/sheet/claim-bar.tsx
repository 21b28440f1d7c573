// A conversation that waits, and the button to take it. One wins; whoever comes second reads by whom.

import { ApiError } from '@sayso/client'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import { useAnnounce } from '../view/announcer.tsx'
import type { SheetProps } from './sheet-props.ts'

export function ClaimBar(props: SheetProps & { readonly onNote: () => void }): ReactNode {
  const { conversation, controls, onChanged } = props
  const { calls } = useDesk()
  const say = useSay()
  const announce = useAnnounce()
  const [isBusy, setBusy] = useState(false)
  const id = useId()
  const { visitor, key } = conversation
  const right = controls.control('claim')
  const take = async () => {
    setBusy(true)
    try {
      await calls.act(key, 'claim')
      announce(texts.claim.yours(visitor.name))
    } catch (cause) {
      const winner = winnerOf(cause)
      const title = winner === undefined ? texts.notDone : texts.claim.lost(winner)
      say({ tone: 'bad', title, ...(winner === undefined ? { text: refusalOf(cause) } : {}) })
    } finally {
      setBusy(false)
      onChanged()
    }
  }
  return (
    <section className="claim" aria-labelledby={`${id}-title`}>
      <div className="grow">
        <p id={`${id}-title`} className="strong">
          {texts.claim.title}
        </p>
        <p className="sm dim">
          {right.kind === 'off' ? right.reason : texts.claim.text(visitor.name)}
        </p>
      </div>
      {controls.may('note') ? (
        <Button shortcut="note" onClick={props.onNote}>
          {texts.claim.note}
        </Button>
      ) : null}
      <Button
        look="primary"
        icon="hand"
        shortcut="claim"
        busy={isBusy || right.kind !== 'on'}
        onClick={() => void take()}
      >
        {texts.claim.take}
      </Button>
    </section>
  )
}

/** The name of whoever was faster; absent if it was refused for another reason, or may not be said. */
function winnerOf(cause: unknown): string | undefined {
  return cause instanceof ApiError && cause.code === 'claimed' ? cause.by?.name : undefined
}
