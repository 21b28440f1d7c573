// The inbox and the conversation beside it.

import { type ReactNode, useEffect } from 'react'
import type { DeskAddress } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import { ConversationPane } from '../sheet/conversation-pane.tsx'
import { useDesk } from '../store/desk-context.tsx'
import type { DeskRights } from '../store/rights.ts'
import type { OwnDesk } from '../store/use-tenants.ts'
import { useAnnounce } from '../view/announcer.tsx'
import { InboxPane } from './inbox-pane.tsx'

export function InboxScreen(props: {
  readonly address: DeskAddress
  readonly tenants: readonly OwnDesk[]
  readonly rights: DeskRights
}): ReactNode {
  const { address } = props
  useWaitingAnnounced()
  return (
    <>
      <InboxPane {...props} />
      {address.open === undefined ? (
        <main className="sheet none-open">
          <p className="empty dim">{texts.noneOpen}</p>
        </main>
      ) : (
        <ConversationPane
          key={address.open}
          conversationKey={address.open}
          address={address}
          rights={props.rights}
        />
      )}
    </>
  )
}

/** Who begins to wait is said, wherever one looks. */
function useWaitingAnnounced(): void {
  const { board } = useDesk()
  const announce = useAnnounce()
  useEffect(() => {
    const known = new Set<string>()
    return board.subscribe((news) => {
      if (news.kind !== 'conversation') return
      const { key, state, visitor } = news.conversation
      if (state !== 'waiting') {
        known.delete(key)
        return
      }
      if (known.has(key)) return
      known.add(key)
      announce(texts.waits(visitor.name))
    })
  }, [board, announce])
}
