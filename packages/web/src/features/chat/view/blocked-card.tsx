// In the composer's place of a conversation in which nobody writes any more, as one of the two has blocked the other.

import type { ResourceView } from '@sayso/client'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { texts } from '../model/texts.ts'
import { whoTexts } from '../model/texts-who.ts'
import { useBlocks } from '../store/blocks.ts'
import type { RightsHere } from './rights-context.ts'

export function BlockedCard(props: {
  readonly here: RightsHere
  readonly view: ResourceView
  readonly children: ReactNode
}): ReactNode {
  const { here, view } = props
  const isMine = view.blocked === 'mine'
  const blocks = useBlocks(here.api, false)
  const [isBusy, setBusy] = useState(false)
  const other = view.people?.find(({ id }) => id !== here.me)
  const end = () => {
    if (other === undefined) return
    setBusy(true)
    blocks
      .set(other.id, false)
      .catch((cause: unknown) => here.notices.tell(texts.notDone(cause)))
      .finally(() => setBusy(false))
  }
  return (
    <div className="why" role="status">
      <span className="say">
        <Icon name="message-square-off" fallback="lock" />
      </span>
      <div className="grow">
        <p className="strong">{isMine ? whoTexts.blockedByYou(view.title) : whoTexts.closedHere}</p>
        <p className="sm dim">{isMine ? whoTexts.blockedByYouText : whoTexts.closedHereText}</p>
      </div>
      {isMine && other !== undefined ? (
        <div className="acts-row">
          <Button size="small" busy={isBusy} onClick={end}>
            {whoTexts.unblock}
          </Button>
        </div>
      ) : null}
      {props.children}
    </div>
  )
}
