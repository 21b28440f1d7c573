// In the place of a conversation that closed for the reader: who has it now and why, and what they had begun to write.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { texts } from '../model/texts.ts'
import { moveTexts } from '../model/texts-moves.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { HandOver } from '../store/use-conversation.ts'
import { draftName } from './drafts.ts'

export function HandOverCard(props: {
  readonly conversationKey: string
  /** Absent: one never had it, as far as the page knows. */
  readonly handOver: HandOver | undefined
  readonly back: string
}): ReactNode {
  const { conversationKey, handOver, back } = props
  const { kept } = useDesk()
  const [draft, setDraft] = useState(
    () =>
      kept.get(draftName(conversationKey, 'text')) ??
      kept.get(draftName(conversationKey, 'note')) ??
      '',
  )
  const discard = () => {
    kept.set(draftName(conversationKey, 'text'), undefined)
    kept.set(draftName(conversationKey, 'note'), undefined)
    setDraft('')
  }
  return (
    <div className="hand-over" role="status">
      <span className="say">
        <Icon name="lock" />
      </span>
      <h1 className="title">{titleOf(handOver)}</h1>
      <p className="dim">
        {handOver === undefined ? moveTexts.handOver.plain : sentence(handOver)}
      </p>
      {handOver?.reason === undefined ? null : (
        <p className="quoted sm">{moveTexts.handOver.reason(handOver.reason)}</p>
      )}
      {draft === '' ? null : (
        <div className="kept-draft">
          <p className="label">{moveTexts.handOver.draft}</p>
          <p className="quoted sm">{draft}</p>
          <Button size="small" look="quiet" onClick={discard}>
            {moveTexts.handOver.discard}
          </Button>
        </div>
      )}
      <Anchor className="btn primary" href={back}>
        {texts.toInbox}
      </Anchor>
    </div>
  )
}

function titleOf(handOver: HandOver | undefined): string {
  const { handOver: words } = moveTexts
  if (handOver === undefined) return words.notOpen
  const { why } = handOver
  return why === 'claimed' || why === 'erased' || why === 'closed' ? words.titles[why] : words.title
}

function sentence({ why, by, to }: HandOver): string {
  const { handOver: words } = moveTexts
  if (to !== undefined) return words.has(to.name, by?.name)
  if (why === 'erased') return words.erased
  if (by === undefined) return why === undefined ? words.plain : words.rights
  if (why === 'claimed' || why === 'released' || why === 'closed') return words[why](by.name)
  return words.took(by.name)
}
