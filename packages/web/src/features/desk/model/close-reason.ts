// Why a conversation was closed, as it is shown: in the words of who closed it, or in ours where the server did not ask.

import type { Conversation } from './shapes.ts'
import { texts } from './texts.ts'

/** Said by the server where a conversation ended because its visitor was blocked. */
export const BLOCKED = 'blocked'

export function closeReasonOf({
  closeReason,
}: Pick<Conversation, 'closeReason'>): string | undefined {
  return closeReason === BLOCKED ? texts.closed.blocked : closeReason
}
