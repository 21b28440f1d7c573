// What goes on beside the conversation is given.

import type { Api, ResourceView } from '@sayso/client'
import type { Counts } from '../../model/unread.ts'
import type { ChatStore } from '../../store/chat-store.ts'
import type { RealtimePort } from '../../store/port.ts'

export type LiveProps = {
  readonly store: ChatStore
  readonly realtime: RealtimePort
  readonly api: Api
  readonly me: string
  readonly views: readonly ResourceView[] | undefined
  /** What is unread, as far as it counts. */
  readonly counts: Counts
  /** The channel that is open. */
  readonly view: ResourceView | undefined
  /** On a phone something else than its messages is shown. */
  readonly isCovered: boolean
}
