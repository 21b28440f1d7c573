// In the place of a conversation that closed for the reader: who has it now and why, and what they had begun to write.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { texts } from '../model/texts.ts'
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
      <h1 className="title">{texts.handOver.title}</h1>
      <p className="dim">{handOver === undefined ? texts.handOver.plain : sentence(handOver)}</p>
      {handOver?.reason === undefined ? null : (
        <p className="quoted sm">{texts.handOver.reason(handOver.reason)}</p>
      )}
      {draft === '' ? null : (
        <div className="kept-draft">
          <p className="label">{texts.handOver.draft}</p>
          <p className="quoted sm">{draft}</p>
          <Button size="small" look="quiet" onClick={discard}>
            {texts.handOver.discard}
          </Button>
        </div>
      )}
      <Anchor className="btn primary" href={back}>
        {texts.toInbox}
      </Anchor>
    </div>
  )
}

function sentence({ why, by, to }: HandOver): string {
  if (to !== undefined) return texts.handOver.has(to.name, by?.name)
  if (by !== undefined) return texts.handOver.took(by.name)
  return why === undefined ? texts.handOver.plain : texts.handOver.rights
}
