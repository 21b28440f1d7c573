// What every part of an open conversation is given.

import type { DeskAddress } from '../model/address.ts'
import type { Conversation } from '../model/shapes.ts'
import type { ConversationSession } from '../store/conversation-session.ts'
import type { Controls, DeskRights } from '../store/rights.ts'

export type SheetProps = {
  readonly conversation: Conversation
  readonly session: ConversationSession
  readonly controls: Controls
  readonly address: DeskAddress
  readonly rights: DeskRights
  readonly back: string
  /** Something was done to it: asks again. */
  readonly onChanged: () => void
}
