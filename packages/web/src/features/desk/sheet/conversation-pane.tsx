// One conversation: its sheet, and what is known of the visitor beside it. Once it may not be read, nothing of it stays.

import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { lazy } from '../../../ui/late.ts'
import { Anchor } from '../../../ui/navigation.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { type DeskAddress, deskHref } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import { type DeskRights, offered, useControls } from '../store/rights.ts'
import { useConversation } from '../store/use-conversation.ts'
import { useSession, useSessionState } from '../store/use-session.ts'
import { HandOverCard } from './hand-over-card.tsx'
import { Sheet } from './sheet.tsx'
import type { SheetProps } from './sheet-props.ts'

const ContextPane = lazy(async () => ({
  default: (await import('../context/context-pane.tsx')).ContextPane,
}))

type PaneProps = {
  readonly conversationKey: string
  readonly address: DeskAddress
  readonly rights: DeskRights
}

export function ConversationPane(props: PaneProps): ReactNode {
  const { conversationKey, address } = props
  const opened = useConversation(conversationKey)
  const session = useSession(conversationKey, `desk:${conversationKey}`)
  const controls = useControls(`desk:${conversationKey}`)
  const back = deskHref('inbox', undefined, address.query)
  if (opened.phase === 'lost')
    return (
      <main className="sheet">
        <HandOverCard conversationKey={conversationKey} handOver={opened.handOver} back={back} />
      </main>
    )
  if (opened.phase === 'failed')
    return (
      <main className="sheet">
        <div className="empty" role="alert">
          <p>{refusalOf(opened.error)}</p>
          <Button onClick={opened.again}>{texts.tryAgain}</Button>
          <Anchor href={back}>{texts.toInbox}</Anchor>
        </div>
      </main>
    )
  if (opened.phase === 'loading' || session === undefined)
    return <main className="sheet late" aria-busy="true" />
  return (
    <Loaded
      {...props}
      conversation={opened.conversation}
      session={session}
      controls={controls}
      back={back}
      onChanged={opened.again}
    />
  )
}

function Loaded(props: PaneProps & SheetProps): ReactNode {
  const { session, conversationKey, back } = props
  const { me, board } = useDesk()
  const { phase } = useSessionState(session)
  const { assignee, joined } = props.conversation
  const isInIt = assignee?.id === me.id || joined.some(({ id }) => id === me.id)
  const controls = useMemo(() => offered(props.controls, isInIt), [props.controls, isInIt])
  const [isContext, setContext] = useState(false)
  useEffect(() => {
    if (phase === 'denied') board.lose(conversationKey)
  }, [phase, board, conversationKey])
  // The channel says it first: what may not be read any more goes at once, whatever the board says later.
  if (phase === 'denied')
    return (
      <main className="sheet">
        <HandOverCard conversationKey={conversationKey} handOver={undefined} back={back} />
      </main>
    )
  return (
    <>
      <Sheet
        {...props}
        controls={controls}
        isContext={isContext}
        onContext={() => setContext(!isContext)}
      />
      <Suspense fallback={<aside className="context" aria-busy="true" />}>
        <ContextPane {...props} isOver={isContext} onClose={() => setContext(false)} />
      </Suspense>
    </>
  )
}
